import { describe, expect, it } from 'vitest'
import { nextRun } from './scheduled-time.ts'

const MONDAYS = 'RRULE:FREQ=WEEKLY;BYDAY=MO'

describe('the next run', () => {
  it.each([
    // summer time ends on 1 November 2026 in Toronto: the wall clock stays at 07:00
    ['America/Toronto', MONDAYS, 420, '2026-10-26T11:00:00.000Z', '2026-11-02T12:00:00.000Z'],
    // summer time begins on 8 March 2026 in Toronto
    ['America/Toronto', 'RRULE:FREQ=DAILY', 420, '2026-03-07T12:00:00.000Z', '2026-03-08T11:00:00.000Z'],
    // 02:30 does not exist on that day
    ['America/Toronto', 'RRULE:FREQ=DAILY', 150, '2026-03-07T12:00:00.000Z', '2026-03-08T07:30:00.000Z'],
    ['Europe/London', MONDAYS, 0, '2026-10-19T00:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ['Australia/Lord_Howe', MONDAYS, 420, '2026-10-01T00:00:00.000Z', '2026-10-04T20:00:00.000Z'],
    ['UTC', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1', 465, '2026-11-01T07:45:00.000Z', '2026-12-01T07:45:00.000Z'],
  ])('in %s of %s at minute %d after %s is %s', (zone, recurrence, minuteOfDay, after, next) => {
    const anchor = new Date('2026-01-05T18:00:00Z')
    expect(nextRun({ recurrence, minuteOfDay }, { after: new Date(after), anchor, zone })).toEqual(
      new Date(next),
    )
  })

  it('is never when the rule has ended', () => {
    const recurrence = 'RRULE:FREQ=DAILY;UNTIL=20260101T000000Z'
    const at = new Date('2026-11-01T00:00:00Z')
    expect(nextRun({ recurrence, minuteOfDay: 0 }, { after: at, anchor: at, zone: 'UTC' })).toBeNull()
  })
})
