import { isAlmostEqual, toCanonical } from '../../../../core/quantity/convert.ts'
import type { Comparison, Expression } from './expression.ts'

/**
 * A number in SI base units with what each uncertain input contributes to it: the derivative by the input times the
 * input's standard uncertainty.
 */
export type Measured = { readonly value: number; readonly contributions: ReadonlyMap<string, number> }

export type Evaluated = Measured | string | boolean

/** The values of a field, in SI base units: several for one inside a list, none where nothing is filled in. */
export type FieldValues = (path: string) => readonly Evaluated[]

/** More steps than any schema needs. */
const MOST_STEPS = 10_000

const EXACT: ReadonlyMap<string, number> = new Map()

/**
 * Evaluates an expression. Uncertainty is carried to first order, for independent inputs.
 *
 * @returns undefined where an input that counts is missing
 * @see JCGM 100:2008 (GUM) 5.1.2
 */
export function evaluateExpression(expression: Expression, fields: FieldValues): Evaluated | undefined {
  return evaluate(expression, { fields, steps: 0 })
}

/** The standard uncertainty of a number, in SI base units. */
export function standardUncertaintyOf({ contributions }: Measured): number {
  return Math.sqrt([...contributions.values()].reduce((sum, part) => sum + part * part, 0))
}

type Run = { readonly fields: FieldValues; steps: number }

function evaluate(expression: Expression, run: Run): Evaluated | undefined {
  run.steps += 1
  if (run.steps > MOST_STEPS) return undefined
  switch (expression.kind) {
    case 'number':
      return exact(expression.unit ? toCanonical(expression.value, expression.unit) : expression.value)
    case 'text':
      return expression.value
    case 'field':
      return run.fields(expression.path)[0]
    case 'negative':
      return scaledBy(number(evaluate(expression.of, run)), -1)
    case 'not': {
      const inner = evaluate(expression.of, run)
      return typeof inner === 'boolean' ? !inner : undefined
    }
    case 'power':
      return power(number(evaluate(expression.base, run)), expression.exponent)
    case 'arithmetic':
      return arithmetic(
        expression.operator,
        number(evaluate(expression.left, run)),
        number(evaluate(expression.right, run)),
      )
    case 'comparison':
      return compareValues(
        expression.operator,
        evaluate(expression.left, run),
        evaluate(expression.right, run),
      )
    case 'logic':
      return logic(expression, run)
    case 'call':
      return call(expression, run)
  }
}

function exact(value: number): Measured {
  return { value, contributions: EXACT }
}

function number(value: Evaluated | undefined): Measured | undefined {
  return typeof value === 'object' ? value : undefined
}

/** `a · x + b · y`, whatever is linear or made so by its derivatives. */
function combine(
  value: number,
  parts: readonly (readonly [of: Measured, derivative: number])[],
): Measured | undefined {
  if (!Number.isFinite(value)) return undefined
  const contributions = new Map<string, number>()
  for (const [of, derivative] of parts) {
    for (const [input, part] of of.contributions)
      contributions.set(input, (contributions.get(input) ?? 0) + part * derivative)
  }
  return { value, contributions }
}

function scaledBy(of: Measured | undefined, by: number): Measured | undefined {
  return of && combine(of.value * by, [[of, by]])
}

function power(of: Measured | undefined, exponent: number): Measured | undefined {
  return of && combine(of.value ** exponent, [[of, exponent * of.value ** (exponent - 1)]])
}

function arithmetic(
  operator: '+' | '-' | '*' | '/',
  a: Measured | undefined,
  b: Measured | undefined,
): Measured | undefined {
  if (!a || !b) return undefined
  switch (operator) {
    case '+':
      return combine(a.value + b.value, [
        [a, 1],
        [b, 1],
      ])
    case '-':
      return combine(a.value - b.value, [
        [a, 1],
        [b, -1],
      ])
    case '*':
      return combine(a.value * b.value, [
        [a, b.value],
        [b, a.value],
      ])
    case '/':
      return b.value === 0
        ? undefined
        : combine(a.value / b.value, [
            [a, 1 / b.value],
            [b, -a.value / b.value ** 2],
          ])
  }
}

