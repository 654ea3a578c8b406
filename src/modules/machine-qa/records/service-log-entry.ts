import { choice, defineRecord, instant, json, reference } from '../../../core/record.ts'

/** What happened to a service event; what people are told of comes from here. */
export const serviceLogEntry = defineRecord({
  name: 'machine-qa.service-log-entry',
  table: 'qa_service_log',
  path: 'service-log',
  label: { one: 'Service log entry', many: 'Service log entries' },
  titleField: 'happened',
  order: ['-happened', '-id'],
  writer: 'verbs',
  fields: {
    serviceEvent: reference('machine-qa.service-event', { required: true }),
    kind: choice(
      {
        new: 'Reported',
        modified: 'Changed',
        status: 'Status changed',
        'rts-changed': 'Return-to-service QA changed',
        'rts-performed': 'Return-to-service QA performed',
        'rts-approved': 'Return-to-service QA approved',
        deleted: 'Deleted',
        restored: 'Restored',
      },
      { required: true },
    ),
    happened: instant({ required: true }),
    user: reference('access.user', {}),
    detail: json<Readonly<Record<string, unknown>>>({}),
  },
  permissions: { view: 'machine-qa.service-event.view' },
  stamped: false,
  retirable: false,
})
