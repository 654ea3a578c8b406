import {
  boolean,
  choice,
  defineRecord,
  instant,
  integer,
  recurrence,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { NOTICE_EVENTS } from '../domain/notice-event.ts'

/** Who is told of what, on which units, at once or in the daily message, or at times of their own. */
export const subscription = defineRecord({
  name: 'machine-qa.subscription',
  table: 'qa_subscription',
  path: 'subscriptions',
  label: { one: 'Subscription', many: 'Subscriptions' },
  description:
    'Who is told of what. Each person may still choose the channel, or none, under Account, Notifications.',
  titleField: 'name',
  order: ['name', 'id'],
  listFields: ['name', 'event', 'recipients', 'whenTold', 'nextRunAt', 'active'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 100, search: true }),
    event: choice(NOTICE_EVENTS, { label: 'Of', required: true }),
    recipients: reference('machine-qa.recipients', { label: 'Recipients', required: true }),
    active: boolean({ default: true }),
    units: references(
      'machine-qa.unit',
      { table: 'qa_subscription_unit', from: 'subscription_id', to: 'unit_id' },
      { label: 'Units', help: 'All when empty.', group: 'Narrowed to' },
    ),
    testLists: references(
      'machine-qa.test-list',
      { table: 'qa_subscription_test_list', from: 'subscription_id', to: 'test_list_id' },
      { label: 'Test lists', help: 'All when empty.', group: 'Narrowed to' },
    ),
    groups: references(
      'access.group',
      { table: 'qa_subscription_group', from: 'subscription_id', to: 'group_id' },
      {
        label: 'Work of groups',
        help: 'Work that these groups see or that is assigned to them; all when empty.',
        group: 'Narrowed to',
      },
    ),
    whenTold: choice(
      { immediately: 'At once', daily: 'In the daily message' },
      { label: 'Told', default: 'immediately', group: 'When' },
    ),
    recurrence: recurrence({
      label: 'Days',
      help: 'For what is told by its times, such as what is due.',
      group: 'When',
    }),
    timeOfDay: text({
      label: 'Time of day',
      help: 'A quarter of an hour, such as 07:15.',
      default: '07:00',
      maxLength: 5,
      pattern: /^([01]\d|2[0-3]):(00|15|30|45)$/,
      group: 'When',
    }),
    aheadDays: integer({
      label: 'Days ahead',
      help: 'How far ahead “coming up” reaches.',
      default: 7,
      min: 1,
      max: 365,
      unit: 'd',
      group: 'When',
    }),
    sendEmpty: boolean({
      label: 'Also when there is nothing to tell',
      default: false,
      group: 'When',
    }),
    nextRunAt: instant({ label: 'Next', readOnly: true, group: 'When' }),
  },
})
