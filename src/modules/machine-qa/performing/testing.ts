import { type Refusal, RefusedError } from '../../../core/refusal.ts'
import type { JsonValue } from '../domain/test-result.ts'
import type { PerformedResult, PerformedSession } from './performed-session.ts'
import type { SubmittedTest } from './submission.ts'

/** Values by macro; what is an object with `value`, `skipped` or the like is an entry as it stands. */
export function tests(
  values: Readonly<Record<string, SubmittedTest | JsonValue>>,
): ReadonlyMap<string, SubmittedTest> {
  return new Map(
    Object.entries(values).map(([macro, given]) => [macro, isEntry(given) ? given : { value: given }]),
  )
}

function isEntry(given: SubmittedTest | JsonValue): given is SubmittedTest {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

/** What a verb refuses. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
  throw new Error('nothing was refused')
}

/** The one text under `non_field_errors` with which a verb refuses. */
export async function problemOf(work: Promise<unknown>): Promise<string> {
  const refusal = await refusalOf(work)
  const [first, ...others] = refusal.kind === 'invalid-input' ? refusal.problems : []
  if (first?.field !== 'non_field_errors' || others.length > 0) throw new Error(JSON.stringify(refusal))
  return first.problem
}

export function resultOf({ results }: PerformedSession, macro: string): PerformedResult {
  const result = results.find(({ test }) => test.macro === macro)
  if (!result) throw new Error(`there is no result of ${macro}`)
  return result
}
