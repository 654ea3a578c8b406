import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { daysLeft, deadlineOf, overrunDays, overrunsOf, responseDays, reviewDay } from './response-times.ts'
import type { Status } from './status.ts'

const START = new Date('2026-11-01T12:00:00Z')

it.each<[string, unknown, string, number | null]>([
  ['the default', undefined, 'target_not_met', 7],
  ['the default of what a report leaves out', { unknown: 5 }, 'near_target_met', 21],
  ['what the report says', { unknown: 5 }, 'unknown', 5],
  ['a text', { unknown: '5' }, 'unknown', 5],
  ['no deadline', { unknown: null }, 'unknown', null],
  ['an empty text as no deadline', { unknown: '' }, 'unknown', null],
  ['a time that cannot be', { unknown: -1 }, 'unknown', null],
  ['nothing for what needs none', {}, 'target_met', null],
])('gives %s', (_what, desired, status, expected) => {
  expect(responseDays(desired, status)).toBe(expected)
})

describe('deadlineOf', () => {
  it.each<[Status | null, Date | null, string | null, string | undefined]>([
    ['target_not_met', START, null, '2026-11-08T12:00:00.000Z'],
    ['near_target_met', START, null, '2026-11-22T12:00:00.000Z'],
    [null, START, null, '2026-11-04T12:00:00.000Z'],
    [null, null, null, undefined],
    ['debt_target_met', START, '2026-12-01', '2026-12-02T04:59:59.999Z'],
    ['debt_target_met', START, '2026-12-01T10:00', '2026-12-02T04:59:59.999Z'],
    ['debt_target_met', START, null, undefined],
    ['target_met', START, null, undefined],
    ['informative', START, null, undefined],
  ])('of %s since %s until %s', (status, statusStart, debtEndDate, expected) => {
    expect(deadlineOf({ status, statusStart, debtEndDate }, {}, 'America/Toronto')?.toISOString()).toBe(
      expected,
    )
  })
})

it('never has less than nothing left', () => {
  expect([
    daysLeft(START, new Date('2026-10-30T20:00:00Z')),
    daysLeft(START, new Date('2026-12-01T00:00:00Z')),
  ]).toEqual([2, 0])
})

it('adds up what took longer than agreed, equal statuses in one', () => {
  const span = (status: Status | null, from: number, to: number) => ({
    status,
    start: new Date(Date.UTC(2026, 10, from)),
    end: new Date(Date.UTC(2026, 10, to)),
  })
  const spans = [
    span('target_not_met', 1, 6),
    span('target_not_met', 6, 12),
    span('target_met', 12, 20),
    span(null, 20, 21),
  ]
  expect(overrunDays(spans, {})).toBe(4)
  expect(overrunsOf(spans, {})).toEqual([
    { ...span('target_not_met', 1, 12), actualDays: 11, desiredDays: 7 },
  ])
  expect(overrunDays(spans, { target_not_met: null })).toBe(0)
})

it('asks for a review after the agreed days', () => {
  expect([
    reviewDay({}, 'fixed', toDay('2026-11-22')),
    reviewDay({}, 'unconfirmed', toDay('2026-11-22')),
  ]).toEqual(['2026-11-29', null])
})
