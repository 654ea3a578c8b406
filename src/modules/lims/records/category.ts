import { defineRecord, longText, number, reference, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const category = defineRecord({
  name: 'lims.category',
  table: 'lims_category',
  path: 'categories',
  label: { one: 'Analysis category', many: 'Analysis categories' },
  titleField: 'title',
  listFields: ['title', 'department', 'sortKey', 'description'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    comments: longText({}),
    department: reference('lims.department', { required: true }),
    sortKey: number({ min: 0, max: 1000, label: 'Sort key' }),
  },
  permissions: SETUP_PERMISSIONS,
})
