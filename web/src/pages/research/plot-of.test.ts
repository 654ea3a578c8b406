import { describe, expect, it } from 'vitest'
import { plotOf } from './plot-of.ts'

const TABLE = {
  columns: [
    { name: 'size', isNumeric: true },
    { name: 'share', isNumeric: true },
    { name: 'note', isNumeric: false },
  ],
  rows: [
    [20, 0.5, 'b'],
    [10, 0.25, 'a'],
    [null, 0.75, 'c'],
    [30, null, 'd'],
  ],
} as const

describe('a table as curves', () => {
  it('runs along a column in the order of its numbers, without rows that have none', () => {
    expect(plotOf(TABLE, 'size', ['share'])).toEqual([
      {
        id: 'share',
        name: 'share',
        points: [
          { at: 10, value: 0.25 },
          { at: 20, value: 0.5 },
          { at: 30, value: null },
        ],
      },
    ])
  })

  it('runs along the rows, counted from one', () => {
    expect(plotOf(TABLE, '', ['size'])[0]?.points.map(({ at }) => at)).toEqual([1, 2, 3, 4])
  })
})
