import type { WireProgramMonths } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import type { StatusToken } from '../../theme/tokens.ts'

export type MonthCell = WireProgramMonths['rows'][number]['cells'][number]

export interface ShownCell {
  readonly token: StatusToken
  readonly text: string
  readonly words: string
}

/** A month of an assignment: how much of what its rule asks for was done. */
export function shownCell({ done, expected, unreviewed }: MonthCell): ShownCell {
  const reviews = unreviewed === 0 ? '' : `, ${unreviewed} unreviewed`
  if (expected === null || expected === 0) {
    const words = done === 0 ? 'nothing done, nothing asked for' : `${done} done${reviews}`
    return { token: 'none', text: done === 0 ? '–' : String(done), words }
  }
  const words = `${done} of ${expected} done${reviews}`
  const text = `${done}/${expected}`
  if (done >= expected) return { token: 'ok', text, words }
  return { token: done === 0 ? 'late' : 'warn', text, words }
}
