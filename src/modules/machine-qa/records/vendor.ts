import { defineRecord, longText, text } from '../../../core/record.ts'

export const vendor = defineRecord({
  name: 'machine-qa.vendor',
  table: 'qa_vendor',
  path: 'vendors',
  label: { one: 'Vendor', many: 'Vendors' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, maxLength: 64, search: true }),
    notes: longText({}),
  },
})
