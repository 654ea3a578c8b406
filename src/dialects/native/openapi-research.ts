import {
  ANYTHING,
  AT,
  type Endpoint,
  FLAG,
  listOf,
  MAYBE_TEXT,
  object,
  type Schema,
  TEXT,
  WHOLE,
} from './openapi-shapes.ts'

const NUMBER: Schema = { type: 'number' }
const DAY: Schema = { type: 'string', format: 'date' }
const DOCUMENT: Schema = { type: 'object', description: 'Any JSON object.', additionalProperties: ANYTHING }
const MAYBE = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const LIST = (items: Schema): Schema => ({ type: 'array', items })
const LINK = object({ id: WHOLE, label: TEXT })
const QUANTITY = object({
  value: { type: ['number', 'null'] },
  unit: TEXT,
  'text?': TEXT,
  'u?': object({ value: NUMBER, type: TEXT }),
})
const PROBLEM = object({
  path: TEXT,
  code: TEXT,
  level: { enum: ['error', 'warning', 'info'] },
  message: TEXT,
  'params?': DOCUMENT,
  'uid?': TEXT,
})
const SAMPLE_LINK = object({ id: WHOLE, sampleId: TEXT, name: TEXT })
const BALANCE = object({
  recovery: NUMBER,
  standardUncertainty: NUMBER,
  withinTolerance: { type: ['boolean', 'null'] },
})
const FILE = object({
  id: WHOLE,
  kind: TEXT,
  name: TEXT,
  size: WHOLE,
  mediaType: TEXT,
  sha256: TEXT,
  current: FLAG,
  createdAt: AT,
  href: TEXT,
})
const UPLOAD: Schema = { type: 'string', contentMediaType: 'application/octet-stream' }

const SAMPLE = object({
  id: WHOLE,
  version: WHOLE,
  sampleId: TEXT,
  name: TEXT,
  state: { enum: ['draft', 'active', 'consumed', 'archived'] },
  dateCreated: DAY,
  registeredAt: AT,
  sampleType: LINK,
  typeVersion: object({ id: WHOLE, label: TEXT, schema: DOCUMENT, layout: MAYBE(DOCUMENT), isCurrent: FLAG }),
  institute: LINK,
  project: LINK,
  method: MAYBE(LINK),
  user: MAYBE(LINK),
  location: MAYBE_TEXT,
  amount: MAYBE(QUANTITY),
  amountLeft: MAYBE(QUANTITY),
  info: DOCUMENT,
  warnings: LIST(PROBLEM),
  revision: WHOLE,
  parent: MAYBE(SAMPLE_LINK),
  children: LIST(SAMPLE_LINK),
  experiments: LIST(object({ id: WHOLE, name: TEXT, dateCreated: DAY, method: LINK })),
  files: LIST(FILE),
  revisions: LIST(object({ revision: WHOLE, at: AT, by: MAYBE(LINK), reason: MAYBE_TEXT, info: DOCUMENT })),
  mayChange: FLAG,
})

const EXPERIMENT = object({
  id: WHOLE,
  version: WHOLE,
  name: TEXT,
  dateCreated: DAY,
  registeredAt: AT,
  sample: SAMPLE_LINK,
  method: LINK,
  staff: LINK,
  project: LINK,
  user: MAYBE(LINK),
  notes: MAYBE_TEXT,
  inputs: LIST(object({ id: WHOLE, sampleId: TEXT, name: TEXT, amount: MAYBE(QUANTITY), consumed: FLAG })),
  outputs: LIST(object({ id: WHOLE, sampleId: TEXT, name: TEXT, amount: MAYBE(QUANTITY) })),
  equipment: LIST(
    object({ id: WHOLE, name: TEXT, state: TEXT, reasons: LIST(TEXT), knownAt: AT, stateNow: MAYBE_TEXT }),
  ),
  files: LIST(FILE),
  balance: MAYBE(BALANCE),
  mayChange: FLAG,
})

