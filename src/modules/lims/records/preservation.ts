import { choice, defineRecord, duration, longText, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const preservation = defineRecord({
  name: 'lims.preservation',
  table: 'lims_preservation',
  path: 'preservations',
  label: { one: 'Preservation', many: 'Preservations' },
  titleField: 'title',
  listFields: ['title', 'category', 'retentionPeriod'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    category: choice({ lab: 'In the laboratory', field: 'In the field' }, { default: 'lab' }),
    retentionPeriod: duration({ min: 0, label: 'Retention period' }),
  },
  permissions: SETUP_PERMISSIONS,
})
