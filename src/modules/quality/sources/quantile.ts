/**
 * A percentile of ordered numbers by the exclusive method, which expects further values beyond those seen: between the
 * neighbours of rank p(n+1)/100. Of a single number it is that number, of none 0.
 *
 * @see Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), definition 6
 */
export function percentile(ordered: readonly number[], percent: number): number {
  const [first] = ordered
  if (first === undefined || ordered.length === 1) return first ?? 0
  const rank = (percent * (ordered.length + 1)) / 100
  const below = Math.min(Math.max(Math.floor(rank), 1), ordered.length - 1)
  const [low = 0, high = 0] = [ordered[below - 1], ordered[below]]
  return low + (high - low) * (rank - below)
}
