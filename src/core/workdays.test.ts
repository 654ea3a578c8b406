import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type CalendarDay, dayFromNumber, dayNumber, toDay } from './calendar.ts'
import {
  addWorkdays,
  addWorkingTime,
  isWorkday,
  MONDAY_TO_FRIDAY,
  sameHours,
  workCalendarOf,
  workdaysBetween,
  workingTimeBetween,
} from './workdays.ts'

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

describe('working time', () => {
  const hours = { fromMinute: 8 * 60, toMinute: 17 * 60 }
  const times = sameHours({ ...MONDAY_TO_FRIDAY, holidays: new Set([toDay('2026-12-25')]) }, hours)
  const allDay = sameHours(
    { weekdays: new Set([1, 2, 3, 4, 5, 6, 7]), holidays: new Set() },
    { fromMinute: 0, toMinute: 1440 },
  )
  const toronto = 'America/Toronto'
  const minutes = (from: string, to: string, zone = toronto, calendar = times) =>
    workingTimeBetween(new Date(from), new Date(to), calendar, zone) / 60_000

  // Toronto is 5 hours behind UTC in winter: 13:00Z is 08:00, 22:00Z is 17:00
  it.each([
    ['within a day', '2026-11-23T15:00:00Z', '2026-11-23T16:30:00Z', 90],
    ['before work begins', '2026-11-23T10:00:00Z', '2026-11-23T12:00:00Z', 0],
    ['over a night', '2026-11-23T21:00:00Z', '2026-11-24T14:00:00Z', 120],
    ['over a weekend', '2026-11-27T21:00:00Z', '2026-11-30T14:00:00Z', 120],
    ['over a holiday', '2026-12-24T21:00:00Z', '2026-12-28T14:00:00Z', 120],
    ['backwards', '2026-11-24T14:00:00Z', '2026-11-23T21:00:00Z', 0],
    ['a whole week', '2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z', 5 * 540],
  ])('counts %s', (_words, from, to, expected) => {
    expect(minutes(from, to)).toBe(expected)
  })

  it.each([
    ['America/Toronto', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 23 * 60],
    ['America/Toronto', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', 25 * 60],
    ['Europe/London', '2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z', 23 * 60],
    ['Australia/Sydney', '2026-10-03T14:00:00Z', '2026-10-04T13:00:00Z', 23 * 60],
    // half an hour only
    ['Australia/Lord_Howe', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z', 23 * 60 + 30],
    ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 24 * 60 + 30],
  ])('knows how long a day is on which the clocks of %s change', (zone, from, to, expected) => {
    expect(minutes(from, to, zone, allDay)).toBe(expected)
  })

  it.each([
    ['2026-11-23T15:00:00Z', 90, '2026-11-23T16:30:00Z'],
    ['2026-11-27T21:00:00Z', 60, '2026-11-27T22:00:00Z'],
    ['2026-11-27T21:00:00Z', 61, '2026-11-30T13:01:00Z'],
    ['2026-11-28T12:00:00Z', 0, '2026-11-28T12:00:00Z'],
    ['2026-12-24T22:00:00Z', 30, '2026-12-28T13:30:00Z'],
  ])('from %s %d minutes of work end at %s', (from, count, expected) => {
    expect(addWorkingTime(new Date(from), count * 60_000, times, toronto)).toEqual(new Date(expected))
  })

  it('added is what is counted afterwards', () => {
    const start = Date.parse('2026-10-01T00:00:00Z')
    fc.assert(
      fc.property(fc.nat(60 * 24 * 60), fc.integer({ min: 1, max: 5000 }), (offset, length) => {
        const from = new Date(start + offset * 60_000)
        const to = addWorkingTime(from, length * 60_000, times, toronto)
        expect(workingTimeBetween(from, to, times, toronto)).toBe(length * 60_000)
      }),
    )
  })

  it('does not count for ever', () => {
    const never = { hours: new Map(), holidays: new Set<CalendarDay>() }
    const now = new Date('2026-11-23T15:00:00Z')
    expect(() => addWorkingTime(now, 1, never, toronto)).toThrow(RangeError)
    expect(() => workingTimeBetween(new Date(0), new Date('2199-01-01T00:00:00Z'), times, toronto)).toThrow(
      RangeError,
    )
    expect(workCalendarOf(times).weekdays).toEqual(new Set([1, 2, 3, 4, 5]))
  })
})
