import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFromNumber, dayNumber, toDay } from '../../../core/calendar.ts'
import { describePeriod, isPeriod, RELATIVE_PERIODS, resolvePeriod } from './period.ts'

describe('periods', () => {
  // a Sunday
  it.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['last-7-days', '2026-11-15', '2026-11-22'],
    ['last-365-days', '2025-11-22', '2026-11-22'],
    ['next-30-days', '2026-11-22', '2026-12-22'],
    ['this-week', '2026-11-16', '2026-11-22'],
    ['last-week', '2026-11-09', '2026-11-15'],
    ['next-week', '2026-11-23', '2026-11-29'],
    ['this-month', '2026-11-01', '2026-11-30'],
    ['last-month', '2026-10-01', '2026-10-31'],
    ['next-month', '2026-12-01', '2026-12-31'],
    ['last-3-months', '2026-08-01', '2026-10-31'],
    ['last-6-months', '2026-05-01', '2026-10-31'],
    ['next-3-months', '2026-12-01', '2027-02-28'],
    ['this-year', '2026-01-01', '2026-12-31'],
    ['last-year', '2025-01-01', '2025-12-31'],
    ['next-year', '2027-01-01', '2027-12-31'],
    ['2026-01-05..2026-02-01', '2026-01-05', '2026-02-01'],
  ])('%s is %s to %s on 22 November 2026', (text, from, to) => {
    expect(resolvePeriod(text, toDay('2026-11-22'))).toEqual({ from, to })
  })

  it('cross years backwards and forwards', () => {
    expect(resolvePeriod('last-6-months', toDay('2024-02-29'))).toEqual({
      from: '2023-08-01',
      to: '2024-01-31',
    })
    expect(resolvePeriod('next-month', toDay('2024-01-31'))).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  })

  it.each(['', 'last-8-days', '2026-02-01..2026-01-05', '2026-02-30..2026-03-01', '2026-01-01', 'toString'])(
    'are not %j',
    (text) => {
      expect(isPeriod(text)).toBe(false)
      expect(() => resolvePeriod(text, toDay('2026-11-22'))).toThrow(RangeError)
    },
  )

  it('always begin before they end', () => {
    const days = fc.integer({ min: dayNumber(toDay('1990-01-01')), max: dayNumber(toDay('2100-12-31')) })
    fc.assert(
      fc.property(days, fc.constantFrom(...Object.keys(RELATIVE_PERIODS)), (number, text) => {
        const { from, to } = resolvePeriod(text, dayFromNumber(number))
        expect(from <= to).toBe(true)
      }),
    )
  })

  it('have words', () => {
    expect(describePeriod('last-3-months')).toBe('Last 3 months')
    expect(describePeriod('2026-01-05..2026-02-01')).toBe('2026-01-05 – 2026-02-01')
  })
})
