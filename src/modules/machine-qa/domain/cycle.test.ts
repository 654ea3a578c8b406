import { describe, expect, it } from 'vitest'
import { dayLabel, dayProblem, nextDay } from './cycle.ts'

const LIST = { kind: 'list' } as const
const TWO_DAYS = { kind: 'cycle', days: 2 } as const

describe('nextDay', () => {
  it.each([
    [LIST, null, 0],
    [LIST, 0, 0],
    [TWO_DAYS, null, 0],
    [TWO_DAYS, 0, 1],
    [TWO_DAYS, 1, 0],
    [TWO_DAYS, 7, 0],
  ])('of %j after day %j is %d', (collection, lastDay, day) => {
    expect(nextDay(collection, lastDay)).toBe(day)
  })
})

describe('dayProblem', () => {
  it.each([
    [TWO_DAYS, null, "You must include the 'day' key when performing a Test List Cycle"],
    [TWO_DAYS, 2, "'2' is not a valid day for this Test Collection.  Day must be between 0 & 1"],
    [TWO_DAYS, -1, "'-1' is not a valid day for this Test Collection.  Day must be between 0 & 1"],
    [LIST, 1, "'1' is not a valid day for this Test Collection.  Day must be between 0 & 0"],
    [TWO_DAYS, 1, undefined],
    [LIST, 0, undefined],
    [LIST, null, undefined],
  ])('of %j on day %j is %j', (collection, day, problem) => {
    expect(dayProblem(collection, day)).toBe(problem)
  })
})

it('labels days by number or by list', () => {
  expect([dayLabel('day', 0, 'Monthly A'), dayLabel('tlname', 0, 'Monthly A')]).toEqual([
    'Day 1',
    'Monthly A',
  ])
})
