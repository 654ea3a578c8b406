import {
  day,
  instant,
  integer,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createSiteCalendar: Migration = {
  id: 'site-0002-calendar',
  async up(schema) {
    await schema.createTable('site_holiday', {
      id: key(),
      day: day().notNull().unique(),
      name: text().notNull().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('site_workday', {
      id: key(),
      weekday: text().notNull().unique(),
      opens: text().notNull().folded(),
      closes: text().notNull().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      version: integer().notNull().default(1),
    })
  },
}
