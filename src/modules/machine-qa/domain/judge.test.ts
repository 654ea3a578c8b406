import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { almostEqual } from './almost-equal.ts'
import { type JudgedResult, judge, judgeDeviation } from './judge.ts'
import { NO_VALUE } from './test-result.ts'
import type { TestType } from './test-type.ts'
import type { NumericTolerance, Tolerance } from './tolerance.ts'

function makeTolerance(
  kind: NumericTolerance['kind'],
  [actLow, tolLow, tolHigh, actHigh]: readonly [number | null, number | null, number | null, number | null],
): NumericTolerance {
  return { kind, actLow, tolLow, tolHigh, actHigh }
}

function makeResult(type: TestType, changes: Partial<JudgedResult> = {}): JudgedResult {
  return {
    test: { type, hidden: false, wrapLow: null, wrapHigh: null },
    result: NO_VALUE,
    skipped: false,
    inProgress: false,
    reference: null,
    tolerance: null,
    ...changes,
  }
}

function judgeNumber(value: number, reference: number, tolerance: Tolerance): string {
  const result = { ...NO_VALUE, value }
  return judge(
    makeResult('simple', { result, reference: { kind: 'numerical', value: reference }, tolerance }),
  )
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
    expect(judgeNumber(value, 100, makeTolerance('absolute', [-3, -2, 2, 3]))).toBe(expected)
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
    expect(judgeNumber(value, 5, makeTolerance('absolute', [-0.2, -0.1, 0.1, 0.2]))).toBe(expected)
  })

  it.each([
    [49, 'ok'],
    [51, 'ok'],
    [48.5, 'tolerance'],
    [51.5, 'tolerance'],
    [48.49, 'action'],
    [51.51, 'action'],
  ])('judges %d against 50 with percent -3, -2, 2, 3 as %s', (value, expected) => {
    expect(judgeNumber(value, 50, makeTolerance('percent', [-3, -2, 2, 3]))).toBe(expected)
  })

  it('never gives tolerance with action limits only, nor action with tolerance limits only', () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(finite, (deviation) => {
        expect(judgeDeviation(deviation, makeTolerance('absolute', [-3, null, null, 3]))).not.toBe(
          'tolerance',
        )
        expect(judgeDeviation(deviation, makeTolerance('absolute', [null, -2, 2, null]))).not.toBe('action')
      }),
    )
  })

  it('inverts the sign of percent deviations for negative references', () => {
    const tolerance = makeTolerance('percent', [-3, -2, null, null])
    expect(judgeNumber(-48, -50, tolerance)).toBe('action')
    expect(judgeNumber(-60, -50, tolerance)).toBe('ok')
  })

  it('passes only zero against a reference of zero with a percent tolerance', () => {
    const tolerance = makeTolerance('percent', [-3, -2, 2, 3])
    expect([0, 1e-9, -5].map((value) => judgeNumber(value, 0, tolerance))).toEqual(['ok', 'action', 'action'])
  })

  it('judges wraparound tests by the distance on their circle, whatever the kind of tolerance', () => {
    const test = { type: 'wraparound', hidden: false, wrapLow: 0, wrapHigh: 360 } as const
    const reference = { kind: 'numerical', value: 0 } as const
    const verdicts = [359.5, 358.5, 0.5, 180].map((value) => {
      const result = { ...NO_VALUE, value }
      const tolerance = makeTolerance('percent', [-2, -1, 1, 2])
      return judge(makeResult('wraparound', { test, result, reference, tolerance }))
    })
    expect(verdicts).toEqual(['ok', 'tolerance', 'ok', 'action'])
  })

  it('is symmetric for symmetric limits and gets no better further out', () => {
    const severity = { ok: 0, tolerance: 1, action: 2 } as const
    const level = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(level, level, level, level, (a, b, near, far) => {
        const [tol, act] = a < b ? [a, b] : [b, a]
        const limits = makeTolerance('absolute', [-act, -tol, tol, act])
        expect(judgeDeviation(near, limits)).toBe(judgeDeviation(-near, limits))
        const [inner, outer] = near < far ? [near, far] : [far, near]
        const [better, worse] = [judgeDeviation(inner, limits), judgeDeviation(outer, limits)]
        expect(severity[better]).toBeLessThanOrEqual(severity[worse])
        if (inner <= tol) expect(better).toBe('ok')
      }),
    )
  })
})

describe('judge of what is missing', () => {
  const reference = { kind: 'numerical', value: 1 } as const
  const tolerance = makeTolerance('absolute', [-2, -1, 1, 2])

  it.each([
    [
      'a skipped test',
      makeResult('simple', { skipped: true, result: { ...NO_VALUE, value: 1 } }),
      'not_done',
    ],
    [
      'an empty test in progress',
      makeResult('simple', { inProgress: true, reference, tolerance }),
      'not_done',
    ],
    ['an empty test of a finished session', makeResult('simple', { reference, tolerance }), 'no_tol'],
    [
      'a value without a tolerance',
      makeResult('simple', { result: { ...NO_VALUE, value: 9 }, reference }),
      'no_tol',
    ],
    [
      'a value without a reference',
      makeResult('simple', { result: { ...NO_VALUE, value: 9 }, tolerance }),
      'no_tol',
    ],
    ['a date', makeResult('date', { result: { ...NO_VALUE, dateValue: toDay('2019-08-01') } }), 'no_tol'],
  ] as const)('judges %s', (_, result, expected) => {
    expect(judge(result)).toBe(expected)
  })

  it('judges skipped hidden tests by their value', () => {
    const test = { type: 'simple', hidden: true, wrapLow: null, wrapHigh: null } as const
    const result = { ...NO_VALUE, value: 1 }
    expect(judge(makeResult('simple', { test, skipped: true, result, reference, tolerance }))).toBe('ok')
  })
})

describe('judge of yes and no', () => {
  const yes = { kind: 'boolean', value: 1 } as const
  it.each([
    [1, null, 'ok'],
    [0, null, 'action'],
    [0, { kind: 'boolean', warningOnly: true }, 'tolerance'],
    [0, { kind: 'boolean', warningOnly: false }, 'action'],
  ] as const)('judges %d against yes with tolerance %j as %s', (value, tolerance, expected) => {
    expect(judge(makeResult('boolean', { result: { ...NO_VALUE, value }, reference: yes, tolerance }))).toBe(
      expected,
    )
  })

  it('needs a reference', () => {
    const tolerance = { kind: 'boolean', warningOnly: false } as const
    expect(judge(makeResult('boolean', { result: { ...NO_VALUE, value: 0 }, tolerance }))).toBe('no_tol')
  })
})

describe('judge of text', () => {
  const tolerance = { kind: 'multchoice', passChoices: ['Good', 'fine'], tolChoices: ['fair'] } as const
  it.each([
    ['multchoice', 'GOOD', 'ok'],
    ['string', 'Fine', 'ok'],
    ['scomposite', 'Fair', 'tolerance'],
    ['multchoice', 'poor', 'action'],
    ['multchoice', '', 'action'],
  ] as const)('judges the %s %j as %s', (type, stringValue, expected) => {
    expect(judge(makeResult(type, { result: { ...NO_VALUE, stringValue }, tolerance }))).toBe(expected)
  })

  it('does not judge text without a tolerance', () => {
    expect(judge(makeResult('string', { result: { ...NO_VALUE, stringValue: 'x' } }))).toBe('no_tol')
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
    [5e-324, 1e-323, false],
    [Number.POSITIVE_INFINITY, 1, false],
  ])('compares %d with %d', (a, b, expected) => {
    expect(almostEqual(a, b)).toBe(expected)
  })
})
