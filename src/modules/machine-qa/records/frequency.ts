import { defineRecord, integer, recurrence, text } from '../../../core/record.ts'

export const frequency = defineRecord({
  name: 'machine-qa.frequency',
  table: 'qa_frequency',
  path: 'frequencies',
  label: { one: 'Frequency', many: 'Frequencies' },
  titleField: 'name',
  order: ['nominalInterval'],
  listFields: ['name', 'recurrences', 'nominalInterval', 'windowStart', 'windowEnd'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 50, search: true }),
    slug: text({ default: '', unique: true, maxLength: 50 }),
    recurrences: recurrence({ required: true, label: 'Recurrence' }),
    windowStart: integer({
      min: 0,
      unit: 'days',
      help: 'Days before the due date from which a session counts; empty: any session counts.',
    }),
    windowEnd: integer({
      required: true,
      min: 0,
      unit: 'days',
      help: 'Days after the due date from which the list is overdue.',
    }),
    nominalInterval: integer({ required: true, readOnly: true, unit: 'days', label: 'Mean interval' }),
  },
})
