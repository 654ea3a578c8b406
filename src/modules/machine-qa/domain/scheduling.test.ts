import { describe, expect, it } from 'vitest'
import { formatOffsetDateTime, nearestInstant, toDay } from '../../../core/calendar.ts'
import { parseRecurrence, printRecurrence } from '../../../core/recurrence-text.ts'
import { dueGroup, dueStatus, dueWindow } from './due-status.ts'
import { type Frequency, nominalIntervalDays, SHIPPED_FREQUENCIES, shippedRecurrence } from './frequency.ts'
import { nextDueDate, type ScheduledSession, scheduledDueDate, scheduleHistory } from './scheduling.ts'

const ZONE = 'America/Toronto'

function makeFrequency(rule: string, windowStartDays: number | null = null, windowEndDays = 0): Frequency {
  return { recurrence: parseRecurrence(`RRULE:${rule}`, ZONE), windowStartDays, windowEndDays }
}

/** `2018-11-20 07:00` on the clocks of Toronto. */
function local(text: string): Date {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number)
  return nearestInstant({ year, month, day, hour, minute, second: 0, millisecond: 0 }, ZONE)
}

function shown(instant: Date | null): string | null {
  return instant && formatOffsetDateTime(instant, ZONE).slice(0, 16).replace('T', ' ')
}

const DAILY = makeFrequency('FREQ=DAILY')
const MWF = makeFrequency('FREQ=WEEKLY;BYDAY=MO,WE,FR', 0)
const FIRST_OF_MONTH = makeFrequency('FREQ=MONTHLY;BYMONTHDAY=1', 7, 7)
const WEDNESDAYS = makeFrequency('FREQ=WEEKLY;BYDAY=WE', 1)

describe('nextDueDate', () => {
  it.each([
    ['daily classic', DAILY, null, '2018-11-20 06:00', '2018-11-21 06:00'],
    ['daily classic', DAILY, '2018-11-19 12:00', '2018-11-20 06:00', '2018-11-21 06:00'],
    ['daily classic, long overdue', DAILY, '2018-01-01 12:00', '2018-11-20 06:00', '2018-11-21 06:00'],
    [
      '28 days classic',
      makeFrequency('FREQ=DAILY;INTERVAL=28'),
      '2018-11-20 07:00',
      '2018-11-20 07:00',
      '2018-12-18 07:00',
    ],
    [
      '300 days classic',
      makeFrequency('FREQ=DAILY;INTERVAL=300'),
      null,
      '2018-11-20 07:00',
      '2019-09-16 07:00',
    ],
    ['MWF', MWF, '2018-11-19 07:00', '2018-11-19 06:00', '2018-11-21 07:00'],
    ['MWF', MWF, '2018-11-19 07:00', '2018-11-19 08:00', '2018-11-21 07:00'],
    ['MWF before the window', MWF, '2018-11-21 07:00', '2018-11-20 07:00', '2018-11-21 07:00'],
    ['MWF before the window', MWF, '2018-11-26 07:00', '2018-11-24 07:00', '2018-11-26 07:00'],
    ['MWF', MWF, '2020-05-11 07:00', '2020-05-16 07:00', '2020-05-18 07:00'],
    ['MWF', MWF, '2018-11-23 07:00', '2018-11-24 07:00', '2018-11-26 07:00'],
    ['1st of month', FIRST_OF_MONTH, '2018-12-01 07:00', '2018-11-20 07:00', '2018-12-01 07:00'],
    ['1st of month', FIRST_OF_MONTH, '2018-12-01 07:00', '2018-11-29 07:00', '2019-01-01 07:00'],
    ['1st of month', FIRST_OF_MONTH, '2018-12-01 07:00', '2018-11-30 07:00', '2019-01-01 07:00'],
    ['1st of month', FIRST_OF_MONTH, '2018-11-01 07:00', '2018-11-01 07:00', '2018-12-01 07:00'],
    ['1st of month', FIRST_OF_MONTH, '2018-11-01 07:00', '2018-11-02 07:00', '2018-12-01 07:00'],
    ['1st of month, long after', FIRST_OF_MONTH, '2018-09-01 07:00', '2018-11-29 07:00', '2019-01-01 07:00'],
    ['weekly Wednesday', WEDNESDAYS, '2018-11-28 07:00', '2018-11-26 07:00', '2018-11-28 07:00'],
    ['weekly Wednesday', WEDNESDAYS, '2018-11-28 07:00', '2018-11-27 07:00', '2018-12-05 07:00'],
    ['weekly Wednesday', WEDNESDAYS, '2018-11-28 07:00', '2018-11-28 07:00', '2018-12-05 07:00'],
  ])('%s', (_, frequency, dueDate, completed, expected) => {
    const due = dueDate === null ? null : local(dueDate)
    expect(shown(nextDueDate(local(completed), due, frequency, ZONE))).toBe(expected)
  })

  it('keeps the clock time of the due date when the clocks change', () => {
    const next = nextDueDate(local('2019-03-08 09:00'), local('2019-03-08 07:00'), MWF, ZONE)
    expect(shown(next)).toBe('2019-03-11 07:00')
  })

  it('keeps the due date when the rule has ended', () => {
    const ended = makeFrequency('FREQ=DAILY;UNTIL=20180101', 0)
    const due = local('2018-01-01 07:00')
    expect(nextDueDate(local('2018-01-02 07:00'), due, ended, ZONE)).toEqual(due)
  })
})

