import { defineRecord, text } from '../../../core/record.ts'

/** What kind of machine a unit type is: linac, CT, HDR afterloader. */
export const unitClass = defineRecord({
  name: 'machine-qa.unit-class',
  table: 'qa_unit_class',
  path: 'unit-classes',
  label: { one: 'Unit class', many: 'Unit classes' },
  titleField: 'name',
  fields: { name: text({ required: true, unique: true, maxLength: 64, search: true }) },
})
