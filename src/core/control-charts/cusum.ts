/** A tabular cumulative sum chart: how much values have added up to since they last were on target. */
export type CusumChart = {
  /** sums above the target, one for each value */
  readonly high: readonly number[]
  /** sums below the target, as positive numbers */
  readonly low: readonly number[]
  /** a sum above it signals, in the unit of the values */
  readonly decision: number
  readonly signals: readonly { readonly index: number; readonly side: 'high' | 'low' }[]
}

export type CusumDesign = {
  readonly target: number
  readonly sigma: number
  /** reference value k in standard deviations: half the shift to be found; 0.5 unless given */
  readonly allowance?: number
  /** decision interval h in standard deviations; 5 unless given */
  readonly decision?: number
}

/**
 * Tabular CUSUM: C⁺ᵢ = max(0, xᵢ − (μ0 + K) + C⁺ᵢ₋₁) and C⁻ᵢ = max(0, (μ0 − K) − xᵢ + C⁻ᵢ₋₁) with K = kσ; a signal where
 * either exceeds H = hσ (Page 1954; Montgomery, Introduction to Statistical Quality Control, 9.1; ISO 7870-4).
 */
export function cusumChart(
  values: readonly number[],
  { target, sigma, allowance = 0.5, decision = 5 }: CusumDesign,
): CusumChart {
  const slack = allowance * sigma
  const limit = decision * sigma
  const high: number[] = []
  const low: number[] = []
  const signals: { index: number; side: 'high' | 'low' }[] = []
  for (const [index, value] of values.entries()) {
    const above = Math.max(0, value - (target + slack) + (high[index - 1] ?? 0))
    const below = Math.max(0, target - slack - value + (low[index - 1] ?? 0))
    high.push(above)
    low.push(below)
    if (above > limit) signals.push({ index, side: 'high' })
    if (below > limit) signals.push({ index, side: 'low' })
  }
  return { high, low, decision: limit, signals }
}
