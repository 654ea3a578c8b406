import { choice, defineRecord, text } from '../../../core/record.ts'

export const WEEKDAY_NAMES = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
} as const

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/

/** A weekday on which the site works, and its hours. */
export const workdayRecord = defineRecord({
  name: 'site.workday',
  table: 'site_workday',
  path: 'workdays',
  label: { one: 'Workday', many: 'Workdays' },
  description:
    'Weekdays on which this site works. While there are none, Monday to Friday from 08:00 to 17:00 count.',
  titleField: 'weekday',
  order: ['id'],
  listFields: ['weekday', 'opens', 'closes'],
  retirable: false,
  permissions: { view: 'site.calendar.view' },
  fields: {
    weekday: choice(WEEKDAY_NAMES, { label: 'Weekday', required: true, unique: true }),
    opens: text({ label: 'From', help: 'Such as 08:00.', default: '08:00', maxLength: 5, pattern: TIME }),
    closes: text({ label: 'To', help: 'Such as 17:00.', default: '17:00', maxLength: 5, pattern: TIME }),
  },
})
