import { describe, expect, it } from 'vitest'
import { judgeDuplicate, judgeReference, relativePercentDifference } from './judge-control.ts'
import { judgeResult } from './judge-result.ts'
import { formatNumber, pythonFloat, significantDecimals, toFixedDecimals } from './number-format.ts'
import { totalPrice } from './price.ts'
import { enterResult, isAboveLimit, isBelowLimit } from './result-entry.ts'
import type { ServiceSnapshot } from './service-snapshot.ts'
import { showResult } from './show-result.ts'
import { precisionOf, tableUncertainty } from './uncertainty.ts'

const SERVICE: ServiceSnapshot = {
  title: 'Calcium',
  keyword: 'Ca',
  unit: 'mg/l',
  precision: 2,
  exponentialFormatPrecision: 7,
  lowerDetectionLimit: 10,
  upperDetectionLimit: 20,
  detectionLimitSelector: false,
  allowManualDetectionLimit: false,
  resultType: 'numeric',
  resultOptions: [],
  uncertainties: [],
  precisionFromUncertainty: false,
  allowManualUncertainty: false,
  reportDryMatter: false,
  attachmentRequired: false,
  manualEntryOfResults: true,
  duplicateVariation: 10,
  accredited: false,
  methodTitle: null,
  formula: null,
  needs: [],
  categoryTitle: 'Metals',
  maxTimeAllowedS: null,
}

function shown(text: string, parts: Partial<ServiceSnapshot> = {}): string {
  const snapshot = { ...SERVICE, ...parts }
  return showResult({ ...enterResult(text, snapshot), uncertainty: null, snapshot }).text
}

describe('detection limits (specification 3.9.2)', () => {
  it.each([
    ['5', '< 10'],
    ['15', '15.00'],
    ['25', '> 20'],
    ['<5', '< 10'],
    ['<15', '15.00'],
    ['>15', '15.00'],
    ['<abc', '<abc'],
    ['', ''],
  ])('%s is shown as %s without a selector', (text, expected) => expect(shown(text)).toBe(expected))

  it.each([
    ['<5', false, { result: '10', operand: '<' }],
    ['>5', false, { result: '20', operand: '>' }],
    ['<5', true, { result: '5', operand: '<' }],
    ['>25', true, { result: '25', operand: '>' }],
    ['12', true, { result: '12', operand: null }],
    ['<x', true, { result: '<x', operand: null }],
  ] as const)(
    '%s is stored by what the service allows (manual %s)',
    (text, allowManualDetectionLimit, expected) => {
      expect(
        enterResult(text, { ...SERVICE, detectionLimitSelector: true, allowManualDetectionLimit }),
      ).toEqual(expected)
    },
  )

  it('say whether a result is beyond them', () => {
    const stored = (result: string, operand: '<' | '>' | null) => ({ result, operand, service: SERVICE })
    expect([
      isBelowLimit(stored('5', null)),
      isBelowLimit(stored('15', '<')),
      isBelowLimit(stored('15', null)),
    ]).toEqual([true, true, false])
    expect([
      isAboveLimit(stored('25', null)),
      isAboveLimit(stored('15', '>')),
      isAboveLimit(stored('15', null)),
    ]).toEqual([true, true, false])
  })
})

describe('precision and notation (specification 3.9.4)', () => {
  it.each([
    [0.22, 1],
    [1.34, 0],
    [0.0021, 3],
    [0.013, 2],
    [22, 0],
    [0, 0],
  ])('%d needs %i decimals', (value, expected) => expect(significantDecimals(value)).toBe(expected))

  it.each([
    [2, 4, 12340, '1.234e04'],
    [2, 6, 12340, '12340.00'],
    [4, 3, 0.0012345, '1.2e-03'],
    [4, 3, 0.0000123, '0.0000'],
    [2, 1, 1.234, '1.23'],
    [2, 1, 12.345, '1.235e01'],
  ])('precision %i, threshold %i, %d is %s', (precision, threshold, value, expected) =>
    expect(formatNumber(value, precision, threshold)).toBe(expected),
  )

  it.each([
    [5, '0.66667'],
    [2, '0.67'],
    [1, '0.7'],
    [0, '1'],
    [-1, '1'],
    [-5, '1'],
  ])('10/15 with precision %i is %s', (precision, expected) =>
    expect(toFixedDecimals(10 / 15, precision)).toBe(expected),
  )

  it.each([
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [2.5, 0, '2'],
    [-0.001, 2, '0.00'],
    [1e21, 2, '1e+21'],
  ])('%d to %i decimals is %s', (value, precision, expected) =>
    expect(toFixedDecimals(value, precision)).toBe(expected),
  )

  it.each([
    [8.9, '8.9'],
    [25, '25.0'],
    [0.00001, '1e-05'],
    [1e16, '1e+16'],
  ])('a calculated %d reads %s', (value, expected) => expect(pythonFloat(value)).toBe(expected))
})

