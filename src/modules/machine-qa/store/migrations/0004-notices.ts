import {
  boolean,
  instant,
  integer,
  key,
  type Migration,
  references,
  type SchemaBuilder,
  text,
} from '../../../../platform/database/schema-builder.ts'

const stamps = {
  created_at: instant().notNull(),
  created_by_id: references('access_user').noIndex(),
  modified_at: instant().notNull(),
  modified_by_id: references('access_user').noIndex(),
  retired_at: instant(),
  version: integer().notNull().default(1),
}

/** A table of pairs. */
function pairs(
  schema: SchemaBuilder,
  table: string,
  from: readonly [string, string],
  to: readonly [string, string],
) {
  const columns = {
    [from[0]]: references(from[1]).notNull().onDelete('cascade').noIndex(),
    [to[0]]: references(to[1]).notNull().onDelete('cascade'),
  }
  return schema.createTable(table, columns, { primaryKey: [from[0], to[0]] })
}

export const createNotices: Migration = {
  id: 'machine-qa-0004-notices',
  async up(schema) {
    await schema.createTable('qa_recipients', {
      id: key(),
      name: text().notNull().folded().unique(),
      addresses: text().notNull().folded(),
      ...stamps,
    })
    const recipients = ['recipients_id', 'qa_recipients'] as const
    await pairs(schema, 'qa_recipients_group', recipients, ['group_id', 'access_group'])
    await pairs(schema, 'qa_recipients_user', recipients, ['user_id', 'access_user'])
    await pairs(schema, 'qa_recipients_webhook', recipients, ['webhook_id', 'notifications_webhook'])
    await schema.createTable(
      'qa_subscription',
      {
        id: key(),
        name: text().notNull().folded().unique(),
        event: text().notNull(),
        recipients_id: references('qa_recipients').notNull(),
        active: boolean().notNull(),
        when_told: text().notNull(),
        recurrence: text(),
        time_of_day: text().notNull().folded(),
        ahead_days: integer().notNull(),
        send_empty: boolean().notNull(),
        next_run_at: instant(),
        ...stamps,
      },
      {
        index: [
          {
            columns: ['next_run_at'],
            where: 'next_run_at is not null',
            name: 'qa_subscription_next_run',
          },
        ],
      },
    )
    const subscription = ['subscription_id', 'qa_subscription'] as const
    await pairs(schema, 'qa_subscription_unit', subscription, ['unit_id', 'qa_unit'])
    await pairs(schema, 'qa_subscription_test_list', subscription, ['test_list_id', 'qa_test_list'])
    await pairs(schema, 'qa_subscription_group', subscription, ['group_id', 'access_group'])
    await schema.createTable('qa_notice_place', {
      name: text().notNull().unique(),
      // the last entry of the service log that people were told of
      last_id: integer().notNull(),
    })
    await schema.createTable('qa_notice_low_part', {
      part_id: references('qa_part').notNull().unique().onDelete('cascade'),
      since: instant().notNull(),
    })
  },
}
