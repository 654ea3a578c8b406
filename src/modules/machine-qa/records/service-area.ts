import { defineRecord, references, text } from '../../../core/record.ts'

/** A part of machines that service is about, such as couch or imaging. */
export const serviceArea = defineRecord({
  name: 'machine-qa.service-area',
  table: 'qa_service_area',
  path: 'service-areas',
  label: { one: 'Service area', many: 'Service areas' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, maxLength: 32, search: true }),
    units: references(
      'machine-qa.unit',
      { table: 'qa_unit_service_area', from: 'service_area_id', to: 'unit_id' },
      { readOnly: true, help: 'Units that have this area, see unit service areas.' },
    ),
  },
})