describe('uncertainty (specification 3.9.5)', () => {
  const rows = [
    { intercept_min: '1', intercept_max: '10', errorvalue: '0.22' },
    { intercept_min: '30000', intercept_max: '40000', errorvalue: '37' },
    { intercept_min: '100', intercept_max: '200', errorvalue: '5%' },
  ]
  it.each([
    [5.234, 0.22],
    [32_092, 37],
    [120, 6],
    [11, undefined],
  ])('of %d is %s', (value, expected) => expect(tableUncertainty(value, rows)).toBe(expected))

  it('rounds the result', () => {
    const snapshot = {
      ...SERVICE,
      lowerDetectionLimit: 0,
      upperDetectionLimit: 1e9,
      precisionFromUncertainty: true,
      uncertainties: rows,
      exponentialFormatPrecision: 4,
    }
    expect(showResult({ result: '5.234', operand: null, uncertainty: null, snapshot })).toEqual({
      text: '5.2',
      uncertainty: '0.2',
    })
    expect(showResult({ result: '32092', operand: null, uncertainty: null, snapshot }).text).toBe('3.2092e04')
    expect(precisionOf(0.9504, snapshot)).toBe(0)
  })
})

describe('ranges (specification 3.9.6)', () => {
  const range = { keyword: 'Ca', min: '9', max: '11', error: '10' }
  it.each([
    ['9', false, true],
    ['11', false, true],
    ['8.5', true, true],
    ['8', true, false],
    ['12', true, true],
    ['12.3', true, false],
    ['none', false, true],
    ['', false, true],
  ])('%s: out of range %s, acceptable %s', (result, outOfRange, acceptable) =>
    expect(judgeResult(result, range)).toEqual({ outOfRange, acceptable }),
  )

  it('take the shoulder of negative results by their size', () =>
    expect(judgeResult('-10.5', { keyword: 'T', min: '-10', error: '10' })).toEqual({
      outOfRange: true,
      acceptable: true,
    }))
  it('leave a missing bound open', () =>
    expect(judgeResult('1e9', { keyword: 'T', min: '1' }).outOfRange).toBe(false))
  it('leave a bound out where they say so', () =>
    expect(judgeResult('9', { ...range, min_operator: '>' }).outOfRange).toBe(true))
  it('put warning bounds before percentages', () =>
    expect(judgeResult('8', { ...range, warn_min: '7' })).toEqual({ outOfRange: true, acceptable: true }))
})

describe('controls (specification 3.9.7)', () => {
  const expected = { uid: 'x', result: '10', min: '', max: '', error: '5' }
  it.each([
    ['9.5', false],
    ['10.5', false],
    ['10.6', true],
  ])('a control of 10 ± 5 % gives %s: out of range %s', (result, out) =>
    expect(judgeReference(result, expected).outOfRange).toBe(out),
  )
  it('a blank gives nothing but zero', () =>
    expect(judgeReference('0.01', { uid: 'x', result: '0', min: '0', max: '0', error: '0' }).outOfRange).toBe(
      true,
    ))
  it('duplicates differ by a share of their mean', () => {
    expect(relativePercentDifference(50, 45)).toBeCloseTo(10.526, 3)
    expect([
      judgeDuplicate('50', '45', 10).outOfRange,
      judgeDuplicate('50', '46', 10).outOfRange,
      judgeDuplicate('0', '0', 10).outOfRange,
    ]).toEqual([true, false, false])
  })
})

describe('prices (specification 2.2.10)', () => {
  it('lower VAT by the share of the discount', () => {
    expect(
      totalPrice(
        [
          { price: 100, vatPercent: 14 },
          { price: 50, vatPercent: 0 },
        ],
        33.33,
      ),
    ).toEqual({ subtotal: 150, discount: 50, vat: 9.33, total: 109.34 })
  })
})
