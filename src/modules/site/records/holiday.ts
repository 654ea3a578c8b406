import { day, defineRecord, text } from '../../../core/record.ts'

/** A day on which the site does not work. */
export const holidayRecord = defineRecord({
  name: 'site.holiday',
  table: 'site_holiday',
  path: 'holidays',
  label: { one: 'Holiday', many: 'Holidays' },
  description: 'Days on which nobody works here. Turnaround and reaction times leave them out.',
  titleField: 'name',
  order: ['-day'],
  listFields: ['day', 'name'],
  permissions: { view: 'site.calendar.view' },
  fields: {
    day: day({ label: 'Day', required: true, unique: true }),
    name: text({ label: 'Name', required: true, maxLength: 100, search: true }),
  },
})
