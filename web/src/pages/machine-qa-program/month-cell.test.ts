import { describe, expect, it } from 'vitest'
import { type MonthCell, shownCell } from './month-cell.ts'

describe('a month of an assignment', () => {
  it.each<[MonthCell, string, string, string]>([
    [{ done: 21, expected: 21, unreviewed: 0 }, 'ok', '21/21', '21 of 21 done'],
    [{ done: 22, expected: 21, unreviewed: 2 }, 'ok', '22/21', '22 of 21 done, 2 unreviewed'],
    [{ done: 3, expected: 4, unreviewed: 0 }, 'warn', '3/4', '3 of 4 done'],
    [{ done: 0, expected: 1, unreviewed: 0 }, 'late', '0/1', '0 of 1 done'],
    [{ done: 2, expected: null, unreviewed: 1 }, 'none', '2', '2 done, 1 unreviewed'],
    [{ done: 0, expected: 0, unreviewed: 0 }, 'none', '–', 'nothing done, nothing asked for'],
  ])('%j is shown as %s %s', (cell, token, text, words) => {
    expect(shownCell(cell)).toEqual({ token, text, words })
  })
})
