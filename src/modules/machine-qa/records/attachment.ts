import { defineRecord, integer, longText, reference, text } from '../../../core/record.ts'

/** A file that belongs to exactly one test, list, cycle, session, result, unit, service event, part or fault. */
export const attachment = defineRecord({
  name: 'machine-qa.attachment',
  table: 'qa_attachment',
  path: 'attachments',
  label: { one: 'Attachment', many: 'Attachments' },
  titleField: 'label',
  order: ['-createdAt'],
  writer: 'verbs',
  fields: {
    attachment: text({ required: true, column: 'path', maxLength: 512, help: 'Address below /media/.' }),
    label: text({ required: true, search: true }),
    comment: longText({ default: '' }),
    mediaType: text({ required: true }),
    size: integer({ required: true, unit: 'B' }),
    sha256: text({ required: true, maxLength: 64 }),
    test: reference('machine-qa.test', {}),
    testList: reference('machine-qa.test-list', {}),
    testListCycle: reference('machine-qa.test-list-cycle', {}),
    session: reference('machine-qa.session', {}),
    result: reference('machine-qa.result', {}),
    unit: reference('machine-qa.unit', {}),
    serviceEvent: reference('machine-qa.service-event', {}),
    part: reference('machine-qa.part', {}),
    fault: reference('machine-qa.fault', {}),
  },
  retirable: false,
})
