/** Median, 95th percentile and largest of some durations in milliseconds, as text with one decimal. */
export function summarise(durationsMs: readonly number[]): {
  readonly median: string
  readonly p95: string
  readonly max: string
} {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1)
  return { median: at(0.5), p95: at(0.95), max: at(1) }
}
