import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { availabilityByMonth, totalAvailability, type UnitHours } from './unit-availability.ts'

const H = 3600
/** Sunday first: eight hours Monday to Friday. */
const WEEK = [0, 8 * H, 8 * H, 8 * H, 8 * H, 8 * H, 0]
const hours = (parts: Partial<UnitHours> = {}): UnitHours => ({
  accepted: toDay('2026-01-01'),
  weekly: [{ from: toDay('2026-01-01'), secondsByWeekday: WEEK }],
  exceptions: [],
  ...parts,
})
const months = (
  unit: UnitHours,
  from: string,
  to: string,
  costs: Parameters<typeof availabilityByMonth>[1] = [],
) => availabilityByMonth(unit, costs, toDay(from), toDay(to))

describe('potential hours', () => {
  it.each([
    // February 2026 begins on a Sunday and has 20 workdays; January 22 from Thursday the 1st
    ['a whole month', hours(), '2026-02-01', '2026-02-28', [160]],
    ['two months', hours(), '2026-01-01', '2026-02-28', [176, 160]],
    ['one Sunday', hours(), '2026-02-01', '2026-02-01', [0]],
    ['one Monday', hours(), '2026-02-02', '2026-02-02', [8]],
    ['days before acceptance', hours({ accepted: toDay('2026-02-16') }), '2026-02-01', '2026-02-28', [80]],
    [
      'a holiday and a Saturday of six hours',
      hours({
        exceptions: [
          { day: toDay('2026-02-16'), seconds: 0 },
          { day: toDay('2026-02-21'), seconds: 6 * H },
        ],
      }),
      '2026-02-01',
      '2026-02-28',
      [158],
    ],
    [
      'longer days from the middle of the month',
      hours({
        weekly: [
          { from: toDay('2026-02-16'), secondsByWeekday: WEEK.map((seconds) => (seconds > 0 ? 10 * H : 0)) },
          { from: toDay('2026-01-01'), secondsByWeekday: WEEK },
        ],
      }),
      '2026-02-01',
      '2026-02-28',
      [180],
    ],
    ['no week at all', hours({ weekly: [] }), '2026-02-01', '2026-02-28', [0]],
  ] as const)('are reckoned over %s', (_name, unit, from, to, expected) => {
    expect(months(unit, from, to).map(({ potentialS }) => potentialS / H)).toEqual(expected)
  })
})

it('takes what was lost off, in the month of the service', () => {
  const cost = (on: string, lost: number, service: number) => ({
    day: toDay(on),
    lostS: lost * H,
    serviceS: service * H,
  })
  const found = months(hours(), '2026-01-01', '2026-02-28', [
    cost('2026-02-03', 16, 20),
    cost('2026-02-28', 0, 1),
    cost('2025-12-31', 99, 99),
    cost('2026-03-01', 99, 99),
  ])
  expect(found).toEqual([
    { month: '2026-01', potentialS: 176 * H, serviceS: 0, lostS: 0, uptime: 1, events: 0 },
    { month: '2026-02', potentialS: 160 * H, serviceS: 21 * H, lostS: 16 * H, uptime: 0.9, events: 2 },
  ])
  expect(totalAvailability(found)).toEqual({
    potentialS: 336 * H,
    serviceS: 21 * H,
    lostS: 16 * H,
    uptime: 320 / 336,
    events: 2,
  })
})

it('knows no uptime where nothing was meant to be available, and none below zero', () => {
  const lost = { day: toDay('2026-02-02'), lostS: 100 * H, serviceS: 0 }
  expect(months(hours(), '2026-02-01', '2026-02-01')[0]?.uptime).toBeNull()
  expect(months(hours(), '2026-02-02', '2026-02-02', [lost])[0]?.uptime).toBe(0)
  expect(totalAvailability([]).uptime).toBeNull()
})
