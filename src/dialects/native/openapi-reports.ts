import {
  ANYTHING,
  AT,
  type Endpoint,
  FLAG,
  listOf,
  MAYBE_AT,
  MAYBE_TEXT,
  object,
  type Schema,
  TEXT,
  WHOLE,
} from './openapi-shapes.ts'

const MAYBE_WHOLE: Schema = { type: ['integer', 'null'] }
const IDS: Schema = { type: 'array', items: WHOLE }
const TEXTS: Schema = { type: 'array', items: TEXT }
const FORMAT: Schema = { enum: ['pdf', 'xlsx', 'csv'] }
const FILTERS: Schema = {
  type: 'object',
  description: 'By the names of the filters of the kind: periods as text, records as ids, choices as words.',
  additionalProperties: ANYTHING,
}

const DOCUMENT = object({
  id: WHOLE,
  kind: TEXT,
  kindTitle: TEXT,
  canBeIssued: FLAG,
  number: TEXT,
  revision: WHOLE,
  label: TEXT,
  title: TEXT,
  subject: { anyOf: [object({ record: TEXT, id: TEXT }), { type: 'null' }] },
  mediaType: TEXT,
  fileName: TEXT,
  sizeBytes: WHOLE,
  sha256: TEXT,
  issuedAt: AT,
  issuedBy: object({ id: MAYBE_WHOLE, label: TEXT }),
  supersedesId: MAYBE_WHOLE,
  supersededById: MAYBE_WHOLE,
  href: TEXT,
})

const REPORT_KIND = object({
  kind: TEXT,
  title: TEXT,
  description: TEXT,
  filters: {
    type: 'array',
    items: object({
      name: TEXT,
      label: TEXT,
      'help?': TEXT,
      'required?': FLAG,
      kind: { enum: ['period', 'records', 'choice', 'flag'] },
      'direction?': { enum: ['past', 'future'] },
      'record?': TEXT,
      'most?': WHOLE,
      'choices?': { type: 'array', items: object({ value: TEXT, label: TEXT }) },
      'default?': ANYTHING,
    }),
  },
  formats: { type: 'array', items: FORMAT },
})

const PREVIEW = object({
  facts: { type: 'array', items: object({ label: TEXT, value: TEXT }) },
  columns: {
    type: 'array',
    items: object({
      title: TEXT,
      kind: { enum: ['text', 'number', 'day', 'instant', 'boolean'] },
      decimals: MAYBE_WHOLE,
      isOnPaper: FLAG,
    }),
  },
  rows: {
    type: 'array',
    items: object({
      cells: { type: 'array', items: ANYTHING },
      group: MAYBE_TEXT,
      note: MAYBE_TEXT,
    }),
  },
  isCut: FLAG,
})

const NOTES: Schema = { type: 'array', maxItems: 20, items: object({ 'heading?': TEXT, text: TEXT }) }
const SCHEDULE: Schema = {
  anyOf: [
    object({
      recurrence: TEXT,
      minuteOfDay: { type: 'integer', minimum: 0, maximum: 1425, multipleOf: 15 },
      'groupIds?': IDS,
      'userIds?': IDS,
      'addresses?': TEXTS,
      'sendEmpty?': FLAG,
    }),
    { type: 'null' },
  ],
}
const VISIBILITY: Schema = { enum: ['owner', 'groups', 'everybody'] }

const CHOICE = {
  title: TEXT,
  kind: TEXT,
  'format?': FORMAT,
  'filters?': FILTERS,
  'notes?': NOTES,
  'signature?': FLAG,
  'visibility?': VISIBILITY,
  'visibleTo?': IDS,
  'schedule?': SCHEDULE,
}

const REPORT = object({
  id: WHOLE,
  version: WHOLE,
  ownerId: WHOLE,
  isOwn: FLAG,
  title: TEXT,
  kind: TEXT,
  kindTitle: TEXT,
  format: FORMAT,
  filters: FILTERS,
  notes: NOTES,
  signature: FLAG,
  visibility: VISIBILITY,
  visibleTo: IDS,
  schedule: SCHEDULE,
  nextRunAt: MAYBE_AT,
  modifiedAt: AT,
})

