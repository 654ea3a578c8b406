import { day, defineRecord, duration, reference } from '../../../core/record.ts'

const hours = (label: string) => duration({ required: true, min: 0, max: 86_400, label, unit: 's' })

/** The weekly hours of a unit from a day on. */
export const availableTime = defineRecord({
  name: 'machine-qa.available-time',
  table: 'qa_available_time',
  path: 'available-times',
  label: { one: 'Available time', many: 'Available times' },
  titleField: 'dateChanged',
  order: ['-dateChanged'],
  fields: {
    unit: reference('machine-qa.unit', { required: true }),
    dateChanged: day({ required: true, label: 'From' }),
    hoursSunday: hours('Sunday'),
    hoursMonday: hours('Monday'),
    hoursTuesday: hours('Tuesday'),
    hoursWednesday: hours('Wednesday'),
    hoursThursday: hours('Thursday'),
    hoursFriday: hours('Friday'),
    hoursSaturday: hours('Saturday'),
  },
  unique: [['unit', 'dateChanged']],
  permissions: { change: 'machine-qa.available-time.change', add: 'machine-qa.available-time.change' },
})
