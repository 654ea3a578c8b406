import { defineRecord, longText, type Row, references, text } from '../../../core/record.ts'

/** Users who may do the same. */
export const groupRecord = defineRecord({
  name: 'access.group',
  table: 'access_group',
  path: 'groups',
  label: { one: 'Group', many: 'Groups' },
  description: 'Permissions are granted through groups only.',
  titleField: 'name',
  listFields: ['name', 'description'],
  retirable: false,
  permissions: {
    view: 'access.group.view',
    add: 'access.group.add',
    change: 'access.group.change',
    retire: 'access.group.retire',
  },
  fields: {
    name: text({ label: 'Name', required: true, unique: true, maxLength: 150, search: true }),
    description: longText({ label: 'Description', default: '', maxLength: 2000, search: true }),
    permissions: references(
      'access.permission',
      { table: 'access_group_permission', from: 'group_id', to: 'permission_id' },
      { label: 'Permissions' },
    ),
    users: references(
      'access.user',
      { table: 'access_user_group', from: 'group_id', to: 'user_id' },
      { label: 'Users' },
    ),
  },
})

export type GroupRow = Row<typeof groupRecord>
