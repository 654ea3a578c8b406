import type { NewSession } from './session.ts'
import type { ResultState } from './session-result.ts'

/** A result as it was judged where it was performed. */
export type ImportedResult = ResultState & {
  readonly order: number
  readonly unitTestInfoId: number
  readonly referenceId: number | null
  readonly toleranceId: number | null
}

/** A session performed elsewhere. */
export type ImportedSession = NewSession & {
  readonly results: readonly ImportedResult[]
  /** said by whoever performed it; null for nothing */
  readonly comment: string | null
}
