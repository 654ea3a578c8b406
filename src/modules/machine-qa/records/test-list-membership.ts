import { defineRecord, integer, reference } from '../../../core/record.ts'

export const testListMembership = defineRecord({
  name: 'machine-qa.test-list-membership',
  table: 'qa_test_list_membership',
  path: 'test-list-memberships',
  label: { one: 'Test of a list', many: 'Tests of lists' },
  titleField: 'test',
  order: ['order'],
  writer: 'verbs',
  fields: {
    testList: reference('machine-qa.test-list', { required: true }),
    test: reference('machine-qa.test', { required: true }),
    order: integer({ required: true, column: 'sort_order' }),
  },
  unique: [['testList', 'test']],
  stamped: false,
  retirable: false,
})
