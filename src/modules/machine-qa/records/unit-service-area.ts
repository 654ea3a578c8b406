import { defineRecord, longText, reference } from '../../../core/record.ts'

/** A service area of one unit. */
export const unitServiceArea = defineRecord({
  name: 'machine-qa.unit-service-area',
  table: 'qa_unit_service_area',
  path: 'unit-service-areas',
  label: { one: 'Unit service area', many: 'Unit service areas' },
  titleField: 'serviceArea',
  order: ['id'],
  listFields: ['unit', 'serviceArea', 'notes'],
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    serviceArea: reference('machine-qa.service-area', { required: true }),
    notes: longText({}),
  },
  unique: [['unit', 'serviceArea']],
})
