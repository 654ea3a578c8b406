import { defineRecord, longText, type RecordType, text } from '../../../core/record.ts'
import { INTERNAL_SETUP_PERMISSIONS, OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

const TITLED_FIELDS = {
  ...OBJECT_FIELDS,
  title: text({ required: true, search: true }),
  description: longText({}),
}

/** A kind of set-up that has a title and nothing else. */
function titled(
  noun: string,
  path: string,
  one: string,
  many: string,
  audience: 'all' | 'laboratory',
): RecordType<typeof TITLED_FIELDS> {
  return defineRecord({
    name: `lims.${noun}`,
    table: `lims_${noun.replaceAll('-', '_')}`,
    path,
    label: { one, many },
    titleField: 'title',
    listFields: ['title', 'description', 'objectId'],
    fields: TITLED_FIELDS,
    permissions: audience === 'all' ? SETUP_PERMISSIONS : INTERNAL_SETUP_PERMISSIONS,
  })
}

export const sampleMatrix = titled(
  'sample-matrix',
  'sample-matrices',
  'Sample matrix',
  'Sample matrices',
  'all',
)
export const sampleCondition = titled(
  'sample-condition',
  'sample-conditions',
  'Sample condition',
  'Sample conditions',
  'all',
)
export const samplingDeviation = titled(
  'sampling-deviation',
  'sampling-deviations',
  'Sampling deviation',
  'Sampling deviations',
  'all',
)
export const containerType = titled(
  'container-type',
  'container-types',
  'Container type',
  'Container types',
  'all',
)
export const instrumentType = titled(
  'instrument-type',
  'instrument-types',
  'Instrument type',
  'Instrument types',
  'laboratory',
)
export const instrumentLocation = titled(
  'instrument-location',
  'instrument-locations',
  'Instrument location',
  'Instrument locations',
  'laboratory',
)
export const manufacturer = titled(
  'manufacturer',
  'manufacturers',
  'Manufacturer',
  'Manufacturers',
  'laboratory',
)
export const attachmentType = titled(
  'attachment-type',
  'attachment-types',
  'Attachment type',
  'Attachment types',
  'all',
)
export const batchLabel = titled('batch-label', 'batch-labels', 'Batch label', 'Batch labels', 'all')
