import { describe, expect, it } from 'vitest'
import { nextDueDays } from './recurrence-dates.ts'
import type { SimpleRecurrence } from './recurrence-text.ts'

const rule = (parts: Partial<SimpleRecurrence>): SimpleRecurrence => ({
  ...{ start: '2026-01-01', frequency: 'DAILY', interval: 1, weekdays: [] },
  ...parts,
})

describe('nextDueDays', () => {
  it.each([
    ['every third day', rule({ interval: 3 }), '2026-01-02', ['2026-01-04', '2026-01-07', '2026-01-10']],
    [
      'not before the first day',
      rule({ start: '2026-05-01' }),
      '2026-01-02',
      ['2026-05-01', '2026-05-02', '2026-05-03'],
    ],
    [
      'Monday and Thursday of every second week',
      rule({ frequency: 'WEEKLY', interval: 2, weekdays: ['MO', 'TH'] }),
      '2026-01-01',
      ['2026-01-01', '2026-01-12', '2026-01-15'],
    ],
    [
      'the weekday of the start',
      rule({ frequency: 'WEEKLY' }),
      '2026-01-02',
      ['2026-01-08', '2026-01-15', '2026-01-22'],
    ],
    [
      'months without the day are left out',
      rule({ frequency: 'MONTHLY', start: '2026-01-31' }),
      '2026-01-31',
      ['2026-01-31', '2026-03-31', '2026-05-31'],
    ],
    [
      'leap days',
      rule({ frequency: 'YEARLY', start: '2024-02-29' }),
      '2025-01-01',
      ['2028-02-29', '2032-02-29'],
    ],
    ['no day at all', rule({ start: '' }), '2026-01-01', []],
  ])('finds %s', (_name, recurrence, from, expected) => {
    expect(nextDueDays(recurrence, from, 3)).toEqual(expected)
  })
})
