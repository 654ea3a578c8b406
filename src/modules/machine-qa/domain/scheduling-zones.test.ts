import { describe, expect, it } from 'vitest'
import { endOfDay, startOfDay, toDay, zoneDay } from '../../../core/calendar.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { dueStatus } from './due-status.ts'
import { nextDueDate, windowStart } from './scheduling.ts'

/** Daily without a window before, overdue on its own day; and with one, three days before and one after. */
function frequency(rule: string, windowStartDays: number | null, windowEndDays: number, zone: string) {
  return { recurrence: parseRecurrence(`RRULE:${rule}`, zone), windowStartDays, windowEndDays }
}

/*
 * When the clocks change, as the IANA database has it:
 * Toronto     8 March 2026 02:00 → 03:00 (UTC-5 → -4), 1 November 2026 02:00 → 01:00
 * London     29 March 2026 01:00 → 02:00 (UTC → +1), 25 October 2026 02:00 → 01:00
 * Sydney      5 April 2026 03:00 → 02:00 (UTC+11 → +10), 4 October 2026 02:00 → 03:00
 * Lord Howe   5 April 2026 02:00 → 01:30 (UTC+11 → +10:30), 4 October 2026 02:00 → 02:30
 */
describe('due dates across changes of the clocks', () => {
  it.each([
    // every day at the same clock time
    ['America/Toronto', 'FREQ=DAILY', '2026-03-07T11:00:00Z', '2026-03-08T10:00:00Z'],
    ['America/Toronto', 'FREQ=DAILY', '2026-10-31T10:00:00Z', '2026-11-01T11:00:00Z'],
    ['Europe/London', 'FREQ=DAILY', '2026-03-28T06:00:00Z', '2026-03-29T05:00:00Z'],
    ['Europe/London', 'FREQ=DAILY', '2026-10-24T05:00:00Z', '2026-10-25T06:00:00Z'],
    ['Australia/Sydney', 'FREQ=DAILY', '2026-04-03T19:00:00Z', '2026-04-04T20:00:00Z'],
    ['Australia/Sydney', 'FREQ=DAILY', '2026-10-02T20:00:00Z', '2026-10-03T19:00:00Z'],
    ['Australia/Lord_Howe', 'FREQ=DAILY', '2026-04-03T19:00:00Z', '2026-04-04T19:30:00Z'],
    ['Australia/Lord_Howe', 'FREQ=DAILY', '2026-10-02T19:30:00Z', '2026-10-03T19:00:00Z'],
    // every 28 days, over the change
    ['America/Toronto', 'FREQ=DAILY;INTERVAL=28', '2026-10-20T12:00:00Z', '2026-11-17T13:00:00Z'],
    ['Europe/London', 'FREQ=DAILY;INTERVAL=28', '2026-03-10T09:00:00Z', '2026-04-07T08:00:00Z'],
    // into the hour that is skipped: on by the length of the gap
    ['America/Toronto', 'FREQ=DAILY', '2026-03-07T07:30:00Z', '2026-03-08T07:30:00Z'],
    ['Europe/London', 'FREQ=DAILY', '2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z'],
    ['Australia/Sydney', 'FREQ=DAILY', '2026-10-02T16:30:00Z', '2026-10-03T16:30:00Z'],
    ['Australia/Lord_Howe', 'FREQ=DAILY', '2026-10-02T15:45:00Z', '2026-10-03T15:45:00Z'],
    // into the hour that comes twice: the earlier
    ['America/Toronto', 'FREQ=DAILY', '2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z'],
    ['Europe/London', 'FREQ=DAILY', '2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z'],
    ['Australia/Sydney', 'FREQ=DAILY', '2026-04-03T15:30:00Z', '2026-04-04T15:30:00Z'],
    ['Australia/Lord_Howe', 'FREQ=DAILY', '2026-04-03T14:45:00Z', '2026-04-04T14:45:00Z'],
  ])('in %s by %s after %s are %s', (zone, rule, completed, expected) => {
    const due = nextDueDate(new Date(completed), null, frequency(rule, null, 0, zone), zone)
    expect(due).toEqual(new Date(expected))
  })

  it.each([
    // done within the window of a due date after the change, whose clock time stays
    ['America/Toronto', '2026-11-02T12:00:00Z', '2026-10-31T15:00:00Z', '2026-11-09T12:00:00Z'],
    ['Europe/London', '2026-10-26T08:00:00Z', '2026-10-24T10:00:00Z', '2026-11-02T08:00:00Z'],
    ['Australia/Sydney', '2026-10-04T20:00:00Z', '2026-10-03T01:00:00Z', '2026-10-11T20:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T20:30:00Z', '2026-04-03T22:00:00Z', '2026-04-12T20:30:00Z'],
    // before the window: unchanged
    ['America/Toronto', '2026-11-02T12:00:00Z', '2026-10-30T03:59:00Z', '2026-11-02T12:00:00Z'],
  ])('in %s due %s and done %s on Mondays is due %s', (zone, due, completed, expected) => {
    const weekly = frequency('FREQ=WEEKLY;BYDAY=MO', 3, 1, zone)
    expect(nextDueDate(new Date(completed), new Date(due), weekly, zone)).toEqual(new Date(expected))
  })
})

