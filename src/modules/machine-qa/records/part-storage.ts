import { defineRecord, integer, reference } from '../../../core/record.ts'

/** How many of a part are kept at a place. */
export const partStorage = defineRecord({
  name: 'machine-qa.part-storage',
  table: 'qa_part_storage',
  path: 'part-storages',
  label: { one: 'Stock', many: 'Stocks' },
  titleField: 'quantity',
  order: ['-quantity', 'id'],
  fields: {
    part: reference('machine-qa.part', { required: true }),
    storage: reference('machine-qa.storage', { required: true }),
    quantity: integer({ required: true, min: 0 }),
  },
  unique: [['part', 'storage']],
  permissions: { view: 'machine-qa.part.view' },
  retirable: false,
})
