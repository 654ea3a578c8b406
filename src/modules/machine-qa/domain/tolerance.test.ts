import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'
import { comparisonProblems, referenceProblems } from './reference.ts'
import { NO_VALUE } from './test-result.ts'
import { checkTolerance, type Tolerance, type ToleranceInput, toleranceName } from './tolerance.ts'
import { toleranceBand, toleranceZone } from './tolerance-zone.ts'

const EMPTY: ToleranceInput = {
  kind: 'absolute',
  actLow: null,
  tolLow: null,
  tolHigh: null,
  actHigh: null,
  passChoices: '',
  tolChoices: '',
}

describe('toleranceName', () => {
  it.each([
    [
      { kind: 'absolute', actLow: -2, tolLow: -1, tolHigh: 1, actHigh: 2 },
      'Absolute(-2.000, -1.000, 1.000, 2.000)',
    ],
    [
      { kind: 'absolute', actLow: null, tolLow: -1, tolHigh: null, actHigh: 2 },
      'Absolute(--, -1.000, --, 2.000)',
    ],
    [
      { kind: 'percent', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 },
      'Percent(-3.00%, -2.00%, 2.00%, 3.00%)',
    ],
    [
      { kind: 'multchoice', passChoices: ['choice1'], tolChoices: ['choice2'] },
      'M.C.(OK=choice1, Tolerance=choice2)',
    ],
    [{ kind: 'multchoice', passChoices: ['a', 'b'], tolChoices: [] }, 'M.C.(OK=a:b, Tolerance=)'],
    [{ kind: 'boolean', warningOnly: true }, 'Boolean(Tolerance on fail)'],
    [{ kind: 'boolean', warningOnly: false }, 'Boolean(Action on fail)'],
  ] as const)('of %j is %s', (tolerance, name) => {
    expect(toleranceName(tolerance)).toBe(name)
  })
})

describe('checkTolerance', () => {
  it('accepts limits that rise, with gaps', () => {
    expect(checkTolerance({ ...EMPTY, actLow: -2, tolHigh: 1 })).toEqual({
      tolerance: { kind: 'absolute', actLow: -2, tolLow: null, tolHigh: 1, actHigh: null },
    })
  })

  it('trims and drops empty choices', () => {
    expect(
      checkTolerance({ ...EMPTY, kind: 'multchoice', passChoices: ' a, ,b ', tolChoices: 'c,' }),
    ).toEqual({
      tolerance: { kind: 'multchoice', passChoices: ['a', 'b'], tolChoices: ['c'] },
    })
  })

  it.each([
    ['no limit', EMPTY, 'actLow'],
    ['limits out of order', { ...EMPTY, tolLow: 1, tolHigh: -1 }, 'tolHigh'],
    ['a limit that is no number', { ...EMPTY, tolLow: Number.NaN }, 'tolLow'],
    ['choices on a numeric tolerance', { ...EMPTY, tolLow: 1, passChoices: 'a' }, 'passChoices'],
    [
      'limits on a multiple choice',
      { ...EMPTY, kind: 'multchoice', tolLow: 1, passChoices: 'a' },
      'passChoices',
    ],
    ['no passing choice', { ...EMPTY, kind: 'multchoice', passChoices: ' , ' }, 'passChoices'],
    ['a boolean', { ...EMPTY, kind: 'boolean' }, 'kind'],
  ] as const)('refuses %s', (_, input, field) => {
    expect(checkTolerance(input)).toEqual({ problems: [{ field, problem: expect.any(String) }] })
  })
})

