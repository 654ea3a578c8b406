import {
  boolean,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  real,
  references,
  type SchemaBuilder,
  text,
  uuidKey,
} from '../../../../platform/database/schema-builder.ts'
import type { QualityTables } from '../tables.ts'

export const createQuality: Migration = {
  id: 'quality-0001-create',
  async up(schema) {
    await createReports(schema)
    await createItems(schema)
    await createMeasurements(schema)
    await schema.createTable('quality_export_key', {
      id: uuidKey(),
      public_key: text().notNull(),
      private_key_sealed: text().notNull(),
      created_at: instant().notNull(),
    })
    await schema.createTable(
      'quality_user_settings',
      {
        user_id: references('access_user').notNull().noIndex().onDelete('cascade'),
        settings: jsonText().notNull(),
      },
      { primaryKey: ['user_id'] },
    )
    await startOverview(schema)
  },
}

async function createReports(schema: SchemaBuilder): Promise<void> {
  // one row for each report and one for the overview: what is changed together is locked here
  await schema.createTable('quality_report', {
    id: uuidKey(),
    visibility: text().notNull(),
    owner_id: references('access_user').noIndex().onDelete('set null'),
    created_at: instant().notNull(),
    deleted_at: instant(),
    version: integer().notNull().default(1),
  })
  await schema.createTable(
    'quality_report_reader',
    {
      id: key(),
      report_id: text().notNull(),
      user_id: references('access_user').noIndex().onDelete('cascade'),
      group_id: references('access_group').noIndex().onDelete('cascade'),
    },
    { index: [['report_id']] },
  )
  await schema.createTable(
    'quality_report_link',
    {
      id: key(),
      report_id: text().notNull(),
      name: text().notNull(),
      secret_hash: text().notNull().unique(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex().onDelete('set null'),
      revoked_at: instant(),
    },
    { index: [['report_id']] },
  )
}

async function createItems(schema: SchemaBuilder): Promise<void> {
  await schema.createTable('quality_change', {
    id: key(),
    at: instant().notNull(),
    author_id: references('access_user').noIndex().onDelete('set null'),
    author_name: text().notNull(),
    author_email: text().notNull(),
    action: text().notNull(),
    item_id: text().notNull(),
    description: text().notNull(),
  })
  await schema.createTable(
    'quality_change_item',
    { item_id: text().notNull(), change_id: references('quality_change').notNull().noIndex() },
    { primaryKey: ['item_id', 'change_id'] },
  )
  // every version of every item, valid from one change until the next: a change of one attribute adds one row
  await schema.createTable(
    'quality_item',
    {
      id: key(),
      item_id: text().notNull(),
      kind: text().notNull(),
      report_id: text().notNull(),
      parent_id: text(),
      position: real().notNull(),
      attributes: jsonText().notNull(),
      valid_from: instant().notNull(),
      valid_to: instant(),
      opened_by_id: references('quality_change').noIndex(),
      closed_by_id: references('quality_change').noIndex(),
    },
    {
      index: [
        { columns: ['item_id'], where: 'valid_to is null', unique: true, name: 'quality_item_current' },
        { columns: ['report_id'], where: 'valid_to is null', name: 'quality_item_current_report' },
        ['report_id', 'valid_from'],
        ['item_id', 'valid_from'],
        { columns: ['closed_by_id'], where: 'closed_by_id is not null', name: 'quality_item_closed_by' },
      ],
    },
  )
}

async function createMeasurements(schema: SchemaBuilder): Promise<void> {
  // many measurements find the same entities: each list is kept once
  await schema.createTable('quality_entity_list', { id: uuidKey(), entities: jsonText().notNull() })
  await schema.createTable(
    'quality_measurement',
    {
      id: key(),
      metric_id: text().notNull(),
      report_id: text().notNull(),
      start_at: instant().notNull(),
      end_at: instant().notNull(),
      has_error: boolean().notNull(),
      scales: jsonText().notNull(),
      sources: jsonText().notNull(),
      issues: jsonText(),
      parameter_hash: text(),
      change_id: references('quality_change').noIndex(),
    },
    {
      index: [
        ['metric_id', 'end_at'],
        ['metric_id', 'start_at'],
        ['end_at', 'start_at'],
      ],
    },
  )
  // which measurement is the newest of a metric, so that a report need not look for it
  await schema.createTable(
    'quality_metric_state',
    {
      id: uuidKey(),
      report_id: text().notNull(),
      latest_id: references('quality_measurement').notNull().noIndex(),
      latest_good_id: references('quality_measurement').noIndex(),
      measurement_count: integer().notNull(),
    },
    { index: [['report_id']] },
  )
  // when each metric is measured next; whoever moves the time on measures it
  await schema.createTable(
    'quality_collection',
    { id: uuidKey(), due_at: instant().notNull(), settings_hash: text().notNull() },
    { index: [['due_at']] },
  )
}

async function startOverview({ db }: SchemaBuilder): Promise<void> {
  const at = new Date()
  const tables = db.withTables<QualityTables>()
  await tables
    .insertInto('quality_report')
    .values({ id: 'reports_overview', visibility: 'public', created_at: at })
    .execute()
  await tables
    .insertInto('quality_item')
    .values({
      item_id: 'reports_overview',
      kind: 'overview',
      report_id: 'reports_overview',
      position: 0,
      attributes: JSON.stringify({ title: 'Reports', subtitle: '' }),
      valid_from: at,
    })
    .execute()
}
