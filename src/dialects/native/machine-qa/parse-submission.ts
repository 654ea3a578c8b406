import { invalidInput } from '../../../core/refusal.ts'
import type { JsonValue } from '../../../modules/machine-qa/domain/test-result.ts'
import type {
  SessionChanges,
  SessionSubmission,
  SubmittedTest,
} from '../../../modules/machine-qa/performing/submission.ts'
import type { TypedSession } from '../../../modules/machine-qa/performing/typed-session.ts'
import { optionalInstant, optionalText } from '../body-fields.ts'

type Body = Readonly<Record<string, unknown>>

const LONGEST_COMMENT = 20_000
const MOST_ENTRIES = 2000

/** Reads `POST …/sessions`. */
export function parseSubmission(body: Body): SessionSubmission {
  const workStarted = optionalInstant(body, 'workStarted')
  if (!workStarted) throw invalidInput('workStarted', 'This is required.')
  return {
    assignmentId: requiredId(body, 'assignmentId'),
    ...parseChanges(body),
    workStarted,
    tests: parseEntries(body.tests),
  }
}

/** Reads `PATCH …/sessions/{id}`: what is absent stays. */
export function parseChanges(body: Body): SessionChanges & { readonly day?: number } {
  return {
    ...present('day', optionalInteger(body, 'day')),
    ...present('workStarted', optionalInstant(body, 'workStarted')),
    ...present('workCompleted', optionalInstant(body, 'workCompleted')),
    ...present('inProgress', optionalBoolean(body, 'inProgress')),
    ...present('includeForScheduling', optionalBoolean(body, 'includeForScheduling')),
    ...present('comment', optionalText(body, 'comment', LONGEST_COMMENT)),
    ...present('statusId', optionalInteger(body, 'statusId')),
    ...present('returnToServiceId', optionalInteger(body, 'returnToServiceId')),
    ...(body.tests === undefined ? {} : { tests: parseEntries(body.tests) }),
  }
}

/** Reads `POST …/evaluate` and the facts that go with an upload. */
export function parseTyped(body: Body): TypedSession {
  return {
    testListId: requiredId(body, 'testListId'),
    unitId: requiredId(body, 'unitId'),
    values: entriesOf(body.values, 'values', (value) => value as JsonValue),
    comments: entriesOf(body.comments, 'comments', (value, macro) => textOf(value, `comments.${macro}`)),
    skips: entriesOf(body.skips, 'skips', (value) => value === true),
    ...present('assignmentId', optionalInteger(body, 'assignmentId')),
    ...present('day', optionalInteger(body, 'day')),
    ...present('workStarted', optionalInstant(body, 'workStarted')),
    ...present('workCompleted', optionalInstant(body, 'workCompleted')),
    ...present('sessionId', optionalInteger(body, 'sessionId')),
  }
}

function parseEntries(given: unknown): ReadonlyMap<string, SubmittedTest> {
  return entriesOf(given, 'tests', (value, macro) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalidInput(`tests.${macro}`, 'This must be an object.')
    const entry = value as Body
    return {
      ...(entry.value === undefined ? {} : { value: entry.value as JsonValue }),
      ...present('valueText', optionalText(entry, 'text', 100)),
      ...present('skipped', optionalBoolean(entry, 'skipped')),
      ...present('comment', optionalText(entry, 'comment', LONGEST_COMMENT)),
      ...present('attachmentId', optionalInteger(entry, 'attachmentId')),
    }
  })
}

function entriesOf<T>(
  given: unknown,
  field: string,
  read: (value: unknown, name: string) => T,
): ReadonlyMap<string, T> {
  if (given === undefined) return new Map()
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidInput(field, 'This must be an object.')
  const entries = Object.entries(given)
  if (entries.length > MOST_ENTRIES)
    throw invalidInput(field, `This may have ${MOST_ENTRIES} entries at most.`)
  return new Map(entries.map(([name, value]) => [name, read(value, name)]))
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || value.length > LONGEST_COMMENT)
    throw invalidInput(field, 'This must be text.')
  return value
}

function present<K extends string, T>(name: K, value: T | undefined): { readonly [key in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]: T })
}

/** @throws RefusedError `invalid-input` */
export function requiredId(body: Body, field: string): number {
  const value = optionalInteger(body, field)
  if (value === undefined) throw invalidInput(field, 'This is required.')
  return value
}

export function optionalInteger(body: Body, field: string): number | undefined {
  const value = Object.hasOwn(body, field) ? body[field] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2_147_483_647) {
    throw invalidInput(field, 'This must be a whole number.')
  }
  return value
}

export function optionalBoolean(body: Body, field: string): boolean | undefined {
  const value = Object.hasOwn(body, field) ? body[field] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw invalidInput(field, 'This must be true or false.')
  return value
}
