import {
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  references,
  sharedKey,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createNotifications: Migration = {
  id: 'notifications-0001-create',
  async up(schema) {
    await schema.createTable('notifications_webhook', {
      id: key(),
      name: text().notNull().folded().unique(),
      kind: text().notNull(),
      url: text().notNull().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').onDelete('set null').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').onDelete('set null').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('notifications_webhook_address', {
      id: sharedKey('notifications_webhook').onDelete('cascade'),
      sealed: text().notNull(),
    })
    await schema.createTable(
      'notifications_preference',
      {
        user_id: references('access_user').notNull().onDelete('cascade').noIndex(),
        kind: text().notNull(),
        choices: jsonText().notNull(),
        changed_at: instant().notNull(),
      },
      { primaryKey: ['user_id', 'kind'] },
    )
    await schema.createTable(
      'notifications_delivery',
      {
        id: key(),
        // the same message for the same recipient by the same channel exists once
        dedupe: text().notNull().unique(),
        kind: text().notNull().folded(),
        recipient_id: references('access_user').onDelete('set null'),
        channel: text().notNull(),
        address: text().folded(),
        webhook_id: references('notifications_webhook'),
        subject: text().notNull().folded(),
        // the message, sealed: mails carry links that let their reader in; empty once it is sent
        sealed: text(),
        state: text().notNull(),
        attempts: integer().notNull().default(0),
        problem: text().folded(),
        created_at: instant().notNull(),
        // when it is given to the job queue, again if what worked on it has vanished
        hand_over_at: instant(),
        sent_at: instant(),
        version: integer().notNull().default(1),
      },
      {
        index: [
          ['-created_at', '-id'],
          { columns: ['hand_over_at'], where: "state in ('waiting', 'sending')", name: 'notifications_open' },
          { columns: ['id'], where: "state = 'held'", name: 'notifications_held' },
        ],
      },
    )
  },
}
