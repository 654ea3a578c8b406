import { defineRecord, longText, references, text } from '../../../core/record.ts'

/** Who is told of something together. */
export const recipients = defineRecord({
  name: 'machine-qa.recipients',
  table: 'qa_recipients',
  path: 'recipients',
  label: { one: 'Recipients', many: 'Recipients' },
  description: 'People, groups, mail addresses and webhooks that are told of something together.',
  titleField: 'name',
  order: ['name', 'id'],
  listFields: ['name', 'addresses'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 100, search: true }),
    groups: references(
      'access.group',
      { table: 'qa_recipients_group', from: 'recipients_id', to: 'group_id' },
      { label: 'Groups' },
    ),
    users: references(
      'access.user',
      { table: 'qa_recipients_user', from: 'recipients_id', to: 'user_id' },
      { label: 'Users' },
    ),
    addresses: longText({
      label: 'Other addresses',
      help: 'Mail addresses of people without an account, one on each line.',
      default: '',
      maxLength: 10_000,
    }),
    webhooks: references(
      'notifications.webhook',
      { table: 'qa_recipients_webhook', from: 'recipients_id', to: 'webhook_id' },
      { label: 'Webhooks' },
    ),
  },
})
