import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertValue, isAlmostEqual, toCanonical } from './convert.ts'
import { canonicalQuantity, standardUncertainty } from './quantity.ts'
import { readQuantity } from './read-quantity.ts'
import { dimensionName, parseUnit } from './unit.ts'

function convert(value: number, from: string, to: string): number | undefined {
  const [source, target] = [parseUnit(from), parseUnit(to)]
  if (!source || !target) throw new Error(`${from} or ${to} is no unit`)
  return convertValue(value, source, target)
}

describe('units', () => {
  // factors of the SI brochure (9th edition) and NIST SP 811, appendix B
  it.each([
    [1, 'kg', 'g', 1000],
    [250, 'mg', 'g', 0.25],
    [1, 'g/cm3', 'kg/m3', 1000],
    [2.7, 'g.cm-3', 'g/mL', 2.7],
    [1, 'L', 'cm3', 1000],
    [1, 'dL', 'mL', 100],
    [1, 'um', 'nm', 1000],
    [37, 'Cel', 'K', 310.15],
    [212, '[degF]', 'Cel', 100],
    [-40, 'Cel', '[degF]', -40],
    [1, 'bar', 'kPa', 100],
    [1, 'atm', 'Pa', 101_325],
    [760, 'mm[Hg]', 'Pa', 101_324.72],
    [1, 'kW.h', 'MJ', 3.6],
    [1, 'Ci', 'GBq', 37],
    [200, 'cGy', 'Gy', 2],
    [1, 'mol/L', 'mol/m3', 1000],
    [5, '%', '1', 0.05],
    [1, '10*6/L', '10*3/mL', 1],
    [1, '/s', 'Hz', 1],
    [1, 'cd', 'cd', 1],
    [1, 'dam', 'm', 10],
    [1, '[in_i]', 'mm', 25.4],
    [90, 'km/h', 'm/s', 25],
    [1, 'mA.h', 'C', 3.6],
    [1, 'kg.m/s2', 'N', 1],
    [1, 'kg.(m/s)2', 'J', 1],
    [1, '{cells}/uL', '10*9/L', 1e-3],
    [30, 'dB[W]', 'B[W]', 3],
    [1, 'wk', 'd', 7],
  ])('%d %s in %s is %d', (value, from, to, expected) => {
    const found = convert(value, from, to)
    expect(found !== undefined && isAlmostEqual(found, expected), `${found}`).toBe(true)
  })

  it.each([
    ['g', 'cm3'],
    ['K', 's'],
    ['dB[W]', 'W'],
    ["[arb'U]", '[iU]'],
    ['[pH]', 'mol/L'],
    ['dB', '1'],
  ])('%s does not convert to %s', (from, to) => {
    expect(convert(1, from, to)).toBeUndefined()
  })

  it.each([
    'gramm',
    'KG',
    'mg/',
    '/',
    'm^^2',
    'Cel/s',
    '(m',
    'm)',
    'kmin',
    'x',
    'm..s',
    '10*999',
    'm'.repeat(80),
    '((((((m))))))',
  ])('%j is none', (code) => {
    expect(parseUnit(code)).toBeUndefined()
  })

  it.each([
    ['g/cm3', 'density'],
    ['kPa', 'pressure'],
    ['%', 'no dimension'],
    ['S/cm', 'conductivity'],
    ['kg.m2', 'm2·kg'],
  ])('%s measures %s', (code, name) => {
    const unit = parseUnit(code)
    expect(unit && dimensionName(unit.dimension)).toBe(name)
  })

  it('come back from every conversion and fail at no text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('g', 'mg', 't', 'kg', '[lb_av]'),
        fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 977),
        (unit, value) => {
          const there = convert(value, 'g', unit)
          return there !== undefined && isAlmostEqual(convert(there, unit, 'g') ?? Number.NaN, value)
        },
      ),
    )
    fc.assert(fc.property(fc.string(), (text) => parseUnit(text)?.dimension.every(Number.isFinite) ?? true))
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9./()[\]*^%'-]{0,20}$/),
        (text) => parseUnit(text)?.dimension.every(Number.isFinite) ?? true,
      ),
    )
  })
})

describe('a quantity', () => {
  it.each([
    ['12,5', 'mg', { value: 12.5, unit: 'mg', text: '12,5' }],
    ['1.2e-3', 'g', { value: 0.0012, unit: 'g', text: '1.2e-3' }],
    ['12.5 mg', 'g', { value: 12.5, unit: 'mg', text: '12.5' }],
    ['12.50(5) mg', 'g', { value: 12.5, unit: 'mg', text: '12.50', u: { value: 0.05, type: 'standard' } }],
    ['1.20(3)e2', 'g', undefined],
    ['12.5 +- 0.1 mg', 'g', { value: 12.5, unit: 'mg', text: '12.5', u: { value: 0.1, type: 'tolerance' } }],
    ['3±1', '1', { value: 3, unit: '1', text: '3', u: { value: 1, type: 'tolerance' } }],
    ['5 grams', 'g', undefined],
    ['', 'g', undefined],
    ['1e999', 'g', undefined],
    ['five', 'g', undefined],
  ])('typed as %j reads as it is meant', (text, unit, expected) => {
    expect(readQuantity(text, unit)).toEqual(expected)
  })

  it('is compared in SI units, with its standard uncertainty', () => {
    const canonical = canonicalQuantity({ value: 20, unit: 'Cel', u: { value: 1, type: 'expanded', k: 2 } })
    expect([canonical?.value, canonical?.standardUncertainty]).toEqual([293.15, 0.5])
    expect(canonicalQuantity({ value: null, unit: 'g', missing: 'lost' })).toBeUndefined()
  })

  it.each([
    [{ value: 2, type: 'standard' as const }, 2],
    [{ value: 2, type: 'expanded' as const }, 1],
    [{ value: 3, type: 'expanded' as const, k: 3 }, 1],
    [{ value: Math.sqrt(3), type: 'tolerance' as const }, 1],
  ])('states the standard uncertainty of %o', (u, expected) => {
    expect(standardUncertainty(u)).toBeCloseTo(expected, 12)
  })

  it('of the same point on two scales is the same', () => {
    const [cel, fahrenheit] = [parseUnit('Cel'), parseUnit('[degF]')]
    if (!cel || !fahrenheit) throw new Error('no such units')
    expect(toCanonical(0, cel)).toBeCloseTo(toCanonical(32, fahrenheit), 9)
  })
})
