import type { Reference } from './reference.ts'
import { type WorkTimes, workTimesProblem } from './session-times.ts'
import {
  type DateReaders,
  enteredValue,
  equalValues,
  numberValue,
  type SubmittedEntry,
  textOf,
} from './submitted-entry.ts'
import { type JsonValue, NO_VALUE, type TestResultValue } from './test-result.ts'
import { isCompositeTest, TEST_TYPES, type TestType } from './test-type.ts'

/** A test of the list that is performed. */
export type PerformedTest = {
  readonly id: number
  /** Its key in a submission and its variable in calculations. */
  readonly macro: string
  readonly type: TestType
  readonly constantValue: number | null
  readonly reference: Pick<Reference, 'value'> | null
}

/** What a session holds already when it is edited, or what a submission comes to. */
export type SessionEntry = {
  readonly result: TestResultValue
  readonly skipped: boolean
  readonly comment: string
}

/** The outcome of a composite's procedure. */
export type CalculatedValue = { readonly value: JsonValue; readonly comment?: string }

/** The outcome of an upload's analysis; `attachmentId` is that of the file itself. */
export type AnalysedUpload = CalculatedValue & { readonly attachmentId: number | string }

export type Submission = {
  readonly tests: readonly PerformedTest[]
  readonly entries: ReadonlyMap<string, SubmittedEntry>
  /** By macro; what is not sent of an edited session stays. */
  readonly kept: ReadonlyMap<string, SessionEntry>
  readonly calculated: ReadonlyMap<string, CalculatedValue>
  readonly analysed: ReadonlyMap<string, AnalysedUpload>
  readonly inProgress: boolean
  /** Whether a session in progress may lack values, as at the performing page; a script must skip them explicitly. */
  readonly incomplete: 'refused' | 'allowed'
  readonly dates: DateReaders
}

/** What a submission comes to; the lists of macros are in ascending order of test id. */
export type ReadSubmission = {
  /** By macro, for every test without a problem. */
  readonly entries: ReadonlyMap<string, SessionEntry>
  readonly missing: readonly string[]
  readonly wrongType: readonly string[]
  /** Calculated tests that were given another value. */
  readonly calculatedGiven: readonly string[]
}

type ReadEntry = SessionEntry | 'missing' | 'wrong-type' | 'calculated-given'

/** Reads what was sent, kept and calculated for every test of a list. */
export function readSubmission(submission: Submission): ReadSubmission {
  const entries = new Map<string, SessionEntry>()
  const problems = {
    missing: [] as string[],
    'wrong-type': [] as string[],
    'calculated-given': [] as string[],
  }
  for (const test of submission.tests.toSorted((a, b) => a.id - b.id)) {
    const read = readTest(test, submission)
    if (typeof read === 'string') problems[read].push(test.macro)
    else entries.set(test.macro, read)
  }
  return {
    entries,
    missing: problems.missing,
    wrongType: problems['wrong-type'],
    calculatedGiven: problems['calculated-given'],
  }
}

/** The problems of a submission as texts, in the order in which they are reported; empty if there is none. */
export function submissionProblems(read: ReadSubmission, times: WorkTimes): readonly string[] {
  const problems: string[] = []
  if (read.missing.length > 0) problems.push(missingProblem(read.missing))
  const [first] = read.wrongType
  if (first !== undefined) {
    problems.push(
      `Wrong value type (number/string) for tests: ${read.wrongType.join(', ')}\n` +
        'If these are composite tests with missing dependencies, they should be marked as skipped in your request ' +
        `(e.g. {'tests': {'${first}': {'skipped': True}}})`,
    )
  }
  if (read.calculatedGiven.length > 0) {
    const macros = read.calculatedGiven.join(', ')
    problems.push(
      `The following tests are calculated automatically and should not have values provided: ${macros}`,
    )
  }
  const timesProblem = workTimesProblem(times)
  return timesProblem === undefined ? problems : [...problems, timesProblem]
}

/** The text that a client reads to learn which tests it has to skip. */
export function missingProblem(macros: readonly string[]): string {
  return `Missing data for tests: ${macros.join(', ')}`
}

/**
 * Tests that need an entry and have none, in ascending order of id. Asked before a failing composite is reported: an
 * input left out altogether is the better explanation.
 */
export function missingTests({
  tests,
  entries,
  kept,
}: Pick<Submission, 'tests' | 'entries' | 'kept'>): readonly string[] {
  return tests
    .filter(({ type, macro }) => TEST_TYPES[type].mustBeSubmitted && !entries.has(macro) && !kept.has(macro))
    .toSorted((a, b) => a.id - b.id)
    .map(({ macro }) => macro)
}

/** The first constant that was sent with another value, by test id; checked before anything is calculated. */
export function constantProblem(
  tests: readonly PerformedTest[],
  entries: ReadonlyMap<string, SubmittedEntry>,
): string | undefined {
  const wrong = tests
    .toSorted((a, b) => a.id - b.id)
    .find(
      ({ type, macro, constantValue }) =>
        type === 'constant' && !isEmptyOr(constantValue, entries.get(macro)?.value ?? null),
    )
  return wrong && `Incorrect constant value passed for ${wrong.macro}`
}

