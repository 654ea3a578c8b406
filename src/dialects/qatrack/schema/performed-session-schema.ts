import { LINK, type Schema } from './field-schema.ts'

const TEXT: Schema = { type: 'string' }
const TRUTH: Schema = { type: 'boolean' }
const INSTANT: Schema = { type: 'string', format: 'date-time' }
const PATH: Schema = { type: 'string', description: 'An address without host.' }

function orNull(schema: Schema): Schema {
  return { ...schema, nullable: true }
}

const RESULT: Schema = {
  type: 'object',
  properties: {
    url: PATH,
    value: orNull({ type: 'number', format: 'double' }),
    string_value: TEXT,
    date_value: orNull({ type: 'string', format: 'date' }),
    datetime_value: orNull({ ...INSTANT, description: 'In UTC.' }),
    value_display: TEXT,
    diff_display: TEXT,
    pass_fail: { type: 'array', items: TEXT, description: 'Code and label.', minItems: 2, maxItems: 2 },
    skipped: TRUTH,
    comment: TEXT,
    status: PATH,
    reference: orNull(PATH),
    tolerance: orNull(PATH),
    attachments: { type: 'array', items: PATH },
  },
}

/** The answer to performing and changing a session. */
export const PERFORMED_SESSION: Schema = {
  type: 'object',
  properties: {
    url: LINK,
    work_completed: INSTANT,
    comment: orNull(TEXT),
    tests: { type: 'object', additionalProperties: RESULT, description: 'By macro name.' },
    unit_test_collection: LINK,
    test_list: LINK,
    site_url: LINK,
    work_started: INSTANT,
    due_date: orNull(INSTANT),
    in_progress: TRUTH,
    flagged: TRUTH,
    user_key: orNull(TEXT),
    include_for_scheduling: TRUTH,
    reviewed: orNull(INSTANT),
    all_reviewed: TRUTH,
    day: { type: 'integer' },
    reviewed_by: orNull(LINK),
    created_by: orNull(LINK),
  },
}
