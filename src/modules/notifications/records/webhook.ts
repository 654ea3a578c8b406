import { choice, defineRecord, type Row, text } from '../../../core/record.ts'

/** An address of a chat or a program to which people may have their notifications posted. */
export const webhookRecord = defineRecord({
  name: 'notifications.webhook',
  table: 'notifications_webhook',
  path: 'webhooks',
  label: { one: 'Webhook', many: 'Webhooks' },
  description: 'Chats and programs to which notifications can be posted.',
  titleField: 'name',
  permissions: { view: 'notifications.webhook.view' },
  fields: {
    name: text({ label: 'Name', required: true, unique: true, maxLength: 100 }),
    kind: choice(
      {
        json: 'JSON, for programs',
        slack: 'Slack, Mattermost, Rocket.Chat',
        teams: 'Microsoft Teams workflow',
      },
      { label: 'Kind', default: 'json' },
    ),
    url: text({
      label: 'Address',
      help: 'Kept encrypted and never shown again; leave it as it is to keep it.',
      required: true,
      maxLength: 2000,
    }),
  },
})

export type Webhook = Row<typeof webhookRecord>
