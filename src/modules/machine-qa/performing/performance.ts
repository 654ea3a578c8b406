import type { AssignmentFacts, ListOfDay } from '../domain/assignment-facts.ts'
import type { ListedTest } from '../domain/listed-test.ts'
import type { SessionResult } from '../domain/session-result.ts'
import type { EntryManner, SubmittedTest } from './submission.ts'

/** A session as it was entered, new or changed, before anything is calculated. */
export type Performance = {
  readonly assignment: AssignmentFacts
  readonly list: ListOfDay
  readonly manner: EntryManner
  readonly workStarted: Date
  readonly workCompleted: Date
  readonly inProgress: boolean
  readonly tests: readonly ListedTest[]
  /** by macro; macros that belong to no test are variables of calculations only */
  readonly submitted: ReadonlyMap<string, SubmittedTest>
  /** what stands in the session that is being changed, by macro; empty for a new one */
  readonly before: ReadonlyMap<string, SessionResult>
  /** the session that is being changed */
  readonly sessionId?: number
}

/** Whether a test counts as skipped before anything is calculated: a value that is sent un-skips. */
export function isEnteredAsSkipped({ submitted, before }: Performance, macro: string): boolean {
  const sent = submitted.get(macro)
  if (sent?.skipped !== undefined) return sent.skipped
  return !(sent && bringsValue(sent)) && before.get(macro)?.skipped === true
}

/** The comment on a test before a procedure adds to it. */
export function enteredComment({ submitted, before }: Performance, macro: string): string {
  return submitted.get(macro)?.comment ?? before.get(macro)?.comment ?? ''
}

/** Whether an entry says anything about the value, be it that there is none. */
export function bringsValue(sent: SubmittedTest): boolean {
  return sent.value !== undefined || sent.filename !== undefined || sent.attachmentId !== undefined
}
