import { invalidInput } from '../../../core/refusal.ts'

/** What a hostile file may cost at most; reaching one of them refuses the file. */
export type ParseLimits = {
  readonly depth: number
  readonly elements: number
  readonly items: number
  readonly fragments: number
  readonly inflatedBytes: number
}

export const PARSE_LIMITS: ParseLimits = {
  depth: 64,
  elements: 1_000_000,
  items: 1_000_000,
  fragments: 1_000_000,
  inflatedBytes: 1 << 30,
}

/** What is left of the limits while a file is read. */
export type ParseBudget = { elements: number; items: number; fragments: number; readonly depth: number }

export function openBudget({ elements, items, fragments, depth }: ParseLimits): ParseBudget {
  return { elements, items, fragments, depth }
}

export function spend(budget: ParseBudget, what: 'elements' | 'items' | 'fragments'): void {
  budget[what] -= 1
  if (budget[what] < 0) throw invalidInput('file', `The file has too many ${what}.`)
}

export function requireDepth(budget: ParseBudget, depth: number): void {
  if (depth > budget.depth) throw invalidInput('file', 'The sequences of the file are nested too deeply.')
}
