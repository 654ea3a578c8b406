import { describe, expect, it } from 'vitest'
import { daysSinceMonday, monthWithin, shiftMonth } from './month.ts'

describe('months of the calendar', () => {
  it.each([
    ['2026-11', '2026-11-01'],
    ['2026-11-22', '2026-11-01'],
    ['2026-13', undefined],
    ['tomorrow', undefined],
    [undefined, undefined],
  ])('%s begins on %s', (text, month) => {
    expect(monthWithin(text)).toBe(month)
  })

  it('follow one another over the end of a year', () => {
    expect(shiftMonth('2026-12-01', 1)).toBe('2027-01-01')
    expect(shiftMonth('2026-01-01', -1)).toBe('2025-12-01')
  })

  it('begin their weeks on Monday', () => {
    // 1 November 2026 is a Sunday
    expect(daysSinceMonday('2026-11-01')).toBe(6)
    expect(daysSinceMonday('2026-11-02')).toBe(0)
  })
})
