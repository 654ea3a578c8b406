import { judge } from './judge.ts'
import type { PassFail } from './pass-fail.ts'
import type { ComparedTest, Reference } from './reference.ts'
import type { TestResultValue } from './test-result.ts'
import type { Tolerance } from './tolerance.ts'

/** A result as it was judged when it was performed. */
export type JudgedBefore = {
  readonly result: TestResultValue
  readonly skipped: boolean
  readonly passFail: PassFail
}

/** How a result was judged and how it would be. */
export type Rejudged<Result> = {
  readonly result: Result
  readonly before: PassFail
  readonly after: PassFail
}

/** What results of the past would be if they had been compared with another reference and tolerance. */
export function rejudge<Result extends JudgedBefore>(
  test: ComparedTest & { readonly hidden: boolean },
  results: readonly Result[],
  compared: { readonly reference: Reference | null; readonly tolerance: Tolerance | null },
): Rejudged<Result>[] {
  return results.map((each) => {
    const { result, skipped, passFail: before } = each
    return { result: each, before, after: judge({ test, result, skipped, inProgress: false, ...compared }) }
  })
}

export type VerdictChange = { readonly before: PassFail; readonly after: PassFail; readonly count: number }

/** Adds verdicts up by what they were and would be. */
export function countVerdicts(
  rejudged: readonly Pick<Rejudged<unknown>, 'before' | 'after'>[],
  soFar: readonly VerdictChange[] = [],
): VerdictChange[] {
  const counts = new Map(soFar.map((change) => [`${change.before}/${change.after}`, change]))
  for (const { before, after } of rejudged) {
    const key = `${before}/${after}`
    counts.set(key, { before, after, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
}
