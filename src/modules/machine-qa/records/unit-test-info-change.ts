import { boolean, defineRecord, longText, reference } from '../../../core/record.ts'

/** What reference and tolerance a test on a unit had before somebody changed them. */
export const unitTestInfoChange = defineRecord({
  name: 'machine-qa.unit-test-info-change',
  table: 'qa_unit_test_info_change',
  path: 'unit-test-info-changes',
  label: { one: 'Reference change', many: 'Reference changes' },
  titleField: 'comment',
  order: ['-createdAt'],
  writer: 'verbs',
  fields: {
    unitTestInfo: reference('machine-qa.unit-test-info', { required: true }),
    reference: reference('machine-qa.reference', { label: 'Reference before' }),
    referenceChanged: boolean({ required: true }),
    tolerance: reference('machine-qa.tolerance', { label: 'Tolerance before' }),
    toleranceChanged: boolean({ required: true }),
    comment: longText({ required: true }),
  },
  retirable: false,
})
