import { integer, type Migration, text } from '../../../../platform/database/schema-builder.ts'

export const createAuditFollowers: Migration = {
  id: 'audit-0002-followers',
  async up(schema) {
    await schema.createTable('audit_follower', {
      name: text().notNull().unique(),
      // the last place of the chain that it has seen
      position: integer().notNull(),
      // entries up to here were there before it began to follow
      from_sequence: integer().notNull(),
    })
  },
}
