import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCanonical } from '../../../../core/quantity/convert.ts'
import { parseUnit } from '../../../../core/quantity/unit.ts'
import { type FieldType, typeOfExpression } from './check-expression.ts'
import { type Evaluated, evaluateExpression, standardUncertaintyOf } from './evaluate-expression.ts'
import { fieldsIn } from './expression.ts'
import { parseExpression } from './parse-expression.ts'
import { ExpressionError } from './tokens.ts'

function unit(code: string) {
  const found = parseUnit(code)
  if (!found) throw new Error(`${code} is no unit`)
  return found
}

const TYPES: Readonly<Record<string, FieldType>> = {
  weight: { type: { kind: 'number', dimension: unit('g').dimension }, many: false },
  volume: { type: { kind: 'number', dimension: unit('cm3').dimension }, many: false },
  density: { type: { kind: 'number', dimension: unit('g/cm3').dimension }, many: false },
  share: { type: { kind: 'number', dimension: unit('1').dimension }, many: false },
  name: { type: { kind: 'text' }, many: false },
  dry: { type: { kind: 'truth' }, many: false },
  'layers[].thickness': { type: { kind: 'number', dimension: unit('um').dimension }, many: true },
}

// 2 g ± 0.1 g in 4 cm³ ± 0.2 cm³, written in SI units
const VALUES: Readonly<Record<string, readonly Evaluated[]>> = {
  weight: [{ value: 0.002, contributions: new Map([['weight', 0.0001]]) }],
  volume: [{ value: 4e-6, contributions: new Map([['volume', 2e-7]]) }],
  density: [{ value: 500, contributions: new Map() }],
  share: [{ value: 0.25, contributions: new Map() }],
  name: ['black mass'],
  dry: [true],
  'layers[].thickness': [1e-5, 2e-5, 3e-5].map((value) => ({ value, contributions: new Map() })),
}

function evaluate(text: string): Evaluated | undefined {
  const expression = parseExpression(text)
  typeOfExpression(expression, (path) => TYPES[path] ?? (path.startsWith('no_') ? TYPES.weight : undefined))
  return evaluateExpression(expression, (path) => VALUES[path] ?? [])
}

describe('expressions', () => {
  it.each([
    ['weight + 500 mg', 'g', 2.5],
    ['weight / volume', 'g/cm3', 0.5],
    ['2 * 3 + 4', '1', 10],
    ['2 + 3 * 4 ^ 2', '1', 50],
    ['-(2 - 5)', '1', 3],
    ['5 % * density', 'kg/m3', 25],
    ['5 %*density', 'kg/m3', 25],
    ['sum(layers[].thickness)', 'um', 60],
    ['mean(layers[].thickness)', 'um', 20],
    ['min(layers[].thickness, 5 um)', 'um', 5],
    ['count(layers[].thickness)', '1', 3],
    ['sqrt(4 m2)', 'm', 2],
    ['round(10 / 3, 2)', '1', 3.33],
    ['if(dry, 1 g, 2 g)', 'g', 1],
    ['log10(share * 400)', '1', 2],
    ['2 min + 30 s', 's', 150],
    ['1 g/cm3 - density', 'kg/m3', 500],
    ['20 Cel - 10 K', 'K', 283.15],
  ])('%s gives a number in %s: %d', (text, code, expected) => {
    const value = evaluate(text)
    if (typeof value !== 'object') throw new Error(`${text} gave ${String(value)}`)
    expect(fromCanonical(value.value, unit(code))).toBeCloseTo(expected, 9)
  })

  it.each([
    ['weight > 1 g and weight < 3000 mg', true],
    ['weight = 0.002 kg', true],
    ['name = "black mass"', true],
    ['not dry', false],
    ['dry implies weight > 5 g', false],
    ['filled(weight) and not filled(no_weight)', true],
    ['filled(no_weight) implies no_weight > 1 g', true],
    ['no_weight > 1 g', undefined],
    ['no_weight > 1 g or dry', true],
    ['no_weight > 1 g and not dry', false],
    // the rule of the specification, 5.5
    [
      'filled(weight) and filled(volume) and filled(density) implies abs(density - weight/volume) <= 5 % * density',
      true,
    ],
    ['abs(density - 2 * weight/volume) <= 5 % * density', false],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected)
  })

  it('carry uncertainty to first order, the same input counting once', () => {
    const quotient = evaluate('weight / volume')
    // relative: sqrt((0.1/2)² + (0.2/4)²) = 7.07 %
    expect(typeof quotient === 'object' && standardUncertaintyOf(quotient) / quotient.value).toBeCloseTo(
      0.0707107,
      6,
    )
    const difference = evaluate('weight - weight')
    expect(typeof difference === 'object' && standardUncertaintyOf(difference)).toBe(0)
  })

  it.each([
    ['weight + volume', 'mass and volume cannot be added or subtracted.'],
    ['weight > 3 cm3', 'mass and volume cannot be compared.'],
    ['weight > 3', 'mass and no dimension cannot be compared.'],
    ['name + 1', 'A number is needed here.'],
    ['name = 1', 'Only values of the same kind can be compared.'],
    [
      'layers[].thickness + 1 um',
      'A list of values stands where one is needed: use sum, mean, min, max or count.',
    ],
    ['ln(weight)', 'ln takes a number without dimension.'],
    ['nothing + 1', 'There is no field nothing to calculate with.'],
    ['weight and dry', 'Something that is true or false is needed here, such as a comparison.'],
    ['filled(1)', 'filled takes a field.'],
    ['eval("1")', 'There is no function eval.'],
    ['1 +', 'The expression ends where a value is missing.'],
    ['(1', 'A parenthesis is not closed.'],
    ['abs(1, 2)', 'abs takes 1 values.'],
    ['1 2', 'The expression goes on where it should end.'],
    ['2 ^ 99', 'An exponent is a number of at most 12.'],
    ['`x`', 'This cannot be read: `x`'],
    ['3 dB + 1', 'dB cannot be calculated with.'],
  ])('refuse %s: %s', (text, message) => {
    expect(() => evaluate(text)).toThrow(new ExpressionError(message, 0).message)
  })

  it('name the fields that they read', () => {
    expect(fieldsIn(parseExpression('if(dry, weight, 2 g) / volume'))).toEqual(['dry', 'weight', 'volume'])
  })

  it('fail only in their own way', () => {
    const words = fc.constantFrom(
      'weight',
      'volume',
      '5',
      'g',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '^',
      'and',
      'not',
      'sum(',
      '"a"',
      '<',
      ' ',
      'if(',
      ',',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 20 }).map((each) => each.join(' ')),
        ),
        (text) => {
          try {
            evaluate(text)
          } catch (error) {
            if (!(error instanceof ExpressionError)) throw error
          }
        },
      ),
    )
  })
})
