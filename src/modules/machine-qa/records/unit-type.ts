import { boolean, defineRecord, reference, text } from '../../../core/record.ts'

export const unitType = defineRecord({
  name: 'machine-qa.unit-type',
  table: 'qa_unit_type',
  path: 'unit-types',
  label: { one: 'Unit type', many: 'Unit types' },
  titleField: 'name',
  listFields: ['name', 'model', 'vendor', 'unitClass'],
  fields: {
    name: text({ required: true, maxLength: 50, search: true }),
    model: text({ maxLength: 50, search: true }),
    vendor: reference('machine-qa.vendor', {}),
    unitClass: reference('machine-qa.unit-class', { label: 'Class' }),
    collapse: boolean({ default: false, help: 'Fold units of this type in the unit chooser.' }),
  },
  unique: [['name', 'model', 'vendor', 'unitClass']],
})
