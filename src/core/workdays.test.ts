import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type CalendarDay, dayFromNumber, dayNumber, toDay } from './calendar.ts'
import { addWorkdays, isWorkday, MONDAY_TO_FRIDAY, workdaysBetween } from './workdays.ts'

describe('workdays', () => {
  const calendar = { ...MONDAY_TO_FRIDAY, holidays: new Set([toDay('2019-12-25'), toDay('2019-12-28')]) }

  it.each([
    ['2019-12-24', true],
    ['2019-12-25', false],
    ['2019-12-29', false],
  ])('knows whether %s is one', (day, expected) => {
    expect(isWorkday(toDay(day), calendar)).toBe(expected)
  })

  it.each([
    ['2019-12-24', 1, '2019-12-26'],
    ['2019-12-26', -1, '2019-12-24'],
    ['2019-12-20', 5, '2019-12-30'],
    ['2019-12-28', 0, '2019-12-28'],
  ])('from %s %d workdays is %s', (day, count, expected) => {
    expect(addWorkdays(toDay(day), count, calendar)).toBe(expected)
  })

  it('counts as many as there are one by one', () => {
    const start = dayNumber(toDay('2019-12-01'))
    fc.assert(
      fc.property(fc.nat(40), fc.nat(60), (first, length) => {
        const [from, to] = [dayFromNumber(start + first), dayFromNumber(start + first + length)]
        const days = Array.from({ length }, (_, index): CalendarDay => addDays(from, index + 1))
        expect(workdaysBetween(from, to, calendar)).toBe(
          days.filter((day) => isWorkday(day, calendar)).length,
        )
      }),
    )
    expect(workdaysBetween(toDay('2019-12-31'), toDay('2019-12-01'), calendar)).toBe(0)
  })

  it('does not count for ever without workdays', () => {
    expect(() => addWorkdays(toDay('2019-12-01'), 1, { weekdays: new Set(), holidays: new Set() })).toThrow(
      RangeError,
    )
  })
})
