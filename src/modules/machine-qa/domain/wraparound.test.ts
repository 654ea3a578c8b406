import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wraparoundDifference } from './wraparound.ts'

describe('wraparoundDifference', () => {
  it.each([
    [359.5, 0, 0, 360, -0.5],
    [0.5, 0, 0, 360, 0.5],
    [358.5, 0, 0, 360, -1.5],
    [180, 0, 0, 360, 180],
    [99, 0, 0, 100, -1],
    [6, 5, 2, 10, 1],
    [0.5, 359.5, 0, 360, 1],
    [90, 90, 0, 360, 0],
  ])('from %d to the reference %d on %d to %d is %d', (value, reference, low, high, expected) => {
    expect(wraparoundDifference(value, reference, { low, high })).toBe(expected)
  })

  it('is never longer than half the circle', () => {
    const angle = fc.double({ min: 0, max: 360, noNaN: true })
    fc.assert(
      fc.property(angle, angle, (value, reference) => {
        const distance = Math.abs(wraparoundDifference(value, reference, { low: 0, high: 360 }))
        expect(distance).toBeLessThanOrEqual(180.0000001)
      }),
    )
  })
})
