import type { CalculationAnswer, CalculationRequest, Snippet } from './domain/calculation.ts'
import { valueAndError } from './domain/calculation.ts'
import type { PythonValue } from './domain/python-value.ts'

/** For tests: a request from macros and their texts; numerical results unless a text says otherwise. */
export function makeRequest(
  sources: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, PythonValue>> = {},
  changes: Partial<CalculationRequest> = {},
): CalculationRequest {
  return {
    snippets: Object.entries(sources).map(([macro, source]) => makeSnippet({ macro, source })),
    variables,
    at: new Date('2019-07-25T14:49:47.123Z'),
    seed: 'session 1',
    ...changes,
  }
}

/** For tests: a string composite unless told otherwise. */
export function makeSnippet(changes: Partial<Snippet> & Pick<Snippet, 'macro' | 'source'>): Snippet {
  return { language: 'procedure', expects: 'any', ...changes }
}

/** For tests: value of a macro, or its error, or `waiting`. */
export function outcomeOf(answer: CalculationAnswer, macro: string): PythonValue {
  const result = answer.results.get(macro)
  if (result === undefined) return `no result for ${macro}`
  const { value, error } = valueAndError(result.outcome)
  return result.outcome.kind === 'waiting' ? 'waiting' : (error ?? value)
}
