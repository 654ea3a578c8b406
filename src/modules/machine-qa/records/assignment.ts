import { boolean, defineRecord, instant, reference, references, text } from '../../../core/record.ts'

/** A test list or a cycle that is due on a unit, how often and for whom. */
export const assignment = defineRecord({
  name: 'machine-qa.assignment',
  table: 'qa_assignment',
  path: 'assignments',
  label: { one: 'Assignment', many: 'Assignments' },
  titleField: 'name',
  order: ['id'],
  listFields: ['name', 'unit', 'frequency', 'dueDate', 'assignedTo', 'active'],
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    testList: reference('machine-qa.test-list', { help: 'Either a test list or a cycle.' }),
    testListCycle: reference('machine-qa.test-list-cycle', {}),
    frequency: reference('machine-qa.frequency', { help: 'Empty: performed when needed.' }),
    dueDate: instant({ label: 'Due' }),
    autoSchedule: boolean({ default: true, label: 'Due date follows sessions' }),
    assignedTo: reference('access.group', {}),
    visibleTo: references(
      'access.group',
      { table: 'qa_assignment_visible_to', from: 'assignment_id', to: 'group_id' },
      { help: 'Groups whose work lists show it.' },
    ),
    active: boolean({ default: true }),
    name: text({ readOnly: true, search: true, help: 'The name of the list or cycle.' }),
    lastInstance: reference('machine-qa.session', { readOnly: true, label: 'Last session' }),
  },
})
