import fc from 'fast-check'
import rrulePackage from 'rrule'
import { describe, expect, it } from 'vitest'
import { formatOffsetDateTime, toDay } from './calendar.ts'
import { nextOccurrence, occurrencesBetween } from './recurrence.ts'
import { describeRecurrence } from './recurrence-description.ts'
import { parseRecurrence, printRecurrence } from './recurrence-text.ts'
import { RefusedError } from './refusal.ts'

const { rrulestr } = rrulePackage
const TORONTO = 'America/Toronto'

function localNext(rule: string, anchor: string, zone: string, count: number): string[] {
  const recurrence = parseRecurrence(rule, zone)
  const found: string[] = []
  let after = new Date(anchor)
  for (let index = 0; index < count; index += 1) {
    const next = nextOccurrence(recurrence, after, { anchor: new Date(anchor), zone })
    if (!next) break
    found.push(formatOffsetDateTime(next, zone))
    after = next
  }
  return found
}

describe('nextOccurrence', () => {
  it.each([
    [TORONTO, '2019-03-09T07:00:00-05:00', ['2019-03-10T07:00:00-04:00', '2019-03-11T07:00:00-04:00']],
    [TORONTO, '2019-11-02T07:00:00-04:00', ['2019-11-03T07:00:00-05:00', '2019-11-04T07:00:00-05:00']],
    ['Europe/London', '2019-03-30T06:30:00Z', ['2019-03-31T06:30:00+01:00', '2019-04-01T06:30:00+01:00']],
    [
      'Europe/London',
      '2019-10-26T06:30:00+01:00',
      ['2019-10-27T06:30:00+00:00', '2019-10-28T06:30:00+00:00'],
    ],
    [
      'Australia/Sydney',
      '2019-10-05T08:00:00+10:00',
      ['2019-10-06T08:00:00+11:00', '2019-10-07T08:00:00+11:00'],
    ],
    [
      'Australia/Sydney',
      '2020-04-04T08:00:00+11:00',
      ['2020-04-05T08:00:00+10:00', '2020-04-06T08:00:00+10:00'],
    ],
    [
      'Australia/Lord_Howe',
      '2019-10-05T08:00:00+10:30',
      ['2019-10-06T08:00:00+11:00', '2019-10-07T08:00:00+11:00'],
    ],
    [
      'Australia/Lord_Howe',
      '2020-04-04T08:00:00+11:00',
      ['2020-04-05T08:00:00+10:30', '2020-04-06T08:00:00+10:30'],
    ],
  ])('keeps the wall clock in %s from %s on', (zone, anchor, expected) => {
    expect(localNext('RRULE:FREQ=DAILY', anchor, zone, 2)).toEqual(expected)
  })

  it('moves past a skipped hour and takes the earlier of a repeated one', () => {
    expect(localNext('RRULE:FREQ=DAILY', '2019-03-09T02:30:00-05:00', TORONTO, 2)).toEqual([
      '2019-03-10T03:30:00-04:00',
      '2019-03-11T02:30:00-04:00',
    ])
    expect(localNext('RRULE:FREQ=DAILY', '2019-11-02T01:30:00-04:00', TORONTO, 2)).toEqual([
      '2019-11-03T01:30:00-04:00',
      '2019-11-04T01:30:00-05:00',
    ])
  })

  it.each([
    [
      'every 28 days',
      'RRULE:FREQ=DAILY;INTERVAL=28',
      '2018-11-20T07:00:00-05:00',
      ['2018-12-18T07:00:00-05:00'],
    ],
    [
      'Monday, Wednesday, Friday',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
      '2018-11-19T07:00:00-05:00',
      ['2018-11-21T07:00:00-05:00', '2018-11-23T07:00:00-05:00'],
    ],
    [
      'the last Friday',
      'RRULE:FREQ=MONTHLY;BYDAY=-1FR',
      '2019-01-01T07:00:00-05:00',
      ['2019-01-25T07:00:00-05:00', '2019-02-22T07:00:00-05:00'],
    ],
    [
      'the last workday',
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2019-06-01T07:00:00-04:00',
      ['2019-06-28T07:00:00-04:00', '2019-07-31T07:00:00-04:00'],
    ],
    ['29 February', 'RRULE:FREQ=YEARLY', '2016-02-29T07:00:00-05:00', ['2020-02-29T07:00:00-05:00']],
    [
      'the 31st',
      'RRULE:FREQ=MONTHLY',
      '2019-01-31T07:00:00-05:00',
      ['2019-03-31T07:00:00-04:00', '2019-05-31T07:00:00-04:00'],
    ],
    [
      'week 1',
      'RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO',
      '2018-06-01T07:00:00-04:00',
      ['2018-12-31T07:00:00-05:00', '2019-12-30T07:00:00-05:00'],
    ],
    [
      'a rule that ends',
      'RRULE:FREQ=DAILY;COUNT=2',
      '2019-01-01T07:00:00-05:00',
      ['2019-01-02T07:00:00-05:00'],
    ],
    [
      'a last day',
      'RRULE:FREQ=DAILY;UNTIL=20190102',
      '2019-01-01T07:00:00-05:00',
      ['2019-01-02T07:00:00-05:00'],
    ],
    [
      'an excluded day',
      'RRULE:FREQ=DAILY\nEXDATE:20190102T050000Z',
      '2019-01-01T07:00:00-05:00',
      ['2019-01-03T07:00:00-05:00'],
    ],
    [
      'excluded weekdays',
      'RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU',
      '2019-01-04T07:00:00-05:00',
      ['2019-01-07T07:00:00-05:00'],
    ],
    [
      'single dates',
      'RDATE:20190105T120000Z,20190103T120000Z',
      '2019-01-01T07:00:00-05:00',
      ['2019-01-03T07:00:00-05:00', '2019-01-05T07:00:00-05:00'],
    ],
  ])('finds %s', (_, rule, anchor, expected) => {
    expect(localNext(rule, anchor, TORONTO, expected.length)).toEqual(expected)
  })

  it('finds nothing, in bounded work, for rules nothing satisfies', () => {
    const frame = { anchor: new Date('0001-01-01T00:00:00Z'), zone: 'UTC' }
    for (const rule of [
      'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
      'RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31',
      'RRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY',
      'RRULE:FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
      'RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300',
    ]) {
      expect(
        nextOccurrence(parseRecurrence(rule, 'UTC'), new Date('2020-01-01T00:00:00Z'), frame),
      ).toBeUndefined()
    }
  })

  it('stays within the calendar at its end', () => {
    const anchor = new Date('9999-12-29T12:00:00Z')
    const daily = parseRecurrence('RRULE:FREQ=DAILY', 'UTC')
    expect(nextOccurrence(daily, anchor, { anchor, zone: 'UTC' })?.toISOString()).toBe(
      '9999-12-30T12:00:00.000Z',
    )
    expect(nextOccurrence(daily, new Date('9999-12-30T12:00:00Z'), { anchor, zone: 'UTC' })).toBeUndefined()
  })

  it('agrees with the rrule package on floating times', () => {
    const weekdays = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), {
      maxLength: 3,
    })
    const part = (name: string, low: number, high: number) =>
      fc
        .uniqueArray(
          fc.integer({ min: low, max: high }).filter((n) => n !== 0),
          { maxLength: 2 },
        )
        .map((list) => (list.length > 0 ? `;${name}=${list.sort((a, b) => a - b).join(',')}` : ''))
    const ruleText = fc
      .record({
        frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
        interval: fc.integer({ min: 1, max: 5 }),
        weekdays,
        months: part('BYMONTH', 1, 12),
        monthDays: part('BYMONTHDAY', -5, 31),
        hours: part('BYHOUR', 1, 23),
        weekStart: fc.constantFrom('', ';WKST=SU', ';WKST=TH'),
      })
      .map(
        (r) =>
          `RRULE:FREQ=${r.frequency};INTERVAL=${r.interval}${r.weekdays.length > 0 ? `;BYDAY=${r.weekdays.join(',')}` : ''}${r.months}${r.monthDays}${r.hours}${r.weekStart}`,
      )
    const instant = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2020-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(ruleText, instant, fc.nat(1500), (text, start, later) => {
        const anchor = new Date(Math.floor(start.getTime() / 1000) * 1000)
        const after = new Date(anchor.getTime() + later * 86_400_000)
        const to = new Date(after.getTime() + 8 * 365 * 86_400_000)
        const expected = rrulestr(text, { dtstart: anchor }).between(
          after,
          to,
          true,
          (_, index) => index < 20,
        )
        const range = { from: after, to, limit: 20 }
        expect(occurrencesBetween(parseRecurrence(text, 'UTC'), range, { anchor, zone: 'UTC' })).toEqual(
          expected.slice(0, 20),
        )
      }),
      // the package takes seconds for some rules
      { numRuns: process.env.TOUCHSTONE_NIGHTLY ? 1000 : 60 },
    )
  })

  it('agrees with the rrule package on positions, numbered weekdays, week numbers and days of the year', () => {
    const anchor = new Date('2011-05-17T09:15:30Z')
    for (const text of [
      'RRULE:FREQ=YEARLY;BYWEEKNO=1,20,53,-1',
      'RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,SU;WKST=SU',
      'RRULE:FREQ=YEARLY;BYYEARDAY=1,100,-1',
      'RRULE:FREQ=YEARLY;BYDAY=20MO,-1FR',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR',
      'RRULE:FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3,-1',
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,16;BYSETPOS=-2',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=7',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;COUNT=40',
      'RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      'RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20120101T000000Z',
    ]) {
      const to = new Date('2031-01-01T00:00:00Z')
      const expected = rrulestr(text, { dtstart: anchor }).between(anchor, to, true).slice(0, 50)
      const range = { from: anchor, to, limit: 50 }
      expect(occurrencesBetween(parseRecurrence(text, 'UTC'), range, { anchor, zone: 'UTC' }), text).toEqual(
        expected,
      )
    }
  })
})

