import { defineRecord, instant, longText, reference } from '../../../core/record.ts'

/** What somebody said about a session, a service event or a fault. */
export const comment = defineRecord({
  name: 'machine-qa.comment',
  table: 'qa_comment',
  path: 'comments',
  label: { one: 'Comment', many: 'Comments' },
  titleField: 'comment',
  order: ['-submitDate'],
  writer: 'verbs',
  fields: {
    session: reference('machine-qa.session', {}),
    serviceEvent: reference('machine-qa.service-event', {}),
    fault: reference('machine-qa.fault', {}),
    user: reference('access.user', {}),
    submitDate: instant({ required: true }),
    comment: longText({ required: true }),
  },
  stamped: false,
  retirable: false,
})
