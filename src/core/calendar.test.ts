import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dayFromNumber,
  dayNumber,
  daysBetween,
  endOfDay,
  formatDayWithMonthName,
  formatMinuteWithMonthName,
  formatOffsetDateTime,
  isZone,
  localTimeAt,
  localTimeToInstant,
  nearestInstant,
  parseDay,
  startOfDay,
  toDay,
  weekdayOf,
  zoneDay,
} from './calendar.ts'

const TORONTO = 'America/Toronto'
const ZONES = [TORONTO, 'Europe/London', 'Australia/Sydney', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC']
const modern = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})

function local(text: string) {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number)
  return { year, month, day, hour, minute, second, millisecond: 0 }
}

describe('calendar days', () => {
  it.each(['2019-08-01', '2020-02-29', '0001-01-01', '9999-12-31'])('reads %s', (text) => {
    expect(parseDay(text)).toBe(text)
  })

  it.each([
    '2019-02-29',
    '1900-02-29',
    '2019-13-01',
    '2019-00-10',
    '2019-01-32',
    '0000-01-01',
    '2019-1-1',
    '20190101',
    ' 2019-01-01',
    '2019-01-01T00:00',
    '',
  ])('does not read %j', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })

  it.each([
    ['2019-12-31', 1, '2020-01-01'],
    ['2020-03-01', -1, '2020-02-29'],
    ['2018-11-20', 300, '2019-09-16'],
  ])('adds to %s %d days: %s', (from, count, to) => {
    expect(addDays(toDay(from), count)).toBe(to)
    expect(daysBetween(toDay(from), toDay(to))).toBe(count)
  })

  it.each([
    ['2018-11-19', 1],
    ['2018-11-28', 3],
    ['2018-11-25', 7],
    ['1969-12-31', 3],
    ['0001-01-01', 1],
  ])('knows the weekday of %s: %d', (day, weekday) => {
    expect(weekdayOf(toDay(day))).toBe(weekday)
  })

  it('numbers days without gaps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719162, max: 2932896 }), (number) => {
        expect(dayNumber(dayFromNumber(number))).toBe(number)
      }),
    )
    expect(() => addDays(toDay('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addDays(toDay('0001-01-01'), -1)).toThrow(RangeError)
  })

  it('writes days and minutes with the name of the month', () => {
    expect(formatDayWithMonthName(toDay('2019-08-01'))).toBe('01 Aug 2019')
    expect(formatMinuteWithMonthName(new Date('2019-08-03T03:45:00Z'), TORONTO)).toBe('02 Aug 2019 23:45')
  })
})

describe('zones', () => {
  it.each([
    ['America/Toronto', true],
    ['UTC', true],
    ['Australia/Lord_Howe', true],
    ['Mars/Olympus', false],
    ['+01:00', false],
    ['', false],
  ])('knows whether %j is one', (zone, expected) => {
    expect(isZone(zone)).toBe(expected)
  })

  it.each([
    ['2019-07-25T14:49:47Z', TORONTO, '2019-07-25T10:49:47-04:00'],
    ['2026-11-21T20:37:26.323Z', TORONTO, '2026-11-21T15:37:26.323000-05:00'],
    ['2019-07-25T14:49:47Z', 'UTC', '2019-07-25T14:49:47Z'],
    ['2019-07-25T14:49:47Z', 'Europe/London', '2019-07-25T15:49:47+01:00'],
    ['2019-07-25T14:49:47Z', 'Asia/Kolkata', '2019-07-25T20:19:47+05:30'],
    ['2019-07-25T14:49:47Z', 'Australia/Lord_Howe', '2019-07-26T01:19:47+10:30'],
  ])('writes %s in %s as %s', (instant, zone, text) => {
    expect(formatOffsetDateTime(new Date(instant), zone)).toBe(text)
  })

  it('agrees with Temporal on any instant, in any order of asking', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1850-01-01'), max: new Date('2300-01-01'), noInvalidDate: true }),
        fc.constantFrom(...ZONES),
        (instant, zone) => {
          const expected = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
          const { year, month, day, hour, minute, second, millisecond } = expected
          expect(localTimeAt(instant, zone)).toEqual({ year, month, day, hour, minute, second, millisecond })
          expect(zoneDay(instant, zone)).toBe(expected.toPlainDate().toString())
        },
      ),
      { numRuns: 300 },
    )
  })

  it('finds the instant of what the clocks show', () => {
    fc.assert(
      fc.property(modern, fc.constantFrom(...ZONES), (instant, zone) => {
        const meaning = localTimeToInstant(localTimeAt(instant, zone), zone)
        if (meaning.kind === 'instant') expect(meaning.instant).toEqual(instant)
        else expect(meaning.kind === 'ambiguous' && [+meaning.earlier, +meaning.later]).toContain(+instant)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [TORONTO, '2019-03-10T02:30:00', '2019-03-10T03:30:00-04:00'],
    ['Europe/London', '2019-03-31T01:30:00', '2019-03-31T02:30:00+01:00'],
    ['Australia/Sydney', '2019-10-06T02:30:00', '2019-10-06T03:30:00+11:00'],
    ['Australia/Lord_Howe', '2019-10-06T02:15:00', '2019-10-06T02:45:00+11:00'],
  ])('knows that %s skipped %s', (zone, text, shifted) => {
    expect(localTimeToInstant(local(text), zone)).toEqual({ kind: 'nonexistent', shifted: new Date(shifted) })
  })

  it.each([
    [TORONTO, '2019-11-03T01:30:00', '2019-11-03T01:30:00-04:00', '2019-11-03T01:30:00-05:00'],
    ['Europe/London', '2019-10-27T01:30:00', '2019-10-27T01:30:00+01:00', '2019-10-27T01:30:00Z'],
    ['Australia/Sydney', '2020-04-05T02:30:00', '2020-04-05T02:30:00+11:00', '2020-04-05T02:30:00+10:00'],
    ['Australia/Lord_Howe', '2020-04-05T01:45:00', '2020-04-05T01:45:00+11:00', '2020-04-05T01:45:00+10:30'],
  ])('knows that %s repeated %s', (zone, text, earlier, later) => {
    expect(localTimeToInstant(local(text), zone)).toEqual({
      kind: 'ambiguous',
      earlier: new Date(earlier),
      later: new Date(later),
    })
    expect(nearestInstant(local(text), zone)).toEqual(new Date(earlier))
  })

  it.each(['2019-02-30T00:00:00', '2019-01-01T24:00:00', '2019-01-01T00:60:00', '2019-01-01T00:00:60'])(
    'refuses %s as a time',
    (text) => {
      expect(localTimeToInstant(local(text), TORONTO)).toEqual({ kind: 'invalid' })
    },
  )

  it.each([
    ['2019-03-10', TORONTO, '2019-03-10T00:00:00-05:00', '2019-03-10T23:59:59.999-04:00'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '2018-11-04T23:59:59.999-02:00'],
    ['2020-04-05', 'Australia/Lord_Howe', '2020-04-05T00:00:00+11:00', '2020-04-05T23:59:59.999+10:30'],
  ])('knows when %s starts and ends in %s', (day, zone, start, end) => {
    expect(startOfDay(toDay(day), zone)).toEqual(new Date(start))
    expect(endOfDay(toDay(day), zone)).toEqual(new Date(end))
  })
})
