import { asSystem, type Context } from '../../../context.ts'
import { equals, related } from '../../../core/query.ts'
import type { FieldProblem } from '../../../core/refusal.ts'
import { findFieldProblems } from '../../../modules/machine-qa/performing/gather-facts.ts'
import type { SessionChanges, SessionSubmission } from '../../../modules/machine-qa/performing/submission.ts'
import { findRecords } from '../../../modules/records/list-records.ts'
import { parseBoolean, parseDateTime, parseInteger, parseText } from '../wire/field-values.ts'
import { NO_SUCH_OBJECT, parseHyperlink } from '../wire/hyperlink.ts'
import type { Body } from '../wire/parse-body.ts'
import { fieldReader, NULLABLE, OPTIONAL, REQUIRED, refuseProblems } from '../wire/read-fields.ts'
import { parseAttachments } from './parse-attachments.ts'
import { parseTests } from './parse-tests.ts'

/** The fields that are read, in the order in which their problems are listed. */
const SESSION_FIELD_ORDER: readonly string[] = [
  'work_completed',
  'comment',
  'tests',
  'status',
  'return_to_service_qa',
  'unit_test_collection',
  'attachments',
  'work_started',
  'due_date',
  'in_progress',
  'user_key',
  'include_for_scheduling',
  'reviewed',
  'all_reviewed',
  'day',
]

const LONGEST_USER_KEY = 255

/**
 * A new session as it was sent.
 *
 * @throws RefusedError `invalid-input` with the problems of all fields; WireError for a body that is no object
 */
export async function parseSubmission(ctx: Context, body: Body): Promise<SessionSubmission> {
  const read = await readSession(ctx, body, 'whole')
  const { assignmentId, workStarted, tests } = read
  if (assignmentId === undefined || workStarted === undefined || tests === undefined) {
    throw new Error('a required field was neither read nor refused')
  }
  return { ...read, assignmentId, workStarted, tests }
}

/** What is to change of a session; all fields are validated, those that never change are passed over. */
export function parseChanges(ctx: Context, body: Body, sessionId: number): Promise<SessionChanges> {
  return readSession(ctx, body, 'part', sessionId)
}

type Read = Partial<SessionSubmission> & SessionChanges

async function readSession(
  ctx: Context,
  body: Body,
  scope: 'whole' | 'part',
  sessionId?: number,
): Promise<Read> {
  const { read, problems } = fieldReader(body, scope)
  const dateTime = parseDateTime(ctx.zone)
  const fields = {
    workCompleted: read('work_completed', OPTIONAL, dateTime),
    comment: read('comment', NULLABLE, parseText({ blank: 'allowed' })),
    tests: read('tests', REQUIRED, parseTests(body)),
    statusId: read('status', OPTIONAL, parseHyperlink('qa/testinstancestatus')),
    returnToServiceId: read('return_to_service_qa', OPTIONAL, parseHyperlink('servicelog/returntoserviceqa')),
    assignmentId: read('unit_test_collection', REQUIRED, parseHyperlink('qa/unittestcollections')),
    attachments: read('attachments', OPTIONAL, parseAttachments),
    workStarted: read('work_started', REQUIRED, dateTime),
    dueDate: read('due_date', NULLABLE, dateTime),
    inProgress: read('in_progress', OPTIONAL, parseBoolean),
    userKey: read('user_key', NULLABLE, parseText({ blank: 'allowed', maxLength: LONGEST_USER_KEY })),
    includeForScheduling: read('include_for_scheduling', OPTIONAL, parseBoolean),
    reviewed: read('reviewed', NULLABLE, dateTime),
    allReviewed: read('all_reviewed', OPTIONAL, parseBoolean),
    day: read('day', OPTIONAL, parseInteger),
  }
  const { dueDate: _due, reviewed: _reviewed, allReviewed: _all, ...meant } = fields
  problems.push(...(await unknownReturn(ctx, meant.returnToServiceId)))
  const present = withoutAbsent(meant)
  problems.push(
    ...(await findFieldProblems(ctx, { ...present, ...(sessionId === undefined ? {} : { sessionId }) })),
  )
  refuseProblems(problems.toSorted((a, b) => placeOf(a.field) - placeOf(b.field)))
  return present
}

/** Return-to-service QA must be of an event that was not deleted. */
async function unknownReturn(ctx: Context, id: number | undefined): Promise<FieldProblem[]> {
  if (id === undefined) return []
  const known = await findRecords(
    asSystem(ctx, 'qatrack'),
    ctx.catalogue.get('machine-qa.return-to-service'),
    [id],
    related('serviceEvent', equals('isActive', true)),
  )
  return known.length > 0 ? [] : [{ field: 'return_to_service_qa', problem: NO_SUCH_OBJECT }]
}

type WithoutAbsent<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** Absent fields are left out, as the verbs expect it. */
function withoutAbsent<T extends object>(fields: T): WithoutAbsent<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as WithoutAbsent<T>
}

function placeOf(field: string): number {
  return SESSION_FIELD_ORDER.indexOf(field)
}
