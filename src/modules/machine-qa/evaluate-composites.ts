import { requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { type CalculationOutcome, valueAndError } from '../calculations/domain/calculation.ts'
import { jsonOfValue } from '../calculations/domain/python-value.ts'
import { compositeDisplay } from './domain/composite-display.ts'
import type { QaTest } from './domain/listed-test.ts'
import type { JsonValue } from './domain/test-result.ts'
import { isCompositeTest } from './domain/test-type.ts'
import { calculationBase, snippetOf } from './performing/calculation-base.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { gatherTyped, TYPING_LIMIT_MS, type TypedSession } from './performing/typed-session.ts'

/** What a calculation gives while somebody types. */
export type CompositeResult = {
  readonly value: JsonValue
  /** as the page shows it */
  readonly formatted: string
  readonly error: string | null
  readonly comment: string | null
}

export type CompositeAnswer = {
  /** by macro */
  readonly results: ReadonlyMap<string, CompositeResult>
  /** skip states that procedures changed */
  readonly skips: Readonly<Record<string, boolean>>
}

/**
 * Calculates the composites of a list from what has been typed so far; nothing is stored, files that procedures write
 * appear when the session is stored.
 *
 * @param include `defaults` also gives the initial values of tests that carry a procedure for them
 * @throws RefusedError `invalid-input` with a text of specification 1.11; what a procedure does wrong is its result
 */
export async function evaluateComposites(
  ctx: PerformingContext,
  typed: TypedSession,
  include: 'composites' | 'defaults' = 'composites',
): Promise<CompositeAnswer> {
  requirePermission(ctx, 'machine-qa.session.perform')
  const { members, inputs } = await gatherTyped(ctx, typed)
  const tests = members.map(({ test }) => test).filter((test) => isWanted(test, include))
  if (tests.length === 0) throw invalidInput('tests', "No Valid Composite ID's")
  const answer = await ctx.calculations.evaluate({
    ...calculationBase(ctx, inputs),
    snippets: tests.map(snippetOf),
    timeoutMs: TYPING_LIMIT_MS,
  })
  const results = tests.flatMap((test): [string, CompositeResult][] => {
    const result = answer.results.get(test.macro)
    return result ? [[test.macro, shownResult(test, result.outcome, result.comment)]] : []
  })
  return { results: new Map(results), skips: answer.skips }
}

function isWanted({ type, procedure }: QaTest, include: 'composites' | 'defaults'): boolean {
  if (isCompositeTest(type)) return true
  return include === 'defaults' && hasDefault({ type, procedure })
}

/** Whether a test carries a procedure for its initial value. */
export function hasDefault({ type, procedure }: Pick<QaTest, 'type' | 'procedure'>): boolean {
  return !isCompositeTest(type) && type !== 'upload' && type !== 'constant' && procedure.trim() !== ''
}

function shownResult(
  { formatting }: QaTest,
  outcome: CalculationOutcome,
  comment: string | null,
): CompositeResult {
  const { value, error } = valueAndError(outcome)
  const json = jsonOfValue(value)
  return { value: json, formatted: compositeDisplay(json, { test: formatting }), error, comment }
}
