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
  wire,
} from './openapi-shapes.ts'

const IDS: Schema = { type: 'array', items: WHOLE }
const BY_MACRO: Schema = { type: 'object', description: 'by macro name', additionalProperties: ANYTHING }
const MAYBE_NUMBER: Schema = { type: ['number', 'null'] }
const MAYBE_WHOLE: Schema = { type: ['integer', 'null'] }
const MADE = object({ id: WHOLE })
const FILE = object({ id: WHOLE, label: TEXT, mediaType: TEXT, sizeBytes: WHOLE, href: TEXT })
const UPLOAD: Schema = { type: 'string', contentMediaType: 'application/octet-stream' }
const BY_ID: Schema = { type: 'object', additionalProperties: WHOLE }

const TIMES = {
  'workCompleted?': AT,
  'inProgress?': FLAG,
  'includeForScheduling?': FLAG,
  'comment?': TEXT,
  'statusId?': WHOLE,
  'returnToServiceId?': WHOLE,
}
const PLACE = { assignmentId: WHOLE, testListId: WHOLE, 'day?': WHOLE, 'sessionId?': WHOLE }
const TYPED = {
  'values?': BY_MACRO,
  'comments?': BY_MACRO,
  'skips?': BY_MACRO,
  'workStarted?': AT,
  'workCompleted?': AT,
}

