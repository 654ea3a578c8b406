import { choice, code, defineRecord, html, inverse, references, text } from '../../../core/record.ts'

/** Lists that take turns, one for each day of the cycle. */
export const testListCycle = defineRecord({
  name: 'machine-qa.test-list-cycle',
  table: 'qa_test_list_cycle',
  path: 'test-list-cycles',
  label: { one: 'Test list cycle', many: 'Test list cycles' },
  titleField: 'name',
  listFields: ['name', 'slug', 'testLists', 'dayOptionText'],
  fields: {
    name: text({ required: true, unique: true, search: true }),
    slug: text({ default: '', unique: true, search: true }),
    description: html({}),
    javascript: code({ readOnly: true, help: 'Kept for exchange with other systems; never run.' }),
    dropDownLabel: text({ default: 'Choose Day', label: 'Label of the day chooser' }),
    dayOptionText: choice(
      { day: 'Day number', tlname: 'Name of the list' },
      { default: 'day', label: 'Days are shown as' },
    ),
    testLists: references(
      'machine-qa.test-list',
      {
        table: 'qa_test_list_cycle_membership',
        from: 'cycle_id',
        to: 'test_list_id',
        order: 'sort_order',
        repeats: true,
      },
      { label: 'Lists' },
    ),
    assignments: inverse('machine-qa.assignment', 'testListCycle', 'Assignments'),
  },
})
