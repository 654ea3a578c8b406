import { describe, expect, it } from 'vitest'
import { choicePlace, relativeValue } from './chart-value.ts'

describe('relativeValue', () => {
  const simple = { type: 'simple', wrapLow: null, wrapHigh: null } as const
  const circle = { type: 'wraparound', wrapLow: 0, wrapHigh: 360 } as const
  const absolute = { kind: 'absolute', actLow: null, tolLow: -1, tolHigh: 1, actHigh: null } as const
  const percent = { ...absolute, kind: 'percent' } as const

  it.each([
    [simple, 49, 50, percent, { kind: 'percent', amount: -2 }],
    [simple, 49, 50, absolute, { kind: 'difference', amount: -1 }],
    [simple, 49, 50, null, { kind: 'percent', amount: -2 }],
    [simple, 3, 0, null, { kind: 'difference', amount: 3 }],
    [simple, 3, 0, percent, undefined],
    [circle, 359.5, 0, percent, { kind: 'difference', amount: -0.5 }],
    [circle, 1, 359.5, null, { kind: 'difference', amount: 1.5 }],
  ] as const)('of %j at %d against %d with %j', (test, value, reference, tolerance, expected) => {
    expect(relativeValue(test, value, { kind: 'numerical', value: reference }, tolerance)).toEqual(expected)
  })

  it('needs a reference', () => {
    expect(relativeValue(simple, 1, null, absolute)).toBeUndefined()
  })
})

it('plots choices by their place', () => {
  expect([choicePlace('b', ['a', 'b']), choicePlace('x', ['a', 'b'])]).toEqual([2, undefined])
})
