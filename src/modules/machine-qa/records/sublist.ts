import { boolean, defineRecord, integer, reference } from '../../../core/record.ts'

export const sublist = defineRecord({
  name: 'machine-qa.sublist',
  table: 'qa_sublist',
  path: 'sublists',
  label: { one: 'Sublist', many: 'Sublists' },
  titleField: 'child',
  order: ['order'],
  writer: 'verbs',
  fields: {
    parent: reference('machine-qa.test-list', { required: true }),
    child: reference('machine-qa.test-list', { required: true }),
    outline: boolean({ default: false }),
    order: integer({ required: true, column: 'sort_order' }),
  },
  unique: [['parent', 'child']],
  stamped: false,
  retirable: false,
})
