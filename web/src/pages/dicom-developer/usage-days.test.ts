import { expect, it } from 'vitest'
import { daysOfMonth, otherMonth } from './usage-days.ts'

it('fills the days of a month that is over', () => {
  const days = daysOfMonth({
    month: '2024-02',
    isCurrent: false,
    days: [{ day: '2024-02-03', read: 2, generate: 1 }],
  })
  expect(days).toHaveLength(29)
  expect(days[1]).toEqual({ day: '2024-02-02', read: 0, generate: 0 })
  expect(days[2]).toEqual({ day: '2024-02-03', read: 2, generate: 1 })
})

it('ends the current month at the last day with use', () => {
  const days = [{ day: '2026-11-02', read: 1, generate: 0 }]
  expect(daysOfMonth({ month: '2026-11', isCurrent: true, days }).map(({ read }) => read)).toEqual([0, 1])
  expect(daysOfMonth({ month: '2026-11', isCurrent: true, days: [] })).toEqual([])
})

it.each([
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2024-03', -1, '2024-02'],
] as const)('goes from %s by %d to %s', (month, step, other) => {
  expect(otherMonth(month, step)).toBe(other)
})