const RUN = object({
  id: WHOLE,
  state: { enum: ['waiting', 'running', 'done', 'empty', 'failed'] },
  problem: MAYBE_TEXT,
  rowCount: MAYBE_WHOLE,
  recipients: MAYBE_WHOLE,
  format: FORMAT,
  scheduledFor: MAYBE_AT,
  startedAt: AT,
  finishedAt: MAYBE_AT,
  file: { anyOf: [object({ name: TEXT, sizeBytes: WHOLE, href: TEXT }), { type: 'null' }] },
})

/** Documents that were given out, and reports. */
export const REPORT_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/documents': {
    summary: 'Issued documents that the caller may read',
    query: {
      q: 'Words in number or title.',
      kind: 'A kind; several as kind:in=a,b.',
      year: 'Year of the number.',
      subject: 'A record and an id, such as machine-qa.session:5.',
      current: '`true` leaves out those that were superseded.',
      order: 'issuedAt, number or title, `-` before it for descending.',
      limit: 'Items at most.',
      offset: 'Items to pass over.',
    },
    answer: object({ items: { type: 'array', items: DOCUMENT }, total: WHOLE, limit: WHOLE, offset: WHOLE }),
  },
  'GET /api/v1/documents/kinds': {
    summary: 'Kinds of documents of which the caller may read something',
    answer: listOf(object({ kind: TEXT, title: TEXT })),
  },
  'GET /api/v1/documents/{id}': { summary: 'An issued document', answer: DOCUMENT },
  'GET /api/v1/documents/{id}/content': {
    summary: 'The file of an issued document, as it was issued',
    file: 'application/octet-stream',
  },
  'POST /api/v1/documents': {
    summary: 'Issue a numbered document of a session or a saved report',
    body: { kind: TEXT, subjectId: TEXT, 'supersedesId?': WHOLE },
    answer: DOCUMENT,
    status: 201,
  },
  'GET /api/v1/reports/kinds': {
    summary: 'Kinds of reports that the caller may run, with their filters',
    answer: listOf(REPORT_KIND),
  },
  'POST /api/v1/reports/preview': {
    summary: 'The first rows of a report',
    body: { kind: TEXT, 'filters?': FILTERS },
    answer: PREVIEW,
  },
  'POST /api/v1/reports/file': {
    summary: 'A report as PDF, XLSX or CSV',
    body: {
      kind: TEXT,
      'filters?': FILTERS,
      'format?': FORMAT,
      'title?': TEXT,
      'notes?': NOTES,
      'signature?': FLAG,
    },
    file: 'application/pdf',
  },
  'GET /api/v1/reports': { summary: 'Saved reports that the caller sees', answer: listOf(REPORT) },
  'POST /api/v1/reports': {
    summary: 'Save a report, and have it sent',
    body: CHOICE,
    answer: REPORT,
    status: 201,
  },
  'GET /api/v1/reports/{id}': { summary: 'A saved report', answer: REPORT },
  'PATCH /api/v1/reports/{id}': {
    summary: 'Change a saved report; what is left out takes its default',
    body: { version: WHOLE, ...CHOICE },
    answer: REPORT,
  },
  'DELETE /api/v1/reports/{id}': { summary: 'Remove a saved report; its log stays' },
  'GET /api/v1/reports/{id}/preview': { summary: 'The first rows of a saved report', answer: PREVIEW },
  'GET /api/v1/reports/{id}/file': {
    summary: 'A saved report, run now, in its format',
    file: 'application/pdf',
  },
  'GET /api/v1/reports/{id}/runs': { summary: 'When a saved report ran, newest first', answer: listOf(RUN) },
  'GET /api/v1/reports/{id}/runs/{run}/file': {
    summary: 'The file that a run sent, for the owner of the report',
    file: 'application/octet-stream',
  },
}
