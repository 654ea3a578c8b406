import { defineRecord, reference, text } from '../../../core/record.ts'

/** Somebody of a vendor who works on units. */
export const thirdParty = defineRecord({
  name: 'machine-qa.third-party',
  table: 'qa_third_party',
  path: 'third-parties',
  label: { one: 'Third party', many: 'Third parties' },
  titleField: 'lastName',
  order: ['lastName', 'firstName'],
  fields: {
    firstName: text({ required: true, maxLength: 32, search: true }),
    lastName: text({ required: true, maxLength: 32, search: true }),
    vendor: reference('machine-qa.vendor', { required: true }),
  },
  unique: [['firstName', 'lastName', 'vendor']],
})
