import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { PASS_FAIL, worstOf } from '../../api/machine-qa/words.ts'
import type { StatusToken } from '../../theme/tokens.ts'

type Facts = Pick<WireSessionDetails, 'voided' | 'inProgress' | 'allReviewed' | 'results' | 'rights'>

/** What a session is called: voided, in progress, or as its worst result. */
export function stateOf({ voided, inProgress, results }: Pick<Facts, 'voided' | 'inProgress' | 'results'>): {
  readonly token: StatusToken
  readonly word: string
} {
  if (voided !== null) return { token: 'void', word: 'Voided' }
  if (inProgress) return { token: 'todo', word: 'In progress' }
  const worst = worstOf(results.filter(({ skipped }) => !skipped).map(({ passFail }) => passFail))
  if (worst === 'ok') return { token: 'ok', word: 'All within tolerance' }
  if (worst === 'not_done') return { token: 'todo', word: 'Not complete' }
  const count = results.filter(({ passFail }) => passFail === worst).length
  const { token, word } = PASS_FAIL[worst]
  return { token, word: worst === 'no_tol' ? word : `${count} at ${word.toLowerCase()}` }
}

/** What is expected of the reader. */
export function expectationOf({ voided, inProgress, allReviewed, rights }: Omit<Facts, 'results'>): string {
  if (voided !== null) return 'Does not count'
  if (inProgress) return rights.change ? 'To be continued' : 'Not finished yet'
  if (allReviewed) return 'Reviewed'
  return rights.review ? 'Waits for your review' : 'Waits for a review'
}
