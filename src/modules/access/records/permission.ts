import { defineRecord, type Row, text } from '../../../core/record.ts'

/** One declared permission; the declarations of the running version decide, see `sync-permissions.ts`. */
export const permissionRecord = defineRecord({
  name: 'access.permission',
  table: 'access_permission',
  path: 'permissions',
  label: { one: 'Permission', many: 'Permissions' },
  titleField: 'title',
  order: ['code'],
  listFields: ['code', 'title', 'module'],
  writer: 'verbs',
  stamped: false,
  permissions: { view: 'access.group.view' },
  fields: {
    code: text({ label: 'Code', required: true, unique: true, search: true }),
    title: text({ label: 'Title', required: true, search: true }),
    module: text({ label: 'Part', required: true }),
  },
})

export type PermissionRow = Row<typeof permissionRecord>
