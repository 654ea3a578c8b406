import { defineRecord, integer, reference } from '../../../core/record.ts'

/** A part that a service event used up; what comes from a storage is missing there. */
export const partUsed = defineRecord({
  name: 'machine-qa.part-used',
  table: 'qa_part_used',
  path: 'parts-used',
  label: { one: 'Part used', many: 'Parts used' },
  titleField: 'quantity',
  order: ['id'],
  fields: {
    serviceEvent: reference('machine-qa.service-event', { required: true }),
    part: reference('machine-qa.part', { required: true }),
    fromStorage: reference('machine-qa.storage', {}),
    quantity: integer({ required: true, min: 0 }),
  },
  permissions: { view: 'machine-qa.part.view' },
  retirable: false,
})
