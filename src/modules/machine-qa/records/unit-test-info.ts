import { boolean, defineRecord, reference } from '../../../core/record.ts'

/** The reference and tolerance of a test on a unit. Made when an assignment first reaches the test. */
export const unitTestInfo = defineRecord({
  name: 'machine-qa.unit-test-info',
  table: 'qa_unit_test_info',
  path: 'unit-test-infos',
  label: { one: 'Reference and tolerance', many: 'References and tolerances' },
  titleField: 'test',
  order: ['id'],
  writer: 'verbs',
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    test: reference('machine-qa.test', { required: true }),
    reference: reference('machine-qa.reference', {}),
    tolerance: reference('machine-qa.tolerance', {}),
    active: boolean({ default: true }),
    assignedTo: reference('access.group', {}),
  },
  unique: [['test', 'unit']],
  retirable: false,
  permissions: { change: 'machine-qa.unit-test-info.change' },
})
