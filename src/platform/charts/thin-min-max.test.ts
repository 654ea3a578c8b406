import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TimePoint, thinMinMax } from './thin-min-max.ts'

const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -100, max: 100 }) }, fc.constant(null))
const series = fc.array(fc.tuple(fc.nat({ max: 50 }), value), { maxLength: 400 }).map((steps) => {
  let at = 0
  return steps.map(([wait, given]): TimePoint => {
    at += wait
    return [at, given]
  })
})
const width = fc.integer({ min: 1, max: 60 })

function columns(
  points: readonly TimePoint[],
  all: readonly TimePoint[],
  count: number,
): Map<number, TimePoint[]> {
  const start = all[0]?.[0] ?? 0
  const columnMs = ((all.at(-1)?.[0] ?? 0) - start) / count || 1
  return Map.groupBy(points, ([at]) => Math.min(count - 1, Math.floor((at - start) / columnMs)))
}

const values = (points: readonly TimePoint[]): number[] =>
  points.flatMap(([, given]) => (given === null ? [] : [given]))

describe('thinMinMax', () => {
  it('keeps first, lowest, highest and last of each column', () => {
    const points: TimePoint[] = [
      [0, 5],
      [1, 1],
      [2, 3],
      [3, 9],
      [4, 6],
      [5, 6],
      [6, 6],
      [7, 6],
      [8, 6],
      [10, 7],
    ]
    expect(thinMinMax(points, 2)).toEqual([
      [0, 5],
      [1, 1],
      [3, 9],
      [4, 6],
      [5, 6],
      [10, 7],
    ])
  })

  it('keeps one gap of each column', () => {
    const points: TimePoint[] = [
      [0, 1],
      [1, null],
      [2, null],
      [3, 2],
      [10, 3],
    ]
    expect(thinMinMax(points, 1)).toEqual([
      [0, 1],
      [2, null],
      [10, 3],
    ])
  })

  it('leaves what is short as it is', () => {
    const short: readonly (readonly TimePoint[])[] = [[], [[0, 1]], [[0, null]]]
    expect(short.map((points) => thinMinMax(points, 1))).toEqual(short)
  })

  it('keeps every minimum and maximum of every column, whatever the series', () => {
    fc.assert(
      fc.property(series, width, (points, count) => {
        const before = columns(points, points, count)
        const after = columns(thinMinMax(points, count), points, count)
        for (const [column, all] of before) {
          const [wanted, got] = [values(all), values(after.get(column) ?? [])]
          expect(Math.min(...got)).toBe(Math.min(...wanted))
          expect(Math.max(...got)).toBe(Math.max(...wanted))
          expect(after.get(column)?.some(([, given]) => given === null)).toBe(
            all.some(([, given]) => given === null),
          )
        }
      }),
    )
  })

  it('gives a subsequence with the ends, no longer than five points a column', () => {
    fc.assert(
      fc.property(series, width, (points, count) => {
        const thinned = thinMinMax(points, count)
        const order = thinned.map((point) => points.indexOf(point))
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
        expect(order.includes(-1)).toBe(false)
        expect([thinned[0], thinned.at(-1)]).toEqual([points[0], points.at(-1)])
        expect(thinned.length).toBeLessThanOrEqual(Math.max(5 * count, 0) || 0)
      }),
    )
  })

  it('leaves alone what it has thinned to few enough points', () => {
    fc.assert(
      fc.property(series, (points) => {
        const once = thinMinMax(points, 1000)
        expect(once).toBe(points)
      }),
    )
  })
})