describe('scheduleHistory', () => {
  const done: ScheduledSession = {
    workCompleted: local('2018-11-20 07:00'),
    inProgress: false,
    includeForScheduling: true,
    isValid: true,
  }
  const later = { ...done, workCompleted: local('2018-11-22 07:00') }

  it.each([
    ['no session', [], { kind: 'never-done' }],
    ['the newest by completion', [later, done], { kind: 'done', completed: later.workCompleted }],
    [
      'not one in progress',
      [done, { ...later, inProgress: true }],
      { kind: 'done', completed: done.workCompleted },
    ],
    [
      'not one outside scheduling',
      [done, { ...later, includeForScheduling: false }],
      { kind: 'done', completed: done.workCompleted },
    ],
    [
      'not an invalid one',
      [done, { ...later, isValid: false }],
      { kind: 'done', completed: done.workCompleted },
    ],
    ['only an invalid one', [{ ...done, isValid: false }], { kind: 'only-invalid' }],
    ['only one outside scheduling', [{ ...done, includeForScheduling: false }], { kind: 'never-done' }],
  ] as const)('counts %s', (_, sessions, history) => {
    expect(scheduleHistory(sessions)).toEqual(history)
  })
})

describe('scheduledDueDate', () => {
  const now = local('2018-12-01 07:00')
  const dueDate = local('2018-11-19 07:00')
  const done = { kind: 'done', completed: local('2018-11-20 06:00') } as const

  it.each([
    ['schedules', { autoSchedule: true, frequency: DAILY, dueDate }, done, '2018-11-21 06:00'],
    ['leaves a manual date', { autoSchedule: false, frequency: DAILY, dueDate }, done, '2018-11-19 07:00'],
    ['leaves ad hoc work', { autoSchedule: true, frequency: null, dueDate: null }, done, null],
    [
      'leaves what was never done',
      { autoSchedule: true, frequency: DAILY, dueDate: null },
      { kind: 'never-done' },
      null,
    ],
    [
      'makes due what was only done invalidly',
      { autoSchedule: true, frequency: DAILY, dueDate },
      { kind: 'only-invalid' },
      '2018-12-01 07:00',
    ],
  ] as const)('%s', (_, assignment, history, expected) => {
    expect(shown(scheduledDueDate(assignment, history, { now, zone: ZONE }))).toBe(expected)
  })
})

