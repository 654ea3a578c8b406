import { defineRecord, longText, text } from '../../../core/record.ts'

/** Who sells parts. */
export const supplier = defineRecord({
  name: 'machine-qa.supplier',
  table: 'qa_supplier',
  path: 'suppliers',
  label: { one: 'Supplier', many: 'Suppliers' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, maxLength: 64, search: true }),
    address: longText({ default: '', maxLength: 10_000 }),
    phoneNumber: text({ default: '', maxLength: 31, label: 'Phone' }),
    website: text({ default: '', maxLength: 200 }),
    notes: longText({}),
  },
})