describe('windows and what is overdue', () => {
  // the first instants of local days on which the clocks change, and of the days after
  it.each([
    ['America/Toronto', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
    ['America/Toronto', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.999Z'],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z'],
    ['Australia/Sydney', '2026-04-05', '2026-04-04T13:00:00.000Z', '2026-04-05T13:59:59.999Z'],
    ['Australia/Sydney', '2026-10-04', '2026-10-03T14:00:00.000Z', '2026-10-04T12:59:59.999Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', '2026-04-05T13:29:59.999Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00.000Z', '2026-10-04T12:59:59.999Z'],
  ])('in %s the day %s lasts from %s to %s', (zone, day, from, to) => {
    expect(startOfDay(toDay(day), zone).toISOString()).toBe(from)
    expect(endOfDay(toDay(day), zone).toISOString()).toBe(to)
  })

  it.each([
    ['America/Toronto', '2026-11-02T12:00:00Z', 3, '2026-10-30T04:00:00Z'],
    ['Europe/London', '2026-03-30T07:00:00Z', 3, '2026-03-27T00:00:00Z'],
    ['Australia/Sydney', '2026-10-05T20:00:00Z', 3, '2026-10-02T14:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-05T20:00:00Z', 3, '2026-10-02T13:30:00Z'],
  ])('in %s due %s open %d days before at %s', (zone, due, days, expected) => {
    expect(windowStart(new Date(due), days, zone)).toEqual(new Date(expected))
  })

  // due on the day of the change at 07:00 local, overdue from the next local midnight on
  it.each([
    ['America/Toronto', '2026-03-08T11:00:00Z', '2026-03-09T04:00:00Z'],
    ['America/Toronto', '2026-11-01T12:00:00Z', '2026-11-02T05:00:00Z'],
    ['Europe/London', '2026-03-29T06:00:00Z', '2026-03-29T23:00:00Z'],
    ['Europe/London', '2026-10-25T07:00:00Z', '2026-10-26T00:00:00Z'],
    ['Australia/Sydney', '2026-04-04T21:00:00Z', '2026-04-05T14:00:00Z'],
    ['Australia/Sydney', '2026-10-03T20:00:00Z', '2026-10-04T13:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T20:30:00Z', '2026-04-05T13:30:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T20:00:00Z', '2026-10-04T13:00:00Z'],
  ])('in %s what was due %s is overdue from %s on', (zone, due, from) => {
    const at = (instant: number) =>
      dueStatus(
        new Date(due),
        { windowStartDays: null, windowEndDays: 1 },
        { today: zoneDay(new Date(instant), zone), zone },
      )
    const boundary = Date.parse(from)
    expect(at(boundary - 1)).toBe('tolerance')
    expect(at(boundary)).toBe('action')
  })
})
