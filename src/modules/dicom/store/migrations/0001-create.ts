import {
  day,
  instant,
  integer,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createDicom: Migration = {
  id: 'dicom-0001-create',
  async up(schema) {
    await schema.createTable('dicom_developer', {
      id: key(),
      user_id: references('access_user').notNull().unique().noIndex().onDelete('cascade'),
      // the empty text and nothing are told apart on the wire
      purpose: text(),
      organization: text().folded(),
      read_quota: integer(),
      generate_quota: integer(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex().onDelete('set null'),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex().onDelete('set null'),
      version: integer().notNull().default(1),
    })
    // one row for each month, so that counting and comparing is one statement
    await schema.createTable(
      'dicom_monthly_use',
      {
        user_id: references('access_user').notNull().noIndex().onDelete('cascade'),
        resource: text().notNull(),
        month: text().notNull(),
        used: integer().notNull(),
      },
      { primaryKey: ['user_id', 'resource', 'month'] },
    )
    await schema.createTable(
      'dicom_daily_use',
      {
        user_id: references('access_user').notNull().noIndex().onDelete('cascade'),
        day: day().notNull(),
        resource: text().notNull(),
        used: integer().notNull(),
      },
      { primaryKey: ['user_id', 'day', 'resource'] },
    )
  },
}
