import { describe, expect, it } from 'vitest'
import { rangeConstants } from './range-constants.ts'

describe('range constants', () => {
  // ASTM Manual on Presentation of Data and Control Chart Analysis (MNL 7), table 49; the same in ISO 7870-2
  it.each([
    [2, 1.128, 0.853],
    [3, 1.693, 0.888],
    [4, 2.059, 0.88],
    [5, 2.326, 0.864],
    [6, 2.534, 0.848],
    [7, 2.704, 0.833],
    [8, 2.847, 0.82],
    [9, 2.97, 0.808],
    [10, 3.078, 0.797],
    [15, 3.472, 0.756],
    [20, 3.735, 0.729],
    [25, 3.931, 0.708],
  ])('for %d values are the published ones', (n, d2, d3) => {
    const constants = rangeConstants(n)
    expect(constants.d2).toBeCloseTo(d2, 3)
    expect(constants.d3).toBeCloseTo(d3, 3)
  })

  it('for two values are exact: 2/√π, and √(2 − 4/π)', () => {
    const { d2, d3 } = rangeConstants(2)
    expect(d2).toBeCloseTo(2 / Math.sqrt(Math.PI), 6)
    expect(d3).toBeCloseTo(Math.sqrt(2 - 4 / Math.PI), 5)
  })

  it.each([0, 1, 2.5, 100])('do not exist for %d values', (n) => {
    expect(() => rangeConstants(n)).toThrow(RangeError)
  })
})