describe('recurrence text', () => {
  it.each([
    'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY',
    'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY;INTERVAL=7',
    'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
    'RRULE:FREQ=MONTHLY;INTERVAL=2;WKST=SU;COUNT=5;BYDAY=1MO,-1FR;BYSETPOS=1,-1;BYMONTH=1,2',
    'RRULE:FREQ=YEARLY;UNTIL=20200101T000000Z;BYMONTHDAY=-1;BYYEARDAY=1;BYWEEKNO=2;BYHOUR=8;BYMINUTE=30;BYSECOND=0',
    'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=SA\nRDATE:20120102T050000Z\nEXDATE:20120103T050000Z',
    '',
  ])('reads back what it prints: %j', (text) => {
    expect(printRecurrence(parseRecurrence(text, TORONTO))).toBe(text)
  })

  it('reads folded lines, lower case, zones and dates without a time', () => {
    const text =
      'dtstart;tzid=Europe/Berlin:20120101T000000\r\nrrule:freq=daily;int\r\n erval=2\r\nRDATE;VALUE=DATE:20120201,20120301'
    expect(printRecurrence(parseRecurrence(text, TORONTO))).toBe(
      'DTSTART:20111231T230000Z\nRRULE:FREQ=DAILY;INTERVAL=2\nRDATE:20120201T050000Z\nRDATE:20120301T050000Z',
    )
  })

  it.each([
    'RRULE:FREQ=SECONDLY',
    'RRULE:FREQ=MINUTELY;INTERVAL=5',
    'RRULE:FREQ=HOURLY',
    'RRULE:INTERVAL=2',
    'RRULE:',
    'RRULE:FREQ=DAILY;INTERVAL=0',
    'RRULE:FREQ=DAILY;INTERVAL=99999999999',
    'RRULE:FREQ=YEARLY;INTERVAL=11',
    'RRULE:FREQ=DAILY;FREQ=DAILY',
    'RRULE:FREQ=DAILY;COUNT=2;UNTIL=20200101',
    'RRULE:FREQ=DAILY;COUNT=100000',
    'RRULE:FREQ=DAILY;BYSETPOS=1',
    'RRULE:FREQ=DAILY;BYDAY=1MO',
    'RRULE:FREQ=WEEKLY;BYDAY=XX',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=0',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=32',
    'RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4',
    'RRULE:FREQ=DAILY;__PROTO__=1',
    'RRULE:FREQ=CONSTRUCTOR',
    'DTSTART:20121301T000000Z',
    'DTSTART:20120101T250000Z',
    'DTSTART;TZID=Nowhere/Land:20120101T000000',
    'EXDATE:yesterday',
    'SUMMARY:x',
    'every day',
    Array.from({ length: 9 }, () => 'RRULE:FREQ=DAILY').join('\n'),
    `RDATE:${Array.from({ length: 1001 }, () => '20120101').join(',')}`,
    ' '.repeat(20_001),
  ])('refuses %j', (text) => {
    expect(() => parseRecurrence(text, TORONTO)).toThrow(RefusedError)
  })

  it('reads or refuses anything, and what it reads can be evaluated', () => {
    const word = fc.constantFrom(
      'RRULE:',
      'EXRULE:',
      'DTSTART:',
      'FREQ=',
      'DAILY',
      'WEEKLY',
      'MONTHLY',
      'YEARLY',
      ';',
      'INTERVAL=',
      '3',
      '-1',
      ',',
      'BYDAY=',
      'MO',
      'BYSETPOS=',
      'BYWEEKNO=',
      'COUNT=',
      '\n',
      'EXDATE:',
      '20200101',
      'T000000Z',
      'BYMONTHDAY=',
      '31',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        try {
          const recurrence = parseRecurrence(words.join(''), TORONTO)
          nextOccurrence(recurrence, new Date('2020-01-01T00:00:00Z'), {
            anchor: new Date('2020-01-01T00:00:00Z'),
            zone: TORONTO,
          })
          expect(parseRecurrence(printRecurrence(recurrence), TORONTO)).toEqual(recurrence)
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('describeRecurrence', () => {
  it.each([
    ['RRULE:FREQ=DAILY', 'every day'],
    ['RRULE:FREQ=DAILY;INTERVAL=28', 'every 28 days'],
    ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH', 'every week on Tuesday and Thursday'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=1', 'every month on day 1'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,2MO', 'every 2 months on the last Friday and the 2nd Monday'],
    [
      'RRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15;COUNT=3',
      'every year in January and July on day 15 3 times',
    ],
    ['RRULE:FREQ=DAILY;BYHOUR=8;UNTIL=20200101', 'every day at 08:00 until 01 Jan 2020'],
    ['RRULE:FREQ=DAILY\nEXDATE:20191225', 'every day; except 25 Dec 2019'],
    ['RDATE:20191225', 'on 25 Dec 2019'],
    ['', 'never'],
  ])('says of %j: %s', (text, description) => {
    expect(describeRecurrence(parseRecurrence(text, TORONTO), TORONTO)).toBe(description)
  })
})

it('compares days as text', () => {
  expect(toDay('2019-12-31') < toDay('2020-01-01')).toBe(true)
})
