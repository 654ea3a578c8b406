import type {
  WireResult,
  WireSessionDetails,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'

/** Whether a result asks for eyes: out of tolerance, left out, or commented on. */
export function needsEyes({ passFail, skipped, comment }: WireResult): boolean {
  return (
    skipped || comment !== '' || passFail === 'action' || passFail === 'tolerance' || passFail === 'not_done'
  )
}

const WORST_FIRST = ['action', 'tolerance', 'not_done', 'no_tol', 'ok'] as const

/** Results that need eyes, the worst first, apart from those that passed, in the order of performing. */
export function partResults(results: readonly WireResult[]): {
  readonly differences: readonly WireResult[]
  readonly passed: readonly WireResult[]
} {
  const rank = ({ passFail }: WireResult): number => WORST_FIRST.indexOf(passFail)
  return {
    differences: results.filter(needsEyes).toSorted((one, other) => rank(one) - rank(other)),
    passed: results.filter((result) => !needsEyes(result)),
  }
}

/** Statuses that a reviewer has chosen so far, by result id. */
export type Chosen = Readonly<Record<number, number>>

/**
 * The status of every result as it would be stored: what was chosen; for what passed and is still open the approving
 * status; otherwise what it has.
 */
export function statusesToStore(
  { results, statuses }: Pick<WireSessionDetails, 'results' | 'statuses'>,
  chosen: Chosen,
  approvedId: number | undefined,
): Readonly<Record<string, number>> {
  const isOpen = (statusId: number): boolean =>
    statuses.find(({ id }) => id === statusId)?.requiresReview === true
  return Object.fromEntries(
    results.map((result) => {
      const { resultId, statusId } = result
      const approved = !needsEyes(result) && isOpen(statusId) ? approvedId : undefined
      return [resultId, chosen[resultId] ?? approved ?? statusId]
    }),
  )
}

/** How many results would still need a review. */
export function countOpen(
  { statuses }: Pick<WireSessionDetails, 'statuses'>,
  stored: Readonly<Record<string, number>>,
): number {
  const open = new Set(statuses.filter(({ requiresReview }) => requiresReview).map(({ id }) => id))
  return Object.values(stored).filter((statusId) => open.has(statusId)).length
}
