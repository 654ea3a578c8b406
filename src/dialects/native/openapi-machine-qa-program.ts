import {
  AT,
  type Endpoint,
  FLAG,
  MAYBE_AT,
  MAYBE_TEXT,
  object,
  type Schema,
  TEXT,
  WHOLE,
} from './openapi-shapes.ts'

const NUMBER: Schema = { type: 'number' }
const MAYBE_NUMBER: Schema = { type: ['number', 'null'] }
const IDS: Schema = { type: 'array', items: WHOLE }
const NAMED_FIELDS = { id: WHOLE, name: TEXT }
const NAMED = object(NAMED_FIELDS)
const UNIT = object({ ...NAMED_FIELDS, number: WHOLE })
const DAY: Schema = { type: 'string', format: 'date' }
const MS: Schema = { type: 'integer', description: 'Milliseconds since 1970.' }
const PASS_FAIL: Schema = { enum: ['not_done', 'ok', 'tolerance', 'action', 'no_tol'] }
const DUE: Schema = {
  enum: ['no_tol', 'ok', 'tolerance', 'action'],
  description: '`no_tol` no due date, `ok` not due, `tolerance` due, `action` overdue',
}
const STATE: Schema = {
  enum: ['out-of-service', 'failed', 'overdue', 'tolerance', 'unreviewed', 'unknown', 'ok'],
}
const DUE_COUNTS = object({ no_tol: WHOLE, ok: WHOLE, tolerance: WHOLE, action: WHOLE })
const OUTCOME_FIELDS = { ok: WHOLE, tolerance: WHOLE, action: WHOLE, noTolerance: WHOLE, notDone: WHOLE }
const OUTCOMES = object(OUTCOME_FIELDS)

function maybe(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] }
}

function list(items: Schema): Schema {
  return { type: 'array', items }
}

const PAGE = { total: WHOLE, limit: WHOLE, offset: WHOLE }
const PAGE_QUERY = { limit: 'Items at most.', offset: 'Items to pass over.' }
const PROGRAM_QUERY = {
  unit: 'Ids of units.',
  site: 'Ids of sites.',
  frequency: 'Ids of frequencies; `none` for work without one.',
  q: 'Words in names of lists and units.',
}
const CHART_QUERY = {
  from: 'First day, `YYYY-MM-DD`; a year before the last unless given.',
  to: 'Last day; today unless given.',
  list: 'Ids of lists; all unless given.',
  status: 'Ids of statuses; valid ones that are exported unless given.',
  relative: '`true` for deviations from the reference.',
}

const POINT = object({
  at: MS,
  value: NUMBER,
  sessionId: WHOLE,
  passFail: PASS_FAIL,
  statusId: WHOLE,
  personId: { type: ['integer', 'null'] },
  'comment?': TEXT,
})
const STEP = object({
  from: MS,
  reference: MAYBE_NUMBER,
  limits: maybe(
    object({ actLow: MAYBE_NUMBER, tolLow: MAYBE_NUMBER, tolHigh: MAYBE_NUMBER, actHigh: MAYBE_NUMBER }),
  ),
})
const SERIES = object({
  unit: UNIT,
  test: object({ ...NAMED_FIELDS, type: TEXT, choices: list(TEXT) }),
  unitTestInfoId: WHOLE,
  list: maybe(NAMED),
  points: list(POINT),
  total: { type: 'integer', description: 'Points before thinning.' },
  steps: list(STEP),
})
const PROGRAM_ITEM_FIELDS = {
  assignmentId: WHOLE,
  name: TEXT,
  dueStatus: DUE,
  dueAt: MAYBE_AT,
  last: maybe(object({ sessionId: WHOLE, at: AT, allReviewed: FLAG, outcomes: OUTCOMES })),
}
const DAY_ITEM = object({ ...PROGRAM_ITEM_FIELDS, unit: NAMED, frequency: maybe(NAMED) })
const COMPARED = object({
  reference: maybe(object({ value: NUMBER, display: TEXT })),
  tolerance: maybe(NAMED),
})
const COPIED = list(object({ unitId: WHOLE, name: TEXT }))