const NEW_SAMPLE = {
  sampleId: TEXT,
  name: TEXT,
  dateCreated: DAY,
  instituteId: WHOLE,
  projectId: WHOLE,
  sampleTypeId: WHOLE,
  'methodId?': MAYBE(WHOLE),
  'parentId?': MAYBE(WHOLE),
  info: DOCUMENT,
  'state?': { enum: ['draft', 'active'] },
  'location?': MAYBE_TEXT,
  'amount?': MAYBE(QUANTITY),
}
const NEW_EXPERIMENT = {
  name: TEXT,
  dateCreated: DAY,
  sampleId: WHOLE,
  methodId: WHOLE,
  staffId: WHOLE,
  projectId: WHOLE,
  'notes?': MAYBE_TEXT,
  'equipmentIds?': LIST(WHOLE),
  'inputs?': LIST(object({ sampleId: WHOLE, 'amount?': MAYBE(QUANTITY), 'consumed?': FLAG })),
  'outputs?': LIST(object({ sampleId: WHOLE, 'amount?': MAYBE(QUANTITY) })),
}

function inPart(fields: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name.endsWith('?') ? name : `${name}?`, schema]),
  )
}

const ROOT = '/api/v1/research'

const SCHEMA_OF = object({ id: WHOLE, label: TEXT, schema: DOCUMENT, layout: MAYBE(DOCUMENT) })
const DESIGN = object({
  id: WHOLE,
  name: TEXT,
  key: TEXT,
  versions: LIST(
    object({
      id: WHOLE,
      label: TEXT,
      status: TEXT,
      publishedAt: MAYBE(AT),
      changelog: MAYBE_TEXT,
      samples: WHOLE,
    }),
  ),
  current: MAYBE(SCHEMA_OF),
  draft: MAYBE(
    object({ id: WHOLE, version: WHOLE, schema: DOCUMENT, layout: MAYBE(DOCUMENT), changelog: MAYBE_TEXT }),
  ),
})
const PLAN = LIST(object({ op: TEXT }))
const MIGRATION: Pick<Endpoint, 'body' | 'answer'> = {
  body: { toVersionId: WHOLE, 'plan?': PLAN },
  answer: object({
    plan: PLAN,
    total: WHOLE,
    ok: WHOLE,
    warnings: WHOLE,
    failed: WHOLE,
    groups: LIST(object({ message: TEXT, count: WHOLE, sampleIds: LIST(TEXT) })),
    examples: LIST(object({ sampleId: TEXT, before: DOCUMENT, after: DOCUMENT, problems: LIST(PROBLEM) })),
    isDone: FLAG,
  }),
}

