import { boolean, day, defineRecord, integer, reference, references, text } from '../../../core/record.ts'

/** A machine whose quality is assured. */
export const unit = defineRecord({
  name: 'machine-qa.unit',
  table: 'qa_unit',
  path: 'units',
  label: { one: 'Unit', many: 'Units' },
  titleField: 'name',
  order: ['number'],
  listFields: ['number', 'name', 'type', 'site', 'serialNumber', 'active'],
  fields: {
    number: integer({ unique: true, min: 1, search: true, help: 'The next free number when left empty.' }),
    name: text({ required: true, maxLength: 256, search: true }),
    serialNumber: text({ label: 'Serial number', search: true }),
    location: text({ search: true }),
    installDate: day({ label: 'Installed on' }),
    dateAcceptance: day({ required: true, label: 'Accepted on' }),
    active: boolean({ default: true }),
    isServiceable: boolean({ default: false, label: 'In the service log' }),
    type: reference('machine-qa.unit-type', { required: true }),
    site: reference('equipment.site', {}),
    modalities: references(
      'machine-qa.modality',
      { table: 'qa_unit_modality', from: 'unit_id', to: 'modality_id' },
      {},
    ),
    equipment: reference('equipment.equipment', {
      help: 'The machine as other parts of the laboratory know it.',
    }),
  },
})
