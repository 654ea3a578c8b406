import {
  boolean,
  choice,
  defineRecord,
  duration,
  instant,
  inverse,
  reference,
  text,
} from '../../../core/record.ts'
import { SAMPLE_STATES } from '../domain/workflow/states.ts'
import { OBJECT_FIELDS, ofOwnSample } from './object-fields.ts'

/** A part of a sample in a container of its own. */
export const partition = defineRecord({
  name: 'lims.partition',
  table: 'lims_partition',
  path: 'partitions',
  label: { one: 'Sample partition', many: 'Sample partitions' },
  titleField: 'objectId',
  order: ['objectId'],
  listFields: ['objectId', 'sample', 'container', 'preservation', 'state'],
  writer: 'verbs',
  large: true,
  fields: {
    ...OBJECT_FIELDS,
    sample: reference('lims.sample', { required: true }),
    container: reference('lims.container', {}),
    preservation: reference('lims.preservation', {}),
    separate: boolean({ default: false }),
    datePreserved: instant({ label: 'Preserved' }),
    preserver: text({}),
    retentionPeriod: duration({ label: 'Retention period' }),
    disposalDate: instant({ label: 'Keep until' }),
    state: choice(SAMPLE_STATES, { default: 'sample_registered' }),
    cancelled: boolean({ default: false }),
    analyses: inverse('lims.analysis', 'partition', 'Analyses'),
  },
  retirable: false,
  scope: ofOwnSample,
})