describe('comparisonProblems', () => {
  const simple = { type: 'simple', wrapLow: null, wrapHigh: null } as const
  const wrap = { type: 'wraparound', wrapLow: 0, wrapHigh: 360 } as const
  const boolean = { ...simple, type: 'boolean' } as const
  const percent: Tolerance = { kind: 'percent', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
  const choice: Tolerance = { kind: 'multchoice', passChoices: ['a'], tolChoices: [] }
  const zero = { kind: 'numerical', value: 0 } as const
  const two = { kind: 'numerical', value: 2 } as const

  it.each([
    [simple, zero, percent, 'Percentage based tolerances can not be used with reference value of zero (0)'],
    [boolean, two, null, 'Test type is BOOLEAN but reference value is not 0 or 1'],
    [simple, null, percent, 'You must set a reference value when using a numerical tolerance'],
    [wrap, { kind: 'numerical', value: 361 }, null, 'Reference value must be in range 0 to 360'],
    [
      { ...simple, type: 'multchoice' },
      null,
      percent,
      'This type of test can not use a tolerance of type percent',
    ],
    [simple, two, choice, 'This type of test can not use a tolerance of type multchoice'],
    [
      { ...simple, type: 'upload' },
      null,
      choice,
      'This type of test can not use a tolerance of type multchoice',
    ],
    [{ ...simple, type: 'upload' }, two, null, 'References can only be set for numerical and boolean tests'],
  ] as const)('of %j with %j and %j', (test, reference, tolerance, problem) => {
    expect(comparisonProblems(test, reference, tolerance).map((each) => each.problem)).toEqual([problem])
  })

  it.each([
    [simple, two, percent],
    [simple, two, null],
    [simple, null, null],
    [wrap, { kind: 'numerical', value: 360 }, percent],
    [boolean, { kind: 'boolean', value: 1 }, { kind: 'boolean', warningOnly: true }],
    [{ ...simple, type: 'scomposite' }, null, choice],
  ] as const)('accepts %j with %j and %j', (test, reference, tolerance) => {
    expect(comparisonProblems(test, reference, tolerance)).toEqual([])
  })

  it('refuses a boolean reference other than 0 and 1', () => {
    expect(referenceProblems({ kind: 'boolean', value: 2 })).toEqual([
      { field: 'value', problem: 'A yes/no reference is 0 or 1' },
    ])
  })
})

describe('toleranceZone', () => {
  const tolerance = { kind: 'absolute', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 } as const
  const test = { type: 'simple', hidden: false, wrapLow: null, wrapHigh: null } as const
  const reference = { kind: 'numerical', value: 100 } as const

  it.each([
    [96, 'action-low'],
    [97, 'tolerance-low'],
    [98, 'ok'],
    [102.1, 'tolerance-high'],
    [103.1, 'action-high'],
  ])('of %d is %s', (value, zone) => {
    expect(toleranceZone(test, value, reference, tolerance)).toBe(zone)
  })

  it('agrees with judge everywhere', () => {
    const limit = fc.option(fc.double({ min: -10, max: 10, noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(limit, { minLength: 4, maxLength: 4 }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (limits, value) => {
          const sorted = limits.filter((each) => each !== null).sort((a, b) => a - b)
          const [actLow, tolLow, tolHigh, actHigh] = limits.map((each) =>
            each === null ? null : (sorted.shift() ?? null),
          )
          const band = {
            kind: 'absolute',
            actLow: actLow ?? null,
            tolLow: tolLow ?? null,
            tolHigh: tolHigh ?? null,
            actHigh: actHigh ?? null,
          } as const
          const zero = { kind: 'numerical', value: 0 } as const
          const verdict = judge({
            test,
            result: { ...NO_VALUE, value },
            skipped: false,
            inProgress: false,
            reference: zero,
            tolerance: band,
          })
          expect(toleranceZone(test, value, zero, band)?.split('-')[0]).toBe(verdict)
        },
      ),
    )
  })

  it('gives the limits as values, turned round for a negative reference in per cent', () => {
    expect(toleranceBand(reference, tolerance)).toEqual({
      actLow: 97,
      tolLow: 98,
      tolHigh: 102,
      actHigh: 103,
    })
    const percent = { ...tolerance, kind: 'percent', actLow: null } as const
    expect(toleranceBand({ kind: 'numerical', value: -100 }, percent)).toEqual({
      actLow: -103,
      tolLow: -102,
      tolHigh: -98,
      actHigh: null,
    })
  })
})