function readTest(test: PerformedTest, submission: Submission): ReadEntry {
  const { entries, kept, analysed } = submission
  const entry = entries.get(test.macro)
  const before = kept.get(test.macro)
  const { mustBeSubmitted, origin } = TEST_TYPES[test.type]
  const mayBeAbsent = !mustBeSubmitted || isIncompleteAllowed(submission) || analysed.has(test.macro)
  if (entry === undefined && before === undefined && !mayBeAbsent) return 'missing'
  return origin === 'entered'
    ? readEntered(test, submission, entry ?? {}, before)
    : readDerived(test, submission, entry ?? {}, before)
}

function readEntered(
  test: PerformedTest,
  submission: Submission,
  entry: SubmittedEntry,
  before: SessionEntry | undefined,
): ReadEntry {
  const comment = entry.comment ?? before?.comment ?? ''
  const isSkipped = entry.skipped ?? (entry.value === undefined && before?.skipped === true)
  if (isSkipped) return { result: skippedResult(test, submission, entry, before), skipped: true, comment }
  const result =
    entry.value === undefined && before !== undefined
      ? before.result
      : enteredValue(test.type, entry.value ?? null, submission.dates)
  if (result === undefined && isIncompleteAllowed(submission) && (entry.value ?? null) === null) {
    return { result: NO_VALUE, skipped: false, comment }
  }
  if (result === undefined || lacksValue(test, result, submission)) return 'wrong-type'
  return { result, skipped: false, comment }
}

/** A skip clears what was there, but a value sent with it stays; one of the wrong type is dropped. */
function skippedResult(
  test: PerformedTest,
  { dates }: Submission,
  { value, skipped }: SubmittedEntry,
  before: SessionEntry | undefined,
): TestResultValue {
  if (value !== undefined && value !== null) return enteredValue(test.type, value, dates) ?? NO_VALUE
  return skipped === undefined ? (before?.result ?? NO_VALUE) : NO_VALUE
}

/** A number is needed; a yes or no only where it has a reference to be compared with once the session is complete. */
function lacksValue(test: PerformedTest, result: TestResultValue, submission: Submission): boolean {
  if (TEST_TYPES[test.type].column !== 'value' || result.value !== null) return false
  if (test.type === 'boolean') return !submission.inProgress && test.reference !== null
  return !isIncompleteAllowed(submission)
}

function readDerived(
  test: PerformedTest,
  submission: Submission,
  entry: SubmittedEntry,
  before: SessionEntry | undefined,
): ReadEntry {
  const outcome = submission.calculated.get(test.macro) ?? submission.analysed.get(test.macro)
  const comment = withProcedureComment(entry.comment ?? before?.comment ?? '', outcome?.comment)
  // An upload cannot be skipped over an API: it always has a file.
  const skipped = test.type !== 'upload' && (entry.skipped ?? before?.skipped ?? false)
  if (isCompositeTest(test.type) && !isEmptyOr(outcome?.value ?? null, entry.value ?? null))
    return 'calculated-given'
  const result = derivedResult(test, submission, before)
  if (result === undefined) return 'missing'
  const needsNumber = test.type === 'composite' && !skipped && !isIncompleteAllowed(submission)
  return needsNumber && result.value === null ? 'wrong-type' : { result, skipped, comment }
}

/** Undefined for an upload without a file, unless it may still come. */
function derivedResult(
  test: PerformedTest,
  submission: Submission,
  before: SessionEntry | undefined,
): TestResultValue | undefined {
  const calculated = submission.calculated.get(test.macro)?.value ?? null
  switch (test.type) {
    case 'constant':
      return { ...NO_VALUE, value: test.constantValue }
    case 'composite':
      return numberValue(calculated) ?? NO_VALUE
    case 'scomposite':
      return { ...NO_VALUE, stringValue: textOf(calculated) }
    default: {
      const upload = submission.analysed.get(test.macro)
      if (upload) return { ...NO_VALUE, stringValue: String(upload.attachmentId), jsonValue: upload.value }
      return before?.result ?? (isIncompleteAllowed(submission) ? NO_VALUE : undefined)
    }
  }
}

function isIncompleteAllowed({ inProgress, incomplete }: Submission): boolean {
  return inProgress && incomplete === 'allowed'
}

function isEmptyOr(expected: JsonValue, given: JsonValue): boolean {
  return given === null || given === '' || equalValues(given, expected)
}

/** What a procedure remarks follows on a new line; editing a session does not repeat it. */
function withProcedureComment(comment: string, remark: string | undefined): string {
  if (!remark || comment === remark || comment.endsWith(`\n${remark}`)) return comment
  return comment === '' ? remark : `${comment}\n${remark}`
}
