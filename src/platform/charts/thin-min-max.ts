/** Instant in milliseconds since 1970 and value; `null` interrupts the line. */
export type TimePoint = readonly [atMs: number, value: number | null]

/**
 * Thins a series to what a drawing of `width` pixels can show. Of all points that fall on one pixel column the first,
 * the lowest, the highest and the last stay, so that no excursion disappears and lines enter and leave each column
 * where they did; a gap stays a gap.
 *
 * @param points in order of time
 * @param width pixels of the time axis, at least 1
 * @returns a subsequence of `points` with at most 5 × `width` points, or `points` itself when it is short enough
 */
export function thinMinMax(points: readonly TimePoint[], width: number): readonly TimePoint[] {
  const start = points[0]?.[0]
  const end = points.at(-1)?.[0]
  if (start === undefined || end === undefined || points.length <= width) return points
  const columnMs = (end - start) / width || 1
  const kept: TimePoint[] = []
  let from = 0
  while (from < points.length) {
    const column = columnOf(points[from], start, columnMs, width)
    let to = from + 1
    while (to < points.length && columnOf(points[to], start, columnMs, width) === column) to++
    keepExtremes(points, from, to, kept)
    from = to
  }
  return kept
}

function columnOf(point: TimePoint | undefined, start: number, columnMs: number, width: number): number {
  return Math.min(width - 1, Math.floor(((point?.[0] ?? start) - start) / columnMs))
}

/** Appends what stays of the points from `from` up to, but without, `to`. */
function keepExtremes(points: readonly TimePoint[], from: number, to: number, kept: TimePoint[]): void {
  let lowest = from
  let highest = from
  let gap = from
  for (let index = from; index < to; index++) {
    const value = points[index]?.[1] ?? null
    if (value === null) gap = index
    else if (value < (points[lowest]?.[1] ?? Number.POSITIVE_INFINITY)) lowest = index
    if (value !== null && value > (points[highest]?.[1] ?? Number.NEGATIVE_INFINITY)) highest = index
  }
  for (const index of [...new Set([from, lowest, highest, gap, to - 1])].sort((a, b) => a - b)) {
    const point = points[index]
    if (point) kept.push(point)
  }
}
