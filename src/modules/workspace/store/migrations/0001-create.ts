import {
  boolean,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createWorkspace: Migration = {
  id: 'workspace-0001-create',
  async up(schema) {
    await schema.createTable(
      'workspace_saved_view',
      {
        id: key(),
        owner_id: references('access_user').notNull().onDelete('cascade').noIndex(),
        list: text().notNull().folded(),
        name: text().notNull().folded(),
        query: text().notNull().folded(),
        shared: boolean().notNull(),
        position: integer().notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').onDelete('set null').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').onDelete('set null').noIndex(),
        version: integer().notNull(),
      },
      { unique: [['owner_id', 'list', 'name_folded']], index: [['list', 'shared']] },
    )
    await schema.createTable(
      'workspace_preference',
      {
        user_id: references('access_user').notNull().onDelete('cascade').noIndex(),
        key: text().notNull(),
        value: jsonText().notNull(),
        changed_at: instant().notNull(),
      },
      { primaryKey: ['user_id', 'key'] },
    )
  },
}
