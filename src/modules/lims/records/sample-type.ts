import {
  boolean,
  defineRecord,
  duration,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const sampleType = defineRecord({
  name: 'lims.sample-type',
  table: 'lims_sample_type',
  path: 'sample-types',
  label: { one: 'Sample type', many: 'Sample types' },
  titleField: 'title',
  listFields: ['title', 'prefix', 'sampleMatrix', 'minimumVolume', 'hazardous'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    retentionPeriod: duration({ default: 0, min: 0, label: 'Retention period' }),
    hazardous: boolean({ default: false }),
    sampleMatrix: reference('lims.sample-matrix', { label: 'Sample matrix' }),
    prefix: text({ required: true, search: true, maxLength: 30, pattern: /^\S+$/ }),
    minimumVolume: text({ required: true, maxLength: 40, label: 'Minimum volume', help: 'Such as 10 ml.' }),
    containerType: reference('lims.container-type', { label: 'Container type' }),
    samplePoints: references(
      'lims.sample-point',
      { table: 'lims_sample_type_point', from: 'sample_type_id', to: 'sample_point_id' },
      { label: 'Sample points' },
    ),
  },
  permissions: SETUP_PERMISSIONS,
})
