import type { CalculationOutcome } from '../../calculations/domain/calculation.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import type { CalculationEngine } from '../../calculations/engine.ts'
import { namesIn, toPython, variableOf, type Wildcard } from '../domain/formula.ts'
import { pythonFloat } from '../domain/number-format.ts'
import {
  isAboveLimit,
  isBelowLimit,
  lowerLimitOf,
  type Operand,
  upperLimitOf,
} from '../domain/result-entry.ts'
import type { Interim, ServiceSnapshot } from '../domain/service-snapshot.ts'
import { parseNumber } from '../domain/setup-rules.ts'

export type Calculations = Pick<CalculationEngine, 'evaluate'>

/** An analysis as a calculation sees it. */
export type CalculationInput = {
  readonly id: number
  readonly keyword: string
  readonly result: string
  readonly operand: Operand | null
  readonly interims: readonly Interim[]
  readonly snapshot: ServiceSnapshot
  /** may get another result; others only enter calculations */
  readonly open: boolean
}

/** More steps than any chain of calculations has; each is one batch for Python. */
const MOST_STEPS = 50

/**
 * Results of the calculated analyses among those of one sample that depend on what was changed, in the order of their
 * dependencies.
 *
 * @param changed ids of analyses whose result or interims are new
 * @returns new results by id, only those that differ
 * @see specification 3.9.1
 */
export async function calculateRequest(
  calculations: Calculations,
  analyses: readonly CalculationInput[],
  changed: ReadonlySet<number>,
  at: Date,
): Promise<ReadonlyMap<number, string>> {
  const current = new Map(analyses.map((each) => [each.keyword, each]))
  const results = new Map<number, string>()
  let due = analyses.filter(
    (each) => isCalculated(each) && (changed.has(each.id) || needsAny(each, analyses, changed)),
  )
  const done = new Set<number>()
  for (let step = 0; due.length > 0 && step < MOST_STEPS; step++) {
    const waiting = new Set(due.map(({ keyword }) => keyword))
    const ready = due.filter(({ snapshot, keyword }) =>
      snapshot.needs.every((need) => need === keyword || !waiting.has(need)),
    )
    if (ready.length === 0) break
    const news = await evaluate(calculations, ready, current, at)
    const moved = new Set<number>()
    for (const each of ready) {
      done.add(each.id)
      const result = news.get(each.id)
      if (result === undefined || result === each.result) continue
      results.set(each.id, result)
      current.set(each.keyword, { ...each, result, operand: null })
      moved.add(each.id)
    }
    const later = analyses.filter(
      (each) => isCalculated(each) && !done.has(each.id) && needsAny(each, analyses, moved),
    )
    due = [
      ...new Map(
        [...due.filter(({ id }) => !done.has(id)), ...later].map((each) => [each.id, each]),
      ).values(),
    ]
  }
  return results
}

function isCalculated({ snapshot, open }: CalculationInput): boolean {
  return open && snapshot.formula !== null
}

function needsAny(
  { snapshot }: CalculationInput,
  analyses: readonly CalculationInput[],
  ids: ReadonlySet<number>,
): boolean {
  return analyses.some(({ id, keyword }) => ids.has(id) && snapshot.needs.includes(keyword))
}

async function evaluate(
  calculations: Calculations,
  ready: readonly CalculationInput[],
  current: ReadonlyMap<string, CalculationInput>,
  at: Date,
): Promise<ReadonlyMap<number, string>> {
  const results = new Map<number, string>()
  await Promise.all(
    ready.map(async (each) => {
      const variables = variablesOf(each, current)
      if (variables === undefined) return
      const answer = await calculations.evaluate({
        snippets: [
          {
            macro: 'result',
            source: toPython(each.snapshot.formula ?? ''),
            language: 'formula',
            expects: 'any',
          },
        ],
        variables,
        at,
        seed: `analysis ${each.id}`,
      })
      const outcome = answer.results.get('result')?.outcome
      if (outcome) results.set(each.id, resultText(outcome))
    }),
  )
  return results
}

/** Undefined where a value is missing or no number: then nothing is calculated. */
function variablesOf(
  { snapshot, interims }: CalculationInput,
  current: ReadonlyMap<string, CalculationInput>,
): Readonly<Record<string, PythonValue>> | undefined {
  const own = new Map(interims.map(({ keyword, value }) => [keyword, parseNumber(value)]))
  const variables: Record<string, PythonValue> = {}
  for (const name of namesIn(snapshot.formula ?? '')) {
    const value = own.has(name.keyword)
      ? own.get(name.keyword)
      : inputValue(current.get(name.keyword), name.wildcard)
    if (value === undefined) return undefined
    variables[variableOf(name)] = { $float: String(value) }
  }
  return variables
}

function inputValue(
  analysis: CalculationInput | undefined,
  wildcard: Wildcard | undefined,
): number | undefined {
  if (!analysis || analysis.result === '') return undefined
  const stored = { ...analysis, service: analysis.snapshot }
  switch (wildcard) {
    case 'LDL':
      return lowerLimitOf(stored)
    case 'UDL':
      return upperLimitOf(stored)
    case 'BELOWLDL':
      return isBelowLimit(stored) ? 1 : 0
    case 'ABOVEUDL':
      return isAboveLimit(stored) ? 1 : 0
    default:
      return parseNumber(analysis.result)
  }
}

/** What a calculation that failed gives as its result. */
export function resultText(outcome: CalculationOutcome): string {
  switch (outcome.kind) {
    case 'value':
      return typeof outcome.value === 'number'
        ? pythonFloat(outcome.value)
        : outcome.value === null
          ? ''
          : typeof outcome.value === 'string'
            ? outcome.value
            : String(outcome.value)
    case 'failed':
      return outcome.failure.type === 'ZeroDivisionError' ? '0/0' : 'NA'
    case 'waiting':
      return ''
    case 'cyclic':
    case 'timed-out':
      return 'NA'
  }
}
