import { choice, defineRecord, instant, integer, longText, reference, text } from '../../../core/record.ts'

/** One message on its way to one recipient by one channel: the log of what was sent, and why something was not. */
export const deliveryRecord = defineRecord({
  name: 'notifications.delivery',
  table: 'notifications_delivery',
  path: 'deliveries',
  label: { one: 'Delivery', many: 'Deliveries' },
  description: 'Notifications and mails: what was sent to whom, and what failed.',
  titleField: 'subject',
  order: ['-createdAt'],
  listFields: ['createdAt', 'subject', 'recipient', 'channel', 'address', 'state', 'problem'],
  writer: 'verbs',
  stamped: false,
  retirable: false,
  permissions: { view: 'notifications.delivery.view' },
  fields: {
    kind: text({ label: 'Kind', required: true }),
    recipient: reference('access.user', { label: 'Recipient' }),
    channel: choice({ mail: 'Mail', webhook: 'Webhook' }, { label: 'Channel', required: true }),
    address: text({ label: 'Address', maxLength: 320 }),
    webhook: reference('notifications.webhook', { label: 'Webhook' }),
    subject: text({ label: 'Subject', required: true, maxLength: 500 }),
    state: choice(
      {
        waiting: 'Waiting',
        held: 'Held for the daily message',
        sending: 'Being sent',
        sent: 'Sent',
        bundled: 'Sent in a daily message',
        failed: 'Failed',
        skipped: 'Not sent',
      },
      { label: 'State', required: true },
    ),
    attempts: integer({ label: 'Attempts', required: true }),
    problem: longText({ label: 'Problem' }),
    createdAt: instant({ label: 'Created', required: true }),
    sentAt: instant({ label: 'Sent' }),
  },
})
