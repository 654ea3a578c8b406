import { describe, expect, it } from 'vitest'
import type { WireTolerance } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { almostEqual, deviationOf, type JudgedTest, judge, toleranceEnds } from './judge.ts'

type Limits = readonly [number | null, number | null, number | null, number | null]

function limits(kind: 'absolute' | 'percent', [actLow, tolLow, tolHigh, actHigh]: Limits): WireTolerance {
  const numbers = { actLow, tolLow, tolHigh, actHigh }
  return { name: '', kind, ...numbers, passChoices: [], tolChoices: [], warningOnly: false }
}

function choices(passChoices: readonly string[], tolChoices: readonly string[]): WireTolerance {
  return { ...limits('absolute', [null, null, null, null]), kind: 'multchoice', passChoices, tolChoices }
}

function yesNo(warningOnly: boolean): WireTolerance {
  return { ...limits('absolute', [null, null, null, null]), kind: 'boolean', warningOnly }
}

function makeTest(type: JudgedTest['type'], parts: Partial<JudgedTest> = {}): JudgedTest {
  return { type, hidden: false, wrapLow: null, wrapHigh: null, reference: null, tolerance: null, ...parts }
}

function numeric(reference: number, tolerance: WireTolerance): JudgedTest {
  return makeTest('simple', { reference: { value: reference, kind: 'numerical', display: '' }, tolerance })
}

describe('judge of numbers', () => {
  it.each([
    [96, 'action'],
    [97, 'tolerance'],
    [97.5, 'tolerance'],
    [98, 'ok'],
    [100, 'ok'],
    [102, 'ok'],
    [102.1, 'tolerance'],
    [103, 'tolerance'],
    [103.1, 'action'],
  ])('judges %d against 100 with absolute -3, -2, 2, 3 as %s', (value, expected) => {
    expect(judge(numeric(100, limits('absolute', [-3, -2, 2, 3])), value, false)).toBe(expected)
  })

  it.each([
    [4.79999, 'action'],
    [4.8, 'tolerance'],
    [4.89999, 'tolerance'],
    [4.9, 'ok'],
    [5.1, 'ok'],
    [5.10001, 'tolerance'],
    [5.2, 'tolerance'],
    [5.20001, 'action'],
  ])('judges %d against 5 with absolute -0.2, -0.1, 0.1, 0.2 as %s', (value, expected) => {
    expect(judge(numeric(5, limits('absolute', [-0.2, -0.1, 0.1, 0.2])), value, false)).toBe(expected)
  })

  it.each([
    [49, 'ok'],
    [51, 'ok'],
    [48.5, 'tolerance'],
    [51.5, 'tolerance'],
    [48.49, 'action'],
    [51.51, 'action'],
  ])('judges %d against 50 with percent -3, -2, 2, 3 as %s', (value, expected) => {
    expect(judge(numeric(50, limits('percent', [-3, -2, 2, 3])), value, false)).toBe(expected)
  })

  it.each([
    [-48, 'action'],
    [-60, 'ok'],
  ])('inverts the sign of percent deviations: %d against -50 is %s', (value, expected) => {
    expect(judge(numeric(-50, limits('percent', [-3, -2, null, null])), value, false)).toBe(expected)
  })

  it('passes only zero against a reference of zero with a percent tolerance', () => {
    const test = numeric(0, limits('percent', [-3, -2, 2, 3]))
    expect([0, 1e-9, -5].map((value) => judge(test, value, false))).toEqual(['ok', 'action', 'action'])
  })

  it.each([
    [359.5, -0.5, 'ok'],
    [0.5, 0.5, 'ok'],
    [358.5, -1.5, 'tolerance'],
    [180, 180, 'action'],
  ])('judges %d on a circle of 360 against 0 by the distance %d', (value, distance, expected) => {
    const test = {
      ...numeric(0, limits('percent', [-2, -1, 1, 2])),
      type: 'wraparound',
      wrapLow: 0,
      wrapHigh: 360,
    } as const
    expect(deviationOf(test, value)).toEqual({ kind: 'difference', amount: distance })
    expect(judge(test, value, false)).toBe(expected)
  })
})

describe('judge of what is missing', () => {
  const tolerance = limits('absolute', [-2, -1, 1, 2])
  it.each([
    ['a skipped test', numeric(1, tolerance), 1, true, 'not_done'],
    ['an empty test', numeric(1, tolerance), null, false, 'not_done'],
    ['a value without a tolerance', { ...numeric(1, tolerance), tolerance: null }, 9, false, 'no_tol'],
    ['a value without a reference', { ...numeric(1, tolerance), reference: null }, 9, false, 'no_tol'],
    ['a date', makeTest('date'), '2019-08-01', false, 'no_tol'],
    ['a skipped hidden test', { ...numeric(1, tolerance), hidden: true }, 1, true, 'ok'],
  ] as const)('judges %s', (_, test, value, isSkipped, expected) => {
    expect(judge(test, value, isSkipped)).toBe(expected)
  })
})

describe('judge of yes and no, and of text', () => {
  it.each([
    [1, null, 'ok'],
    [0, null, 'action'],
    [0, yesNo(true), 'tolerance'],
    [0, yesNo(false), 'action'],
  ])('judges %d against yes', (value, tolerance, expected) => {
    const reference = { value: 1, kind: 'boolean', display: 'Yes' } as const
    expect(judge(makeTest('boolean', { reference, tolerance }), value, false)).toBe(expected)
  })

  it.each([
    ['multchoice', 'GOOD', 'ok'],
    ['string', 'Fine', 'ok'],
    ['scomposite', 'Fair', 'tolerance'],
    ['multchoice', 'poor', 'action'],
  ] as const)('judges the %s %s as %s', (type, value, expected) => {
    const test = makeTest(type, { tolerance: choices(['Good', 'fine'], ['fair']) })
    expect(judge(test, value, false)).toBe(expected)
  })

  it('does not judge yes or no without a reference, nor text without a tolerance', () => {
    expect(judge(makeTest('boolean', { tolerance: yesNo(false) }), 0, false)).toBe('no_tol')
    expect(judge(makeTest('string'), 'x', false)).toBe('no_tol')
  })
})

describe('toleranceEnds', () => {
  it('gives the ends of a percent tolerance as values, also for a negative reference', () => {
    expect(toleranceEnds(numeric(50, limits('percent', [-3, -2, 2, 3])))).toEqual({ low: 49, high: 51 })
    expect(toleranceEnds(numeric(-50, limits('percent', [-3, -2, 2, 3])))).toEqual({ low: -51, high: -49 })
  })
})

describe('almostEqual', () => {
  it.each([
    [0.2, 0.2000000000000002, true],
    [1, 1.000001, true],
    [1, 1.00001, false],
    [0, 0, true],
    [0, 1e-300, false],
    [1e99, 1e99, true],
    [Number.POSITIVE_INFINITY, 1, false],
  ])('compares %d with %d', (a, b, expected) => {
    expect(almostEqual(a, b)).toBe(expected)
  })
})
