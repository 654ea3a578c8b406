import { boolean, defineRecord, longText, reference, references, text } from '../../../core/record.ts'

/** What recurring service looks like, filled in beforehand. */
export const serviceEventTemplate = defineRecord({
  name: 'machine-qa.service-event-template',
  table: 'qa_service_event_template',
  path: 'service-event-templates',
  label: { one: 'Service event template', many: 'Service event templates' },
  titleField: 'name',
  listFields: ['name', 'serviceType', 'serviceArea', 'isReviewRequired'],
  fields: {
    name: text({ required: true, unique: true, search: true }),
    serviceType: reference('machine-qa.service-type', {}),
    serviceArea: reference('machine-qa.service-area', {}),
    problemDescription: longText({ maxLength: 100_000 }),
    workDescription: longText({ maxLength: 100_000 }),
    isReviewRequired: boolean({ default: true, label: 'Review required' }),
    returnToServiceTestLists: references(
      'machine-qa.test-list',
      { table: 'qa_service_template_list', from: 'template_id', to: 'test_list_id' },
      { label: 'Return-to-service lists' },
    ),
    returnToServiceCycles: references(
      'machine-qa.test-list-cycle',
      { table: 'qa_service_template_cycle', from: 'template_id', to: 'test_list_cycle_id' },
      { label: 'Return-to-service cycles' },
    ),
  },
})