/** What the pages of research data call besides the records. */
export const RESEARCH_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  [`GET ${ROOT}/choices`]: {
    summary: 'What forms of samples and experiments choose from, within what the caller may write',
    answer: object({
      institutes: LIST(object({ id: WHOLE, label: TEXT, city: TEXT })),
      projects: LIST(LINK),
      methods: LIST(object({ id: WHOLE, label: TEXT, instituteId: WHOLE })),
      staff: LIST(object({ id: WHOLE, label: TEXT, instituteId: WHOLE })),
      equipment: LIST(LINK),
      sampleTypes: LIST(
        object({
          id: WHOLE,
          name: TEXT,
          key: TEXT,
          description: MAYBE_TEXT,
          versionId: WHOLE,
          schema: DOCUMENT,
          layout: MAYBE(DOCUMENT),
        }),
      ),
      vocabularies: LIST(object({ key: TEXT, open: FLAG, terms: LIST(object({ code: TEXT, label: TEXT })) })),
    }),
  },
  [`GET ${ROOT}/samples/next-id`]: {
    summary: 'The id that a sample registered now would get',
    query: { institute: 'Id of the institute.', method: 'Id of the method, where one made it.' },
    answer: object({ sampleId: TEXT }),
  },
  [`POST ${ROOT}/samples/validate`]: {
    summary: 'Check sample info against its type; stores nothing',
    body: { 'sampleTypeId?': WHOLE, 'typeVersionId?': WHOLE, info: DOCUMENT },
    answer: object({ valid: FLAG, errors: LIST(PROBLEM), warnings: LIST(PROBLEM), info: DOCUMENT }),
  },
  [`GET ${ROOT}/samples/search-fields`]: {
    summary: 'Fields of all sample types that a search can name',
    answer: listOf(object({ path: TEXT, label: TEXT, kind: TEXT, unit: MAYBE_TEXT, sampleType: LINK })),
  },
  [`GET ${ROOT}/samples/search`]: {
    summary: 'Search samples by any field, with ranges and units',
    query: {
      q: 'Such as `type = Solids and weight_in_g > 5 g`, or words.',
      order: 'Fields of the sample, `-` before those that descend.',
      limit: 'Items at most.',
      offset: 'Items to pass over.',
      total: '`none` to leave out the total.',
    },
    answer: object({
      items: LIST(
        object({
          id: WHOLE,
          sampleId: TEXT,
          name: TEXT,
          state: TEXT,
          dateCreated: DAY,
          sampleType: LINK,
          institute: LINK,
          project: LINK,
          info: DOCUMENT,
          warningCount: WHOLE,
        }),
      ),
      total: MAYBE(WHOLE),
      limit: WHOLE,
      offset: WHOLE,
      parsed: DOCUMENT,
    }),
  },
  [`GET ${ROOT}/samples/{id}/details`]: { summary: 'Everything about one sample', answer: SAMPLE },
  [`GET ${ROOT}/samples/by-id/{sampleId}`]: {
    summary: 'Everything about the sample on a label',
    answer: SAMPLE,
  },
  [`POST ${ROOT}/samples`]: { summary: 'Register a sample', body: NEW_SAMPLE, answer: SAMPLE, status: 201 },
  [`PATCH ${ROOT}/samples/{id}`]: {
    summary: 'Change a sample; other info makes another revision',
    body: { ...inPart(NEW_SAMPLE), version: WHOLE, 'reason?': TEXT },
    answer: SAMPLE,
  },
  [`DELETE ${ROOT}/samples/{id}`]: { summary: 'Put a sample into the bin' },
  [`GET ${ROOT}/samples/{id}/provenance`]: {
    summary: 'What a sample came from and what came from it',
    query: { direction: '`up`, `down` or `both`.', depth: 'Steps at most, 1 to 50.' },
    answer: object({
      nodes: LIST(object({ id: TEXT, kind: { enum: ['sample', 'run'] }, name: TEXT })),
      edges: LIST(object({ from: TEXT, to: TEXT, amount: MAYBE(QUANTITY) })),
      isCut: FLAG,
    }),
  },
  [`POST ${ROOT}/runs`]: {
    summary: 'Split, pool or derive samples',
    body: {
      kind: { enum: ['split', 'pool', 'derive'] },
      'name?': TEXT,
      performedOn: DAY,
      projectId: WHOLE,
      'methodId?': MAYBE(WHOLE),
      'notes?': MAYBE_TEXT,
      inputs: LIST(object({ sampleId: WHOLE, 'amount?': MAYBE(QUANTITY), 'consumed?': FLAG })),
      outputs: LIST(object(NEW_SAMPLE)),
    },
    answer: object({ id: WHOLE, outputs: LIST(SAMPLE_LINK), balance: MAYBE(BALANCE) }),
    status: 201,
  },
  [`GET ${ROOT}/bin`]: {
    summary: 'What is in the bin',
    answer: object({
      days: WHOLE,
      items: LIST(
        object({
          kind: { enum: ['sample', 'experiment'] },
          id: WHOLE,
          title: TEXT,
          name: TEXT,
          binnedAt: AT,
        }),
      ),
    }),
  },
  [`POST ${ROOT}/bin/{kind}/{id}/restore`]: { summary: 'Take something out of the bin' },
  [`GET ${ROOT}/experiments/{id}/details`]: {
    summary: 'Everything about one experiment',
    answer: EXPERIMENT,
  },
  [`POST ${ROOT}/experiments`]: {
    summary: 'Record an experiment',
    body: NEW_EXPERIMENT,
    answer: EXPERIMENT,
    status: 201,
  },
  [`PATCH ${ROOT}/experiments/{id}`]: {
    summary: 'Change an experiment',
    body: { ...inPart(NEW_EXPERIMENT), version: WHOLE, 'reason?': TEXT },
    answer: EXPERIMENT,
  },
  [`DELETE ${ROOT}/experiments/{id}`]: { summary: 'Put an experiment into the bin' },
  [`POST ${ROOT}/samples/{id}/files`]: {
    summary: 'Keep a file with a sample',
    form: { file: UPLOAD, 'kind?': { enum: ['attachment', 'supplementary_file'] } },
    answer: listOf(FILE),
    status: 201,
  },
  [`POST ${ROOT}/experiments/{id}/files`]: {
    summary: 'Keep a file with an experiment',
    form: { file: UPLOAD, 'kind?': { enum: ['attachment', 'experiment_file'] } },
    answer: listOf(FILE),
    status: 201,
  },
  [`GET ${ROOT}/samples/export`]: {
    summary: 'A whole selection of samples as a file',
    query: { format: '`csv`, `xlsx` or `eln`.', q: 'A search.', ids: 'Ids, separated by commas.' },
    file: 'application/octet-stream',
  },
  [`GET ${ROOT}/samples/labels`]: {
    summary: 'Labels of samples, with a code that leads to each',
    query: {
      ids: 'Ids, separated by commas.',
      sheet: 'Name of the sheet.',
      skip: 'Places that are used up already.',
    },
    file: 'application/pdf',
  },
  [`POST ${ROOT}/samples/import-table`]: {
    summary: 'Check, or store, a table of samples; nothing is stored while any row has a problem',
    form: { file: UPLOAD, defaults: TEXT, 'mode?': { enum: ['check', 'store'] } },
    answer: object({
      columns: LIST(object({ header: TEXT, field: MAYBE_TEXT })),
      rows: LIST(object({ line: WHOLE, sampleId: MAYBE_TEXT, problems: LIST(TEXT), warnings: LIST(TEXT) })),
      stored: WHOLE,
      ok: WHOLE,
      failed: WHOLE,
    }),
  },
  [`POST ${ROOT}/data/import`]: {
    summary: 'Check, or store, the samples of an .eln archive',
    form: { file: UPLOAD, defaults: TEXT, 'mode?': { enum: ['check', 'store'] } },
    answer: object({
      source: TEXT,
      items: LIST(
        object({
          kind: { enum: ['sample', 'experiment'] },
          identifier: TEXT,
          name: TEXT,
          state: { enum: ['new', 'same', 'conflict', 'unusable'] },
          problems: LIST(TEXT),
        }),
      ),
      stored: WHOLE,
    }),
  },
  [`GET ${ROOT}/sample-types/{id}/design`]: {
    summary: 'A sample type with its versions and draft',
    answer: DESIGN,
  },
  [`PUT ${ROOT}/sample-types/{id}/draft`]: {
    summary: 'Keep the next version of a sample type while it is designed',
    body: { schema: DOCUMENT, 'layout?': MAYBE(DOCUMENT), 'changelog?': MAYBE_TEXT },
    answer: object({
      id: WHOLE,
      problems: LIST(object({ path: TEXT, problem: TEXT })),
      changes: LIST(object({ path: TEXT, change: TEXT, class: { enum: ['minor', 'major'] }, detail: TEXT })),
      label: TEXT,
    }),
  },
  [`POST ${ROOT}/sample-types/{id}/publish`]: {
    summary: 'Publish the draft of a sample type',
    answer: DESIGN,
  },
  [`POST ${ROOT}/sample-types/{id}/rehearse`]: {
    summary: 'What moving its samples to a version would do',
    ...MIGRATION,
  },
  [`POST ${ROOT}/sample-types/{id}/migrate`]: { summary: 'Move its samples to a version', ...MIGRATION },
  [`GET ${ROOT}/files/{id}/content`]: { summary: 'Content of a file', file: 'application/octet-stream' },
  [`GET ${ROOT}/files/{id}/preview`]: {
    summary: 'What can be shown of a file without saving it',
    answer: object({ kind: { enum: ['table', 'json', 'text', 'image', 'pdf', 'archive', 'dicom', 'none'] } }),
  },
}
