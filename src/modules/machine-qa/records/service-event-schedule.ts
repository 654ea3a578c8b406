import { boolean, defineRecord, instant, reference, references } from '../../../core/record.ts'

/** Service that comes back: a template that is due on an area of a unit. */
export const serviceEventSchedule = defineRecord({
  name: 'machine-qa.service-event-schedule',
  table: 'qa_service_event_schedule',
  path: 'service-event-schedules',
  label: { one: 'Service schedule', many: 'Service schedules' },
  titleField: 'serviceEventTemplate',
  order: ['id'],
  listFields: ['unitServiceArea', 'serviceEventTemplate', 'frequency', 'dueDate', 'assignedTo', 'active'],
  fields: {
    unitServiceArea: reference('machine-qa.unit-service-area', { required: true }),
    serviceEventTemplate: reference('machine-qa.service-event-template', { required: true }),
    frequency: reference('machine-qa.frequency', { help: 'Empty: when needed.' }),
    dueDate: instant({ label: 'Due' }),
    autoSchedule: boolean({ default: true, label: 'Due date follows service events' }),
    assignedTo: reference('access.group', {}),
    visibleTo: references(
      'access.group',
      { table: 'qa_service_schedule_visible_to', from: 'schedule_id', to: 'group_id' },
      {},
    ),
    active: boolean({ default: true }),
    lastInstance: reference('machine-qa.service-event', { readOnly: true, label: 'Last event' }),
  },
  unique: [['unitServiceArea', 'serviceEventTemplate', 'frequency']],
})