/** Charts, review, program, board, and previews of machine QA. */
export const MACHINE_QA_PROGRAM_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/machine-qa/charts/choices': {
    summary: 'Lists and tests of units that can be plotted, and the statuses',
    query: {
      unit: 'Ids of units.',
      frequency: 'Ids of frequencies; all unless given.',
      inactive: '`true` for what is no longer in use too.',
    },
    answer: object({
      lists: list(object({ ...NAMED_FIELDS, testIds: IDS })),
      tests: list(object({ ...NAMED_FIELDS, type: TEXT, category: TEXT })),
      statuses: list(object({ ...NAMED_FIELDS, plotted: FLAG })),
    }),
  },
  'GET /api/v1/machine-qa/charts': {
    summary: 'Results over time, thinned to the width of a drawing without losing its extremes',
    query: {
      unit: 'Ids of units.',
      test: 'Ids of tests.',
      ...CHART_QUERY,
      combine: '`false` for a series of each list.',
      width: 'Pixels of the drawing; 1200 unless given.',
    },
    answer: object({
      series: list(SERIES),
      referenceChanges: list(
        object({ unitTestInfoId: WHOLE, at: MS, by: MAYBE_TEXT, comment: TEXT, before: TEXT }),
      ),
      serviceEvents: list(
        object({ id: WHOLE, unitId: WHOLE, at: MS, type: TEXT, status: TEXT, problem: TEXT }),
      ),
      people: { type: 'object', description: 'names by user id', additionalProperties: TEXT },
    }),
  },
  'GET /api/v1/machine-qa/charts/control': {
    summary: 'A control chart of one test on one unit, with the rules that it breaks',
    query: {
      unit: 'Id of the unit.',
      test: 'Id of the test.',
      ...CHART_QUERY,
      kind: '`shewhart`, `cusum` or `ewma`.',
      rules: '`western-electric`, `nelson` or `westgard`.',
      size: 'Values in a subgroup, 1 to 99.',
      baseline: 'First subgroups that give the limits, 2 or more.',
    },
    answer: object({
      unit: NAMED,
      test: NAMED,
      points: list(object({ at: MS, sessionId: WHOLE })),
      panels: list(
        object({
          title: TEXT,
          lines: list(object({ name: TEXT, values: list(NUMBER) })),
          limits: object({ centre: NUMBER, lower: NUMBER, upper: NUMBER }),
        }),
      ),
      signals: list(
        object({ index: WHOLE, rule: TEXT, words: TEXT, severity: { enum: ['warning', 'rejection'] } }),
      ),
      available: WHOLE,
      needed: WHOLE,
    }),
  },
  'GET /api/v1/machine-qa/review-queue': {
    summary: 'Completed sessions that wait for a review, those that need eyes first',
    query: {
      show: '`all`, `differences` or `passed`.',
      order: '`differences`, `newest` or `oldest`.',
      own: '`reviewable` leaves out own sessions that one may not review.',
      unit: 'Ids of units.',
      list: 'Ids of lists.',
      q: 'Words in names of lists and units.',
      ...PAGE_QUERY,
    },
    answer: object({
      items: list(
        object({
          id: WHOLE,
          version: WHOLE,
          assignmentId: WHOLE,
          list: NAMED,
          unit: UNIT,
          workCompleted: AT,
          performedBy: MAYBE_TEXT,
          flagged: FLAG,
          counts: object({ ...OUTCOME_FIELDS, comments: WHOLE }),
          passed: FLAG,
          mayReview: FLAG,
        }),
      ),
      ...PAGE,
      waiting: WHOLE,
      passed: WHOLE,
      differences: WHOLE,
    }),
  },
  'GET /api/v1/machine-qa/program': {
    summary: 'Every unit with what is due, done and overdue on it, by frequency',
    query: PROGRAM_QUERY,
    answer: object({
      units: list(object({ ...NAMED_FIELDS, number: WHOLE, site: maybe(NAMED) })),
      frequencies: list(maybe(NAMED)),
      cells: list(
        object({
          unitId: WHOLE,
          frequencyId: { type: ['integer', 'null'] },
          items: list(object(PROGRAM_ITEM_FIELDS)),
        }),
      ),
      counts: DUE_COUNTS,
    }),
  },
  'GET /api/v1/machine-qa/program/months': {
    summary: 'How often work was done in each month, and how often its rule asks for it',
    query: {
      ...PROGRAM_QUERY,
      from: 'A day of the first month.',
      months: 'How many, 1 to 24.',
      ...PAGE_QUERY,
    },
    answer: object({
      months: list(DAY),
      rows: list(
        object({
          assignmentId: WHOLE,
          name: TEXT,
          unit: UNIT,
          frequency: maybe(NAMED),
          dueStatus: DUE,
          cells: list(object({ done: WHOLE, unreviewed: WHOLE, expected: { type: ['integer', 'null'] } })),
        }),
      ),
      ...PAGE,
    }),
  },
  'GET /api/v1/machine-qa/program/calendar': {
    summary: 'The days of a month with how much was done, is due and is planned',
    query: { ...PROGRAM_QUERY, month: 'A day of the month; today unless given.' },
    answer: object({
      month: DAY,
      today: DAY,
      days: list(
        object({ day: DAY, done: WHOLE, unreviewed: WHOLE, due: WHOLE, overdue: WHOLE, planned: WHOLE }),
      ),
    }),
  },
  'GET /api/v1/machine-qa/program/day': {
    summary: 'What was done, is due and is planned on a day, the first 200 of each',
    query: { ...PROGRAM_QUERY, day: 'The day; today unless given.' },
    answer: object({
      day: DAY,
      done: list(
        object({
          id: WHOLE,
          name: TEXT,
          unit: TEXT,
          at: AT,
          by: MAYBE_TEXT,
          allReviewed: FLAG,
          outcomes: OUTCOMES,
        }),
      ),
      due: list(DAY_ITEM),
      planned: list(DAY_ITEM),
    }),
  },
  'GET /api/v1/machine-qa/board': {
    summary: 'QA state of all units with reasons, the worst first',
    query: { site: 'Ids of sites; all unless given.' },
    answer: object({
      at: AT,
      units: list(
        object({
          ...NAMED_FIELDS,
          number: WHOLE,
          site: maybe(NAMED),
          state: STATE,
          reasons: list(object({ state: STATE, text: TEXT })),
          due: DUE_COUNTS,
        }),
      ),
    }),
  },
  'POST /api/v1/machine-qa/references/preview': {
    summary: 'How past results would have been judged with another reference and tolerance; changes nothing',
    body: {
      unitTestInfoId: WHOLE,
      'value?': MAYBE_NUMBER,
      'toleranceId?': { type: ['integer', 'null'] },
      'from?': AT,
      'to?': AT,
      'limit?': WHOLE,
      'offset?': WHOLE,
    },
    answer: object({
      test: TEXT,
      unit: TEXT,
      before: COMPARED,
      after: COMPARED,
      total: WHOLE,
      complete: FLAG,
      counts: list(object({ before: PASS_FAIL, after: PASS_FAIL, count: WHOLE })),
      changed: list(object({ sessionId: WHOLE, at: AT, value: TEXT, before: PASS_FAIL, after: PASS_FAIL })),
      changedTotal: WHOLE,
    }),
  },
  'POST /api/v1/machine-qa/references/copy/preview': {
    summary: 'What copying references and tolerances to another unit would change; changes nothing',
    body: { fromUnitId: WHOLE, toUnitId: WHOLE, 'testIds?': IDS },
    answer: object({
      changes: list(object({ test: TEXT, before: COMPARED, after: COMPARED, isChange: FLAG })),
      missing: list(TEXT),
    }),
  },
  'POST /api/v1/machine-qa/assignments/copy/preview': {
    summary: 'Which assignments copying to other units would make; changes nothing',
    body: { assignmentIds: IDS, unitIds: IDS },
    answer: object({ made: COPIED, existing: COPIED }),
  },
}
