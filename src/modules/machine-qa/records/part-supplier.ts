import { defineRecord, reference, text } from '../../../core/record.ts'

/** Who sells a part, and under which number. */
export const partSupplier = defineRecord({
  name: 'machine-qa.part-supplier',
  table: 'qa_part_supplier',
  path: 'part-suppliers',
  label: { one: 'Supplier of a part', many: 'Suppliers of parts' },
  titleField: 'partNumber',
  order: ['id'],
  fields: {
    part: reference('machine-qa.part', { required: true }),
    supplier: reference('machine-qa.supplier', { required: true }),
    partNumber: text({ maxLength: 32, search: true, label: 'Number at the supplier' }),
  },
  unique: [['part', 'supplier']],
  permissions: { view: 'machine-qa.part.view' },
  retirable: false,
})
