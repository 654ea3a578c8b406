import type { TestType } from './test-type.ts'

/** What decides whether a result flags its session. */
export type FlaggingResult = {
  readonly type: TestType
  /** The answer that flags; null for a test that never does. */
  readonly flagWhen: boolean | null
  readonly value: number | null
  readonly skipped: boolean
}

/** Whether a completed session is highlighted: one of its yes/no tests has the answer that flags. */
export function isFlagged(results: readonly FlaggingResult[]): boolean {
  return results.some(
    ({ type, flagWhen, value, skipped }) =>
      type === 'boolean' && flagWhen !== null && value !== null && !skipped && (value !== 0) === flagWhen,
  )
}
