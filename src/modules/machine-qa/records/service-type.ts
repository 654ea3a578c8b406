import { boolean, defineRecord, longText, text } from '../../../core/record.ts'

/** What kind of service an event is: minor, extensive, preventive. */
export const serviceType = defineRecord({
  name: 'machine-qa.service-type',
  table: 'qa_service_type',
  path: 'service-types',
  label: { one: 'Service type', many: 'Service types' },
  titleField: 'name',
  order: ['id'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 32, search: true }),
    isReviewRequired: boolean({
      default: false,
      label: 'Review required',
      help: 'Every event of this type then needs a review.',
    }),
    isActive: boolean({ default: true, label: 'Offered' }),
    description: longText({}),
  },
})
