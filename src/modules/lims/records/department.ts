import { defineRecord, inverse, longText, reference, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const department = defineRecord({
  name: 'lims.department',
  table: 'lims_department',
  path: 'departments',
  label: { one: 'Department', many: 'Departments' },
  titleField: 'title',
  listFields: ['title', 'manager', 'description'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    manager: reference('lims.lab-contact', {}),
    services: inverse('lims.service', 'department', 'Services'),
  },
  permissions: SETUP_PERMISSIONS,
})
