import {
  boolean,
  choice,
  decimal,
  defineRecord,
  integer,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'

/** A spare part; how many there are is the sum over its storages. */
export const part = defineRecord({
  name: 'machine-qa.part',
  table: 'qa_part',
  path: 'parts',
  label: { one: 'Part', many: 'Parts' },
  titleField: 'name',
  order: ['partNumber', 'id'],
  listFields: ['partNumber', 'name', 'partCategory', 'quantityCurrent', 'quantityMin', 'cost', 'isObsolete'],
  fields: {
    partNumber: text({ required: true, maxLength: 32, search: true, label: 'Part number' }),
    name: text({ required: true, search: true }),
    newOrUsed: choice(
      { new: 'New', used: 'Used', both: 'New or used' },
      { default: 'both', label: 'New or used' },
    ),
    altPartNumber: text({ maxLength: 32, search: true, label: 'Alternative part number' }),
    quantityMin: integer({ default: 0, min: 0, label: 'Least in stock' }),
    quantityCurrent: integer({ readOnly: true, default: 0, label: 'In stock' }),
    cost: decimal({ min: 0 }),
    notes: longText({ search: true }),
    isObsolete: boolean({ default: false, label: 'Obsolete' }),
    isLow: boolean({ readOnly: true, default: false, label: 'Low in stock' }),
    partCategory: reference('machine-qa.part-category', { label: 'Category' }),
    suppliers: references(
      'machine-qa.supplier',
      { table: 'qa_part_supplier', from: 'part_id', to: 'supplier_id' },
      { readOnly: true },
    ),
    storage: references(
      'machine-qa.storage',
      { table: 'qa_part_storage', from: 'part_id', to: 'storage_id' },
      { readOnly: true },
    ),
  },
  unique: [['partNumber', 'newOrUsed']],
  permissions: { view: 'machine-qa.part.view' },
})
