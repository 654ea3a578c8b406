import { instant, type Migration, text } from '../../../../platform/database/schema-builder.ts'

export const createSite: Migration = {
  id: 'site-0001-create',
  async up(schema) {
    await schema.createTable('site_fact', {
      name: text().notNull().unique(),
      value: text().notNull(),
      decided_at: instant().notNull(),
    })
  },
}
