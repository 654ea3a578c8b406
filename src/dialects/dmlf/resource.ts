import type { RecordType } from '../../core/record.ts'
import { experimentRecord } from '../../modules/research/records/experiment.ts'
import { fundingBodyRecord } from '../../modules/research/records/funding-body.ts'
import { instituteRecord } from '../../modules/research/records/institute.ts'
import { methodRecord } from '../../modules/research/records/method.ts'
import { projectRecord } from '../../modules/research/records/project.ts'
import { sampleRecord } from '../../modules/research/records/sample.ts'
import { sampleTypeRecord } from '../../modules/research/records/sample-type.ts'

/** What a field is on the wire. */
export type WireFieldKind =
  | 'integer'
  | 'string'
  | 'email'
  | 'date'
  | 'datetime'
  | 'file'
  | 'relation'
  | 'sample'

/** One field of a resource, in the order of the wire. */
export type WireField = {
  readonly name: string
  readonly kind: WireFieldKind
  /** field of the record; `id` for its key */
  readonly field: string
  readonly nullable?: boolean
  readonly maxLength?: number
  /** folder below `/media/`, of files */
  readonly folder?: string
}

export type Resource = {
  readonly path: string
  /** as errors name one of them */
  readonly model: string
  readonly record: RecordType
  readonly fields: readonly WireField[]
}

function field(name: string, kind: WireFieldKind, from = name, rest: Partial<WireField> = {}): WireField {
  return { name, kind, field: from, ...rest }
}

const ID = field('id', 'integer')
const NAME = field('name', 'string', 'name', { maxLength: 255 })
const REGISTERED = field('date_registered', 'datetime', 'createdAt')
const CREATED = field('date_created', 'date', 'dateCreated')

/** The resources of the documented API, in the order in which a site fills them. */
export const RESOURCES = {
  institutes: {
    path: 'institutes',
    model: 'Institute',
    record: instituteRecord,
    fields: [
      ID,
      NAME,
      field('affiliation', 'string', 'affiliation', { nullable: true, maxLength: 255 }),
      field('street', 'string', 'street', { maxLength: 50 }),
      field('postcode', 'string', 'postcode', { maxLength: 10 }),
      field('city', 'string', 'city', { maxLength: 50 }),
      field('telephone', 'string', 'telephone', { maxLength: 50 }),
      field('email', 'email', 'email', { maxLength: 254 }),
      REGISTERED,
    ],
  },
  methods: {
    path: 'methods',
    model: 'Method',
    record: methodRecord,
    fields: [
      ID,
      NAME,
      field('method_file', 'file', 'file', { nullable: true, folder: 'method_files' }),
      REGISTERED,
      field('institute', 'relation'),
    ],
  },
  fundingbodies: {
    path: 'fundingbodies',
    model: 'FundingBody',
    record: fundingBodyRecord,
    fields: [ID, NAME],
  },
  projects: {
    path: 'projects',
    model: 'Project',
    record: projectRecord,
    fields: [
      ID,
      NAME,
      field('abbreviation', 'string', 'abbreviation', { maxLength: 50 }),
      field('funding_number', 'string', 'fundingNumber', { maxLength: 50 }),
      field('funding_period_start', 'date', 'fundingPeriodStart'),
      field('funding_period_end', 'date', 'fundingPeriodEnd'),
      field('project_file', 'file', 'file', { nullable: true, folder: 'project_files' }),
      REGISTERED,
      field('funding_body', 'relation', 'fundingBody'),
    ],
  },
  sampletypes: { path: 'sampletypes', model: 'SampleType', record: sampleTypeRecord, fields: [ID, NAME] },
  samples: {
    path: 'samples',
    model: 'Sample',
    record: sampleRecord,
    fields: [
      field('sample_id', 'string', 'sampleId', { maxLength: 20 }),
      NAME,
      CREATED,
      field('sample_info', 'file', 'infoFile', { folder: 'sample_info' }),
      field('supplementary_file', 'file', 'supplementaryFile', {
        nullable: true,
        folder: 'supplementary_files',
      }),
      REGISTERED,
      field('institute', 'relation'),
      field('method', 'relation', 'method', { nullable: true }),
      field('project', 'relation'),
      field('sample_type', 'relation', 'sampleType'),
      field('user', 'relation'),
      field('parent', 'sample', 'parent', { nullable: true }),
    ],
  },
  experiments: {
    path: 'experiments',
    model: 'Experiment',
    record: experimentRecord,
    fields: [
      ID,
      NAME,
      CREATED,
      field('experiment_file', 'file', 'experimentFile', { folder: 'experiment_files' }),
      REGISTERED,
      field('sample', 'sample'),
      field('method', 'relation'),
      field('staff', 'relation'),
      field('project', 'relation'),
      field('user', 'relation'),
    ],
  },
} as const satisfies Readonly<Record<string, Resource>>
