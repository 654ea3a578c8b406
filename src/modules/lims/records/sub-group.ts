import { defineRecord, longText, number, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const subGroup = defineRecord({
  name: 'lims.sub-group',
  table: 'lims_sub_group',
  path: 'sub-groups',
  label: { one: 'Sub-group', many: 'Sub-groups' },
  titleField: 'title',
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    sortKey: number({ min: 0, max: 1000, label: 'Sort key' }),
  },
  permissions: SETUP_PERMISSIONS,
})
