import { choice, defineRecord, instant, reference, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, ofOwnRequest } from './object-fields.ts'

/** A file that belongs to a sample or to one of its analyses. */
export const attachment = defineRecord({
  name: 'lims.attachment',
  table: 'lims_attachment',
  path: 'attachments',
  label: { one: 'Attachment', many: 'Attachments' },
  titleField: 'fileName',
  order: ['id'],
  writer: 'verbs',
  fields: {
    ...OBJECT_FIELDS,
    request: reference('lims.request', { required: true, label: 'Sample' }),
    analysis: reference('lims.analysis', {}),
    fileName: text({ required: true, label: 'File' }),
    mediaType: text({ required: true, label: 'Media type' }),
    sha256: text({ required: true, maxLength: 64, label: 'Hash' }),
    attachmentType: reference('lims.attachment-type', { label: 'Type' }),
    reportOption: choice(
      { r: 'Shown in the report', a: 'Attached to the report', i: 'Not reported' },
      { default: 'i', label: 'In reports' },
    ),
    attachmentKeys: text({ label: 'Keys' }),
    dateLoaded: instant({ required: true, label: 'Loaded' }),
  },
  retirable: false,
  scope: ofOwnRequest,
})
