import { day, defineRecord, duration, reference, text } from '../../../core/record.ts'

/** The hours of a unit on one day that differs from its week. */
export const availableTimeEdit = defineRecord({
  name: 'machine-qa.available-time-edit',
  table: 'qa_available_time_edit',
  path: 'available-time-edits',
  label: { one: 'Available time exception', many: 'Available time exceptions' },
  titleField: 'date',
  order: ['-date'],
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    name: text({ maxLength: 64, search: true }),
    date: day({ required: true }),
    hours: duration({ required: true, min: 0, max: 86_400, unit: 's' }),
  },
  unique: [['unit', 'date']],
  permissions: {
    add: 'machine-qa.available-time.change',
    change: 'machine-qa.available-time.change',
    retire: 'machine-qa.available-time.change',
  },
})
