import { describe, expect, it } from 'vitest'
import { ewmaChart } from './ewma.ts'
import { MONTGOMERY_SHIFT, NIST_EWMA } from './published-series.data.ts'

describe('exponentially weighted moving averages', () => {
  it('are those of the example of NIST: λ = 0.3, target 50, s = 2.0539', () => {
    const chart = ewmaChart(NIST_EWMA, { target: 50, sigma: 2.0539, weight: 0.3, limits: 'final' })
    expect(chart.averages.map((value) => Number(value.toFixed(2)))).toEqual([
      50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38,
      49.92, 50.73, 51.23, 51.94, 51.99,
    ])
    expect(chart.upper[0]).toBeCloseTo(52.5884, 3)
    expect(chart.lower[0]).toBeCloseTo(47.4115, 3)
    expect(chart.signals).toEqual([])
  })

  it('are those of Montgomery’s example, and signal late in its shift: λ = 0.1, L = 2.7', () => {
    const chart = ewmaChart(MONTGOMERY_SHIFT, { target: 10, sigma: 1, weight: 0.1, width: 2.7 })
    expect(chart.averages[0]).toBeCloseTo(9.945, 6)
    expect(chart.averages[1]).toBeCloseTo(9.7495, 6)
    expect(chart.upper[0]).toBeCloseTo(10.27, 6)
    expect(chart.upper[1]).toBeCloseTo(10.3632, 3)
    expect(chart.upper.at(-1)).toBeCloseTo(10.62, 2)
    expect(chart.lower.at(-1)).toBeCloseTo(9.38, 2)
    expect(chart.averages.slice(27).map((value) => Number(value.toFixed(4)))).toEqual([
      10.5731, 10.6468, 10.6341,
    ])
    expect(chart.signals.map(({ index }) => index + 1)).toEqual([29, 30])
  })
})
