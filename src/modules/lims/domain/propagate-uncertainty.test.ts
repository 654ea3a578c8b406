import { describe, expect, it } from 'vitest'
import { type MeasuredInput, propagateUncertainty } from './propagate-uncertainty.ts'

type Values = Readonly<Record<string, number>>
type Example = {
  readonly source: string
  readonly formula: (values: Values) => number
  readonly inputs: readonly MeasuredInput[]
  readonly standard: number
  /** digits after the point to which the source states it */
  readonly digits: number
}

function of(name: string, value: number, uncertainty: number): MeasuredInput {
  return { name, value, uncertainty }
}

function at(values: Values, name: string): number {
  return values[name] ?? Number.NaN
}

/** Worked examples as published. */
const EXAMPLES: readonly Example[] = [
  {
    source: 'EURACHEM/CITAC CG 4 (2012), A1: mass concentration of a cadmium standard, 0.835 mg/l',
    formula: (v) => (1000 * at(v, 'm') * at(v, 'P')) / at(v, 'V'),
    inputs: [of('m', 100.28, 0.05), of('P', 0.9999, 0.000058), of('V', 100, 0.066)],
    standard: 0.835,
    digits: 2,
  },
  {
    source: 'EURACHEM/CITAC CG 4 (2012), A2: titration of sodium hydroxide, 0.00010 mol/l',
    formula: (v) => (1000 * at(v, 'rep') * at(v, 'm') * at(v, 'P')) / (at(v, 'M') * at(v, 'V')),
    inputs: [
      of('rep', 1, 0.0005),
      of('m', 0.3888, 0.00013),
      of('P', 1, 0.00029),
      of('M', 204.2212, 0.0038),
      of('V', 18.64, 0.013),
    ],
    standard: 0.0001,
    digits: 5,
  },
  {
    source: 'GUM (JCGM 100:2008) 5.1.2 note: P = V²/R with relative uncertainties of V and R',
    formula: (v) => at(v, 'V') ** 2 / at(v, 'R'),
    inputs: [of('V', 10, 0.1), of('R', 50, 0.5)],
    // P √((2·0.01)² + 0.01²)
    standard: 2 * Math.sqrt(0.0005),
    digits: 7,
  },
  {
    source: 'sum and difference: variances add (GUM 5.1.2)',
    formula: (v) => at(v, 'a') - at(v, 'b') + 7,
    inputs: [of('a', 5, 0.3), of('b', 5, 0.4)],
    standard: 0.5,
    digits: 9,
  },
]

describe('the uncertainty of a calculated result', () => {
  it.each(EXAMPLES)('agrees with $source', ({ formula, inputs, standard, digits }) => {
    expect(propagateUncertainty(formula, inputs)?.standard).toBeCloseTo(standard, digits)
  })

  it('says how much each input adds', () => {
    const found = propagateUncertainty((v) => 2 * at(v, 'a') + at(v, 'b'), [of('a', 1, 0.3), of('b', 1, 0.2)])
    expect(found?.shares.map(({ name, contribution }) => [name, Number(contribution.toFixed(9))])).toEqual([
      ['a', 0.6],
      ['b', 0.2],
    ])
  })

  it('is 0 where no input has one, and unknown where the formula has no number', () => {
    expect(propagateUncertainty((v) => at(v, 'a'), [of('a', 1, 0)])?.standard).toBe(0)
    expect(propagateUncertainty((v) => Math.log(at(v, 'a')), [of('a', -1, 0.1)])).toBeUndefined()
  })
})
