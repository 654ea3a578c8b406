import { describe, expect, it } from 'vitest'
import { individualsChart, subgroupChart, subgroupsOf } from './shewhart.ts'

/** NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches. */
const FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

/** Inside diameters of piston rings, the first five of the 25 samples of Montgomery, table 6.3. */
const RINGS = [
  [74.03, 74.002, 74.019, 73.992, 74.008],
  [73.995, 73.992, 74.001, 74.011, 74.004],
  [73.988, 74.024, 74.021, 74.005, 74.002],
  [74.002, 73.996, 73.993, 74.015, 74.009],
  [73.992, 74.007, 74.015, 73.989, 74.014],
].flat()

describe('chart of individual values', () => {
  it('has the limits of the published example', () => {
    const chart = individualsChart(FLOW, FLOW.length)
    expect(chart?.limits.centre).toBeCloseTo(50.81, 2)
    expect(chart?.rangeLimits.centre).toBeCloseTo(1.8778, 4)
    expect(chart?.limits.upper).toBeCloseTo(55.8041, 2)
    expect(chart?.limits.lower).toBeCloseTo(45.8158, 2)
  })

  it('limits moving ranges by D4 = 3.267 times their mean, and by 0', () => {
    const { rangeLimits } = individualsChart(FLOW, FLOW.length) ?? {}
    expect((rangeLimits?.upper ?? 0) / (rangeLimits?.centre ?? 1)).toBeCloseTo(3.267, 2)
    expect(rangeLimits?.lower).toBe(0)
  })

  it('takes its limits from the baseline only', () => {
    const calm = individualsChart([1, 2, 1, 2, 50], 4)
    expect(calm?.limits.centre).toBe(1.5)
    expect(calm?.rangeLimits.centre).toBe(1)
    expect(calm?.ranges).toEqual([1, 1, 1, 48])
  })

  it.each([
    [[1], 1],
    [[], 2],
    [[1, 2, 3], 4],
  ])('of %j with a baseline of %d does not exist', (values, baseline) => {
    expect(individualsChart(values, baseline)).toBeUndefined()
  })
})

describe('chart of subgroups', () => {
  it('plots means and ranges with limits x̄̄ ± A2·R̄ and D3·R̄, D4·R̄', () => {
    const chart = subgroupChart(RINGS, { size: 5, baseline: 5 })
    expect(chart?.values.map((mean) => Number(mean.toFixed(4)))).toEqual([
      74.0102, 74.0006, 74.008, 74.003, 74.0034,
    ])
    expect(chart?.ranges.map((range) => Number(range.toFixed(3)))).toEqual([
      0.038, 0.019, 0.036, 0.022, 0.026,
    ])
    const [centre, range] = [74.00504, 0.0282]
    // A2 = 0.577, D3 = 0, D4 = 2.114 for n = 5 (ISO 7870-2, table 2)
    expect(chart?.limits.upper).toBeCloseTo(centre + 0.577 * range, 4)
    expect(chart?.limits.lower).toBeCloseTo(centre - 0.577 * range, 4)
    expect(chart?.rangeLimits.upper).toBeCloseTo(2.114 * range, 4)
    expect(chart?.rangeLimits.lower).toBe(0)
  })

  it('widens the mean range by b/(b − 1) where asked, as machine QA does', () => {
    const plain = subgroupChart(RINGS, { size: 5, baseline: 5 })
    const wide = subgroupChart(RINGS, { size: 5, baseline: 5, rangeMean: 'pawlicki' })
    expect(wide?.rangeLimits.centre).toBeCloseTo((plain?.rangeLimits.centre ?? 0) * 1.25, 10)
    expect(wide?.limits.centre).toBe(plain?.limits.centre)
  })

  it('of one value each is the chart of individual values', () => {
    expect(subgroupChart(FLOW, { size: 1, baseline: 10, rangeMean: 'pawlicki' })).toEqual(
      individualsChart(FLOW, 10),
    )
  })

  it('leaves out what fills no subgroup', () => {
    expect(subgroupsOf([1, 2, 3, 4, 5], 2)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('needs as many subgroups as its baseline has', () => {
    expect(subgroupChart(RINGS, { size: 5, baseline: 6 })).toBeUndefined()
    expect(subgroupChart(RINGS, { size: 5, baseline: 1 })).toBeUndefined()
  })

  it('gives secondary limits by the spread of the means', () => {
    const chart = subgroupChart([1, 1, 3, 3, 2, 2], { size: 2, baseline: 3 })
    expect(chart?.secondary).toMatchObject({ centre: 2, sigma: 1, lower: -1, upper: 5 })
  })
})
