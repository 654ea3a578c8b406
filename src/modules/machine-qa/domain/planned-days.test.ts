import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { expectedPerSpan, firstOfMonth, monthBounds, plannedDays } from './planned-days.ts'

const ZONE = 'America/Toronto'
const NOVEMBER = { from: toDay('2026-11-01'), to: toDay('2026-11-30') }
const rule = (text: string) => parseRecurrence(text, ZONE)

describe('days on which work falls due again', () => {
  it('count on from the due date, across the change of the clock', () => {
    // clocks go back on 1 November 2026
    const due = new Date('2026-10-30T12:00:00Z')
    expect(plannedDays(rule('RRULE:FREQ=WEEKLY'), due, NOVEMBER, ZONE)).toEqual([
      '2026-11-06',
      '2026-11-13',
      '2026-11-20',
      '2026-11-27',
    ])
  })

  it('leave out the due date itself', () => {
    const due = new Date('2026-11-27T12:00:00Z')
    expect(plannedDays(rule('RRULE:FREQ=DAILY'), due, NOVEMBER, ZONE)).toEqual([
      '2026-11-28',
      '2026-11-29',
      '2026-11-30',
    ])
  })

  it('are none in a span that is over before it is due', () => {
    expect(plannedDays(rule('RRULE:FREQ=DAILY'), new Date('2026-12-05T12:00:00Z'), NOVEMBER, ZONE)).toEqual(
      [],
    )
  })
})

describe('months', () => {
  it('are bounded by their first days, over the end of a year', () => {
    expect(monthBounds(toDay('2026-11-01'), 4)).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
      '2027-03-01',
    ])
    expect(firstOfMonth(toDay('2024-02-29'))).toBe('2024-02-01')
  })

  it('expect as many sessions as the rule occurs in them', () => {
    const bounds = monthBounds(toDay('2026-01-01'), 3)
    const anchor = new Date('2026-01-01T05:00:00Z')
    expect(expectedPerSpan(rule('RRULE:FREQ=DAILY'), bounds, { anchor, zone: ZONE })).toEqual([31, 28, 31])
    expect(expectedPerSpan(rule('RRULE:FREQ=MONTHLY'), bounds, { anchor, zone: ZONE })).toEqual([1, 1, 1])
    expect(expectedPerSpan(rule('RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR'), bounds, { anchor, zone: ZONE })).toEqual(
      [13, 12, 13],
    )
  })

  it.each([
    [7, [4, 4, 4]],
    [28, [1, 1, 1]],
    [180, [0, 0, 0]],
  ])('expect what recurs every %d days as often as surely fits', (interval, expected) => {
    const bounds = monthBounds(toDay('2026-01-01'), 3)
    const every = rule(`RRULE:FREQ=DAILY;INTERVAL=${interval}`)
    const frame = { anchor: new Date('2012-01-01T05:00:00Z'), zone: ZONE }
    expect(expectedPerSpan(every, bounds, frame)).toEqual(expected)
  })
})
