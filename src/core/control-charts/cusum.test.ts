import { describe, expect, it } from 'vitest'
import { cusumChart } from './cusum.ts'
import { MONTGOMERY_SHIFT, NIST_CUSUM } from './published-series.data.ts'

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(2)))

describe('cumulative sums', () => {
  it('find the shift of Montgomery’s example at value 29, with C⁺ = 5.28', () => {
    const chart = cusumChart(MONTGOMERY_SHIFT, { target: 10, sigma: 1 })
    expect(chart.signals[0]).toEqual({ index: 28, side: 'high' })
    expect(rounded(chart.high.slice(22))).toEqual([1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.3])
    expect(rounded(chart.low.slice(0, 5))).toEqual([0.05, 1.56, 1.77, 0, 0])
  })

  it('signal from group 14 on in the example of NIST: k = 0.3175, h = 4.1959', () => {
    const chart = cusumChart(NIST_CUSUM, { target: 325, sigma: 1, allowance: 0.3175, decision: 4.1959 })
    expect(rounded(chart.high.slice(12))).toEqual([3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16, 19.04])
    expect(chart.signals.map(({ index }) => index + 1)).toEqual([14, 15, 16, 17, 18, 19, 20])
  })

  it('stay at zero while values stay on target', () => {
    expect(cusumChart([5, 5, 5], { target: 5, sigma: 1 })).toMatchObject({
      high: [0, 0, 0],
      low: [0, 0, 0],
      signals: [],
    })
  })
})
