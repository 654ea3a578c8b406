/** The ends of a circular scale, such as 0 and 360 degrees; `low < high`. */
export type WrapRange = { readonly low: number; readonly high: number }

/**
 * Signed distance from a reference to a value on a circular scale, by the shorter way; the direct way if both are as
 * long. On 0 to 360 with reference 0: 359.5 gives −0.5, 0.5 gives 0.5, 180 gives 180.
 */
export function wraparoundDifference(value: number, reference: number, { low, high }: WrapRange): number {
  if (value > reference) {
    const direct = value - reference
    const around = Math.abs(high - value) + Math.abs(reference - low)
    return direct <= around ? direct : -around
  }
  if (value < reference) {
    const direct = reference - value
    const around = Math.abs(value - low) + Math.abs(high - reference)
    return direct <= around ? -direct : around
  }
  return 0
}
