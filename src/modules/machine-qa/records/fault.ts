import { boolean, defineRecord, instant, inverse, reference, references } from '../../../core/record.ts'

/** A fault that a unit showed. */
export const fault = defineRecord({
  name: 'machine-qa.fault',
  table: 'qa_fault',
  path: 'faults',
  label: { one: 'Fault', many: 'Faults' },
  titleField: 'occurred',
  order: ['-occurred', '-id'],
  listFields: ['occurred', 'unit', 'modality', 'faultTypes', 'isReviewed'],
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    modality: reference('machine-qa.modality', {}),
    faultTypes: references(
      'machine-qa.fault-type',
      { table: 'qa_fault_fault_type', from: 'fault_id', to: 'fault_type_id' },
      { label: 'Types' },
    ),
    occurred: instant({ help: 'Now when left empty.' }),
    relatedServiceEvents: references(
      'machine-qa.service-event',
      { table: 'qa_fault_service_event', from: 'fault_id', to: 'service_event_id' },
      { label: 'Service events' },
    ),
    isReviewed: boolean({ readOnly: true, default: false, label: 'Reviewed' }),
    reviews: inverse('machine-qa.fault-review', 'fault', 'Reviews'),
  },
  permissions: { view: 'machine-qa.fault.view' },
  retirable: false,
})
