/** An exponentially weighted moving average with its limits, which widen from the first value on. */
export type EwmaChart = {
  readonly averages: readonly number[]
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  readonly signals: readonly { readonly index: number; readonly side: 'high' | 'low' }[]
}

export type EwmaDesign = {
  readonly target: number
  readonly sigma: number
  /** weight λ of the newest value, above 0 and up to 1; 0.2 unless given */
  readonly weight?: number
  /** width L of the limits in standard deviations of the average; 3 unless given */
  readonly width?: number
  /** `exact` limits of each average, or `final` ones to which they grow */
  readonly limits?: 'exact' | 'final'
}

/**
 * EWMA: zᵢ = λxᵢ + (1 − λ)zᵢ₋₁ with z₀ = μ0; limits μ0 ± Lσ √(λ/(2 − λ) · (1 − (1 − λ)^2i)), or without the last factor
 * (Roberts 1959; Montgomery 9.2; NIST/SEMATECH e-Handbook 6.3.2.4; ISO 7870-6).
 */
export function ewmaChart(
  values: readonly number[],
  { target, sigma, weight = 0.2, width = 3, limits = 'exact' }: EwmaDesign,
): EwmaChart {
  const averages: number[] = []
  const lower: number[] = []
  const upper: number[] = []
  const signals: { index: number; side: 'high' | 'low' }[] = []
  for (const [index, value] of values.entries()) {
    const average = weight * value + (1 - weight) * (averages[index - 1] ?? target)
    const grown = limits === 'exact' ? 1 - (1 - weight) ** (2 * (index + 1)) : 1
    const margin = width * sigma * Math.sqrt((weight / (2 - weight)) * grown)
    averages.push(average)
    lower.push(target - margin)
    upper.push(target + margin)
    if (average > target + margin) signals.push({ index, side: 'high' })
    if (average < target - margin) signals.push({ index, side: 'low' })
  }
  return { averages, lower, upper, signals }
}
