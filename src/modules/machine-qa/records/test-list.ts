import { code, defineRecord, html, inverse, references, text } from '../../../core/record.ts'

/** Tests that are performed together, with other lists inside it. */
export const testList = defineRecord({
  name: 'machine-qa.test-list',
  table: 'qa_test_list',
  path: 'test-lists',
  label: { one: 'Test list', many: 'Test lists' },
  titleField: 'name',
  listFields: ['name', 'slug', 'description', 'warningMessage'],
  fields: {
    name: text({ required: true, unique: true, search: true }),
    slug: text({ default: '', unique: true, search: true }),
    description: html({}),
    javascript: code({ readOnly: true, help: 'Kept for exchange with other systems; never run.' }),
    warningMessage: text({ default: 'Do not treat', label: 'Warning at action level' }),
    tests: references(
      'machine-qa.test',
      { table: 'qa_test_list_membership', from: 'test_list_id', to: 'test_id', order: 'sort_order' },
      {},
    ),
    sublists: references(
      'machine-qa.test-list',
      { table: 'qa_sublist', from: 'parent_id', to: 'child_id', order: 'sort_order' },
      { help: 'Lists performed as part of this one, one level deep.' },
    ),
    assignments: inverse('machine-qa.assignment', 'testList', 'Assignments'),
  },
})