/** Numbers that differ by rounding only are equal. */
function compareValues(
  operator: Comparison,
  a: Evaluated | undefined,
  b: Evaluated | undefined,
): boolean | undefined {
  if (a === undefined || b === undefined) return undefined
  if (typeof a === 'object' && typeof b === 'object') {
    const equal = isAlmostEqual(a.value, b.value)
    return decide(operator, equal, a.value < b.value)
  }
  if (typeof a === 'object' || typeof b === 'object') return undefined
  return decide(operator, a === b, a < b)
}

function decide(operator: Comparison, equal: boolean, less: boolean): boolean {
  switch (operator) {
    case '=':
      return equal
    case '!=':
      return !equal
    case '<':
      return less && !equal
    case '<=':
      return less || equal
    case '>':
      return !less && !equal
    case '>=':
      return !less || equal
  }
}

/** What is missing decides nothing: `false and ?` is false, `true or ?` true. */
function logic(
  { operator, left, right }: Extract<Expression, { kind: 'logic' }>,
  run: Run,
): boolean | undefined {
  const a = evaluate(left, run)
  if (operator === 'and' && a === false) return false
  if (operator === 'or' && a === true) return true
  if (operator === 'implies' && a === false) return true
  const b = evaluate(right, run)
  if (typeof b !== 'boolean') return undefined
  if (operator === 'and') return b ? truth(a) : false
  if (operator === 'or') return b ? true : truth(a)
  return b ? true : negated(a)
}

function truth(value: Evaluated | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function negated(value: Evaluated | undefined): boolean | undefined {
  return typeof value === 'boolean' ? !value : undefined
}

function call({ name, of }: Extract<Expression, { kind: 'call' }>, run: Run): Evaluated | undefined {
  const [first] = of
  if (!first) return undefined
  switch (name) {
    case 'filled':
      return first.kind === 'field' && run.fields(first.path).length > 0
    case 'if':
      return choose(of, run)
    case 'count':
      return exact(of.flatMap((each) => valuesOf(each, run)).length)
    case 'sum':
    case 'mean':
    case 'min':
    case 'max':
      return aggregate(
        name,
        of.flatMap((each) => valuesOf(each, run)),
      )
    case 'abs':
    case 'sqrt':
    case 'ln':
    case 'log10':
      return applied(name, number(evaluate(first, run)))
    case 'round':
      return rounded(number(evaluate(first, run)), of[1] && number(evaluate(of[1], run)))
  }
}

function choose([condition, then, otherwise]: readonly Expression[], run: Run): Evaluated | undefined {
  const decided = condition && evaluate(condition, run)
  if (typeof decided !== 'boolean' || !then || !otherwise) return undefined
  return evaluate(decided ? then : otherwise, run)
}

function valuesOf(expression: Expression, run: Run): readonly Measured[] {
  const values = expression.kind === 'field' ? run.fields(expression.path) : [evaluate(expression, run)]
  return values.flatMap((value) => number(value) ?? [])
}

function aggregate(name: 'sum' | 'mean' | 'min' | 'max', values: readonly Measured[]): Measured | undefined {
  const [first] = values
  if (!first) return undefined
  if (name === 'min') return values.reduce((least, each) => (each.value < least.value ? each : least))
  if (name === 'max') return values.reduce((most, each) => (each.value > most.value ? each : most))
  const weight = name === 'mean' ? 1 / values.length : 1
  const total = values.reduce((sum, each) => sum + each.value, 0)
  return combine(
    total * weight,
    values.map((each) => [each, weight] as const),
  )
}

function applied(name: 'abs' | 'sqrt' | 'ln' | 'log10', of: Measured | undefined): Measured | undefined {
  if (!of) return undefined
  switch (name) {
    case 'abs':
      return combine(Math.abs(of.value), [[of, Math.sign(of.value)]])
    case 'sqrt':
      return combine(Math.sqrt(of.value), [[of, 0.5 / Math.sqrt(of.value)]])
    case 'ln':
      return combine(Math.log(of.value), [[of, 1 / of.value]])
    case 'log10':
      return combine(Math.log10(of.value), [[of, 1 / (of.value * Math.LN10)]])
  }
}

/** To decimals of the SI value; rounding changes no uncertainty. */
function rounded(of: Measured | undefined, digits: Measured | undefined): Measured | undefined {
  if (!of) return undefined
  const factor = 10 ** Math.min(15, Math.max(-15, Math.round(digits?.value ?? 0)))
  return { ...of, value: Math.round(of.value * factor) / factor }
}
