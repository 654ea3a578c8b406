import { defineRecord, longText, text } from '../../../core/record.ts'

/** What a machine reports when it fails, by the code that it shows. */
export const faultType = defineRecord({
  name: 'machine-qa.fault-type',
  table: 'qa_fault_type',
  path: 'fault-types',
  label: { one: 'Fault type', many: 'Fault types' },
  titleField: 'code',
  fields: {
    code: text({ required: true, unique: true, search: true }),
    slug: text({ readOnly: true, unique: true }),
    description: longText({ default: '', search: true, maxLength: 10_000 }),
  },
})
