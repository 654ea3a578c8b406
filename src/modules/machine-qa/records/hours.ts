import { defineRecord, duration, reference } from '../../../core/record.ts'

/** How long somebody worked on a service event: a user or a third party. */
export const hours = defineRecord({
  name: 'machine-qa.hours',
  table: 'qa_hours',
  path: 'hours',
  label: { one: 'Hours', many: 'Hours' },
  titleField: 'time',
  order: ['id'],
  fields: {
    serviceEvent: reference('machine-qa.service-event', { required: true }),
    thirdParty: reference('machine-qa.third-party', {}),
    user: reference('access.user', {}),
    time: duration({ required: true, min: 0 }),
  },
  unique: [['serviceEvent', 'thirdParty', 'user']],
  permissions: { view: 'machine-qa.service-event.view' },
  retirable: false,
})
