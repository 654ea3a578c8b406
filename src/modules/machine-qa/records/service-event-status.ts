import { boolean, choice, colour, defineRecord, integer, longText, text } from '../../../core/record.ts'

/** How far a service event has come, and what it says about its unit. */
export const serviceEventStatus = defineRecord({
  name: 'machine-qa.service-event-status',
  table: 'qa_service_event_status',
  path: 'service-event-statuses',
  label: { one: 'Service event status', many: 'Service event statuses' },
  titleField: 'name',
  order: ['order', 'id'],
  listFields: ['name', 'isDefault', 'isReviewRequired', 'rtsQaMustBeReviewed', 'meaning', 'colour'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 32, search: true }),
    isDefault: boolean({ default: false, label: 'Default' }),
    isReviewRequired: boolean({ default: true, label: 'Review required' }),
    rtsQaMustBeReviewed: boolean({
      default: true,
      label: 'Return-to-service QA must be reviewed',
      help: 'An event can take this status only when all its return-to-service QA is done and reviewed.',
    }),
    description: longText({}),
    colour: colour({ default: 'rgba(60,141,188,1)' }),
    order: integer({ default: 0, column: 'sort_order' }),
    meaning: choice(
      { open: 'Work goes on', done: 'Work is done', void: 'No service took place' },
      {
        label: 'Meaning for the unit',
        help: 'A unit is out of service while work goes on. Work goes on by default in the default status only.',
      },
    ),
  },
})