/** What the pages of machine QA call besides the records. */
export const MACHINE_QA_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/followed': {
    summary: 'State and last thirty days of what the caller follows',
    answer: listOf(
      object({
        kind: TEXT,
        label: TEXT,
        path: TEXT,
        token: TEXT,
        word: TEXT,
        days: { type: 'array', items: object({ day: TEXT, token: TEXT }) },
      }),
    ),
  },
  'GET /api/v1/machine-qa/units-overview': {
    summary: 'Units by site and type, with what is due',
    answer: wire('machine-qa.UnitsOverview'),
  },
  'GET /api/v1/machine-qa/units/{id}/state': {
    summary: 'QA state of a unit, with reasons',
    answer: wire('machine-qa.UnitState'),
  },
  'GET /api/v1/machine-qa/work': {
    summary: 'What is to be performed, the most urgent first',
    query: {
      q: 'Words in names of lists and units.',
      unit: 'Ids.',
      site: 'Ids.',
      frequency: 'Ids.',
      due: 'Due statuses.',
      order: 'A field, `-` before it for descending.',
      limit: 'Items at most.',
      offset: 'Items to pass over.',
    },
    answer: wire('machine-qa.WorkList'),
  },
  'GET /api/v1/machine-qa/performing-form': {
    summary: 'Everything to perform a list, or to continue or edit a session',
    query: {
      assignment: 'Id of the assignment.',
      day: 'Day of the cycle, from 0.',
      session: 'Id of a session, instead.',
    },
    answer: wire('machine-qa.PerformingForm'),
  },
  'POST /api/v1/machine-qa/evaluate': {
    summary: 'Calculate from what has been typed so far; stores nothing',
    body: {
      testListId: WHOLE,
      unitId: WHOLE,
      'assignmentId?': WHOLE,
      'day?': WHOLE,
      'sessionId?': WHOLE,
      ...TYPED,
    },
    answer: object({ results: BY_MACRO, skips: BY_MACRO }),
  },
  'POST /api/v1/machine-qa/uploads': {
    summary: 'Keep a file of an upload test and analyse it; a form with the parts facts (JSON) and file',
    answer: object({
      attachment: FILE,
      errors: { type: 'array', items: TEXT },
      result: ANYTHING,
      comment: MAYBE_TEXT,
      written: { type: 'array', items: FILE },
      skips: BY_MACRO,
    }),
    form: { facts: TEXT, 'file?': UPLOAD },
  },
  'POST /api/v1/machine-qa/sessions': {
    summary: 'Submit a performed list',
    body: { assignmentId: WHOLE, 'day?': WHOLE, workStarted: AT, tests: BY_MACRO, ...TIMES },
    answer: MADE,
    status: 201,
  },
  'PATCH /api/v1/machine-qa/sessions/{id}': {
    summary: 'Continue or correct a session; what is absent stays',
    body: { 'workStarted?': AT, 'tests?': BY_MACRO, ...TIMES },
    answer: MADE,
  },
  'PUT /api/v1/machine-qa/drafts': {
    summary: 'Keep what has been typed so far',
    body: {
      ...PLACE,
      'tests?': BY_MACRO,
      'comments?': BY_MACRO,
      'skips?': BY_MACRO,
      'sessionComment?': TEXT,
      'workStarted?': AT,
      'workCompleted?': AT,
    },
    answer: object({ savedAt: AT }),
  },
  'DELETE /api/v1/machine-qa/drafts': { summary: 'Give up a draft', body: PLACE },
  'GET /api/v1/machine-qa/sessions/{id}/details': {
    summary: 'Everything about a session',
    answer: wire('machine-qa.SessionDetails'),
  },
  'GET /api/v1/machine-qa/sessions/{id}/document': { summary: 'A session as PDF', file: 'application/pdf' },
  'POST /api/v1/machine-qa/sessions/{id}/review': {
    summary: 'Give results their statuses: one for all, or by result id',
    body: { 'statusId?': WHOLE, 'statuses?': BY_ID, 'version?': WHOLE },
    answer: object({ id: WHOLE, version: WHOLE, allReviewed: FLAG }),
  },
  'POST /api/v1/machine-qa/sessions/review': {
    summary: 'Review several sessions, one status each, by session id; all or none',
    body: { sessions: BY_ID, 'versions?': BY_ID },
    answer: object({ reviewed: IDS }),
  },
  'POST /api/v1/machine-qa/sessions/{id}/void': {
    summary: 'Void a session',
    body: { reason: TEXT },
    answer: MADE,
  },
  'POST /api/v1/machine-qa/sessions/{id}/comments': {
    summary: 'Say something about a session',
    body: { text: TEXT },
    answer: object({ id: WHOLE, at: AT }),
    status: 201,
  },
  'POST /api/v1/machine-qa/sessions/{id}/attachments': {
    summary: 'Add files to a session; a form with file parts',
    form: { file: UPLOAD },
    answer: listOf(FILE),
    status: 201,
  },
  'GET /api/v1/machine-qa/attachments/{id}/content': {
    summary: 'The content of a file',
    file: 'application/octet-stream',
  },
  'GET /api/v1/machine-qa/test-history': {
    summary: 'Results of one test on one unit, newest first',
    query: { info: 'Id of the row that joins test and unit.', from: 'ISO-8601 time.' },
    answer: wire('machine-qa.TestHistory'),
  },
  'GET /api/v1/machine-qa/unit-test-infos/{id}/references': {
    summary: 'Reference and tolerance of a test on a unit, with history',
    answer: wire('machine-qa.ReferenceHistory'),
  },
  'POST /api/v1/machine-qa/references/set': {
    summary: 'Set references and tolerances, with the reason',
    body: {
      settings: {
        type: 'array',
        items: object({ unitTestInfoId: WHOLE, 'value?': MAYBE_NUMBER, 'toleranceId?': MAYBE_WHOLE }),
      },
      comment: TEXT,
    },
    answer: object({ changed: WHOLE }),
  },
  'POST /api/v1/machine-qa/references/copy': {
    summary: 'Copy references and tolerances to another unit',
    body: { fromUnitId: WHOLE, toUnitId: WHOLE, 'testIds?': IDS, comment: TEXT },
    answer: wire('machine-qa.CopiedReferences'),
  },
  'POST /api/v1/machine-qa/assignments/copy': {
    summary: 'Assign the same lists to other units',
    body: { assignmentIds: IDS, unitIds: IDS },
    answer: wire('machine-qa.CopiedAssignments'),
  },
  'POST /api/v1/machine-qa/test-lists/{id}/arrangement': {
    summary: 'Arrange the tests and sublists of a list',
    body: {
      version: WHOLE,
      tests: IDS,
      sublists: { type: 'array', items: object({ id: WHOLE, outline: FLAG, after: WHOLE }) },
      'reason?': TEXT,
    },
    answer: object({ id: WHOLE, version: WHOLE }),
  },
}
