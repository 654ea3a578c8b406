/** Centre line and limits of a chart; `sigma` is the standard deviation of what is plotted. */
export type ControlLimits = {
  readonly centre: number
  readonly lower: number
  readonly upper: number
  readonly sigma: number
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Standard deviation of a sample, with n − 1; 0 for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}

/** How far each value lies from the centre, in standard deviations; 0 where nothing varies. */
export function standardised(
  values: readonly number[],
  { centre, sigma }: Pick<ControlLimits, 'centre' | 'sigma'>,
): readonly number[] {
  return values.map((value) => (sigma === 0 ? 0 : (value - centre) / sigma))
}
