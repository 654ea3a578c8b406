import {
  boolean,
  defineRecord,
  duration,
  json,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { OBJECT_FIELDS, ofLaboratoryOrOwnClient } from './object-fields.ts'

export type Coordinate = Readonly<Record<'degrees' | 'minutes' | 'seconds' | 'bearing', string>>

/** Where samples are taken, of the laboratory or of one client. */
export const samplePoint = defineRecord({
  name: 'lims.sample-point',
  table: 'lims_sample_point',
  path: 'sample-points',
  label: { one: 'Sample point', many: 'Sample points' },
  titleField: 'title',
  listFields: ['title', 'client', 'elevation'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    client: reference('lims.client', {}),
    latitude: json<Partial<Coordinate>>({}),
    longitude: json<Partial<Coordinate>>({}),
    elevation: text({ maxLength: 40 }),
    samplingFrequency: duration({ min: 0, label: 'Sampling frequency' }),
    sampleTypes: references(
      'lims.sample-type',
      { table: 'lims_sample_type_point', from: 'sample_point_id', to: 'sample_type_id' },
      { label: 'Sample types' },
    ),
    composite: boolean({ default: false }),
  },
  scope: ofLaboratoryOrOwnClient,
})
