import { instant, integer, key, type Migration, text } from '../../../../platform/database/schema-builder.ts'

export const createAudit: Migration = {
  id: 'audit-0001-create',
  async up(schema) {
    await schema.createTable(
      'audit_entry',
      {
        sequence: key(),
        at: instant().notNull(),
        actor_id: integer(),
        actor_name: text().notNull(),
        credential: text().notNull(),
        address: text(),
        request_id: text().notNull(),
        action: text().notNull(),
        record: text().notNull(),
        record_id: text().notNull(),
        before: text(),
        after: text(),
        reason: text(),
        position: integer().unique(),
        hash: text(),
      },
      {
        index: [
          ['record', 'record_id', 'sequence'],
          { columns: ['sequence'], where: 'position is null', name: 'audit_entry_unsealed' },
        ],
      },
    )
  },
}
