import { defineRecord, integer, reference } from '../../../core/record.ts'

export const testListCycleMembership = defineRecord({
  name: 'machine-qa.test-list-cycle-membership',
  table: 'qa_test_list_cycle_membership',
  path: 'test-list-cycle-memberships',
  label: { one: 'Day of a cycle', many: 'Days of cycles' },
  titleField: 'order',
  order: ['order'],
  writer: 'verbs',
  fields: {
    testList: reference('machine-qa.test-list', { required: true }),
    cycle: reference('machine-qa.test-list-cycle', { required: true }),
    order: integer({ required: true, column: 'sort_order' }),
  },
  stamped: false,
  retirable: false,
})