describe('dueStatus', () => {
  const weekly = { windowStartDays: null, windowEndDays: 2 }
  const daily = { windowStartDays: null, windowEndDays: 0 }
  const today = toDay('2018-11-20')
  /** The due date of work done some days ago that recurs after an interval. */
  const dueAfter = (intervalDays: number, daysAgo: number) =>
    new Date(local('2018-11-20 09:00').getTime() + (intervalDays - daysAgo) * 86_400_000)

  it.each([
    ['nothing due', null, weekly, 'no_tol'],
    ['weekly, done 6 days ago', dueAfter(7, 6), weekly, 'ok'],
    ['weekly, done 7 days ago', dueAfter(7, 7), weekly, 'tolerance'],
    ['weekly, done 8 days ago', dueAfter(7, 8), weekly, 'tolerance'],
    ['weekly, done 10 days ago', dueAfter(7, 10), weekly, 'action'],
    ['daily, done yesterday', dueAfter(1, 1), daily, 'action'],
    ['ad hoc, due today', dueAfter(0, 0), null, 'tolerance'],
    ['ad hoc, due yesterday', dueAfter(0, 1), null, 'action'],
  ] as const)('%s', (_, dueDate, frequency, status) => {
    expect(dueStatus(dueDate, frequency, { today, zone: ZONE })).toBe(status)
  })

  it('compares local dates', () => {
    const lateEvening = new Date('2018-11-21T04:30:00Z')
    expect(dueStatus(lateEvening, null, { today, zone: ZONE })).toBe('tolerance')
    expect(dueStatus(lateEvening, null, { today, zone: 'UTC' })).toBe('ok')
  })
})

describe('dueWindow', () => {
  const due = local('2018-11-20 09:00')
  it.each([
    [{ windowStartDays: null, windowEndDays: 2 }, '2018-11-20', '2018-11-22'],
    [{ windowStartDays: 7, windowEndDays: 7 }, '2018-11-13', '2018-11-27'],
    [null, '2018-11-20', '2018-11-20'],
  ])('of %j is %s to %s', (frequency, from, to) => {
    expect(dueWindow(due, frequency, ZONE)).toEqual({ from, to })
  })
})

describe('dueGroup', () => {
  it.each([
    ['2018-11-20', '2018-11-20', 'due-and-overdue'],
    ['2018-11-01', '2018-11-20', 'due-and-overdue'],
    ['2018-11-23', '2018-11-20', 'this-week'],
    ['2018-11-24', '2018-11-20', 'next-week'],
    ['2018-11-30', '2018-11-20', 'next-week'],
    ['2018-11-30', '2018-11-12', 'this-month'],
    ['2018-12-01', '2018-11-20', 'next-month'],
    ['2018-12-31', '2018-11-20', 'next-month'],
    ['2019-01-01', '2018-11-20', undefined],
    ['2018-11-30', '2018-11-24', 'this-week'],
    ['2019-02-28', '2019-01-31', 'next-month'],
  ])('of %s on %s is %s', (due, today, group) => {
    expect(dueGroup(toDay(due), toDay(today), { isDoneToday: false })).toBe(group)
  })

  it('hides what is due this week and was done today', () => {
    expect(dueGroup(toDay('2018-11-23'), toDay('2018-11-20'), { isDoneToday: true })).toBeUndefined()
    expect(dueGroup(toDay('2018-11-20'), toDay('2018-11-20'), { isDoneToday: true })).toBe('due-and-overdue')
  })
})

describe('shipped frequencies', () => {
  it.each([
    ['Daily', 'FREQ=DAILY', 1],
    ['Weekly', 'FREQ=DAILY;INTERVAL=7', 7],
    ['Monthly', 'FREQ=DAILY;INTERVAL=28', 28],
    ['Semi-Annual', 'FREQ=DAILY;INTERVAL=180', 180],
    ['Annual', 'FREQ=DAILY;INTERVAL=300', 300],
    ['Tues-Thurs', 'FREQ=WEEKLY;BYDAY=TU,TH', 3],
    ['MWF', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', 2],
  ])('%s recurs by %s, about every %d days', (name, rule, interval) => {
    const [frequency] = SHIPPED_FREQUENCIES.filter((each) => each.name === name)
    const recurrence = frequency && shippedRecurrence(frequency, ZONE)
    expect(recurrence && printRecurrence(recurrence)).toBe(`DTSTART:20120101T050000Z\nRRULE:${rule}`)
    expect(recurrence && nominalIntervalDays(recurrence, ZONE)).toBe(interval)
  })

  it('sorts what hardly ever recurs last', () => {
    expect(nominalIntervalDays(parseRecurrence('RDATE:20200101T000000Z', ZONE), ZONE)).toBe(2192)
  })
})
