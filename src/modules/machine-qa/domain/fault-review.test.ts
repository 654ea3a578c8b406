import { expect, it } from 'vitest'
import { isFaultReviewed, reviewsFor } from './fault-review.ts'

const GROUPS = [
  { id: 1, groupId: 10, required: true },
  { id: 2, groupId: 20, required: true },
  { id: 3, groupId: 30, required: false },
]

it.each([
  [[], [], false],
  [[], [null], true],
  [GROUPS, [], false],
  [GROUPS, [1], false],
  [GROUPS, [1, 3], false],
  [GROUPS, [1, 2], true],
  [GROUPS.slice(2), [3], true],
  [GROUPS.slice(2), [null], true],
  [GROUPS, [null], false],
])('with groups %j, reviewed for %j: %s', (groups, reviewedFor, reviewed) => {
  expect(isFaultReviewed(groups, reviewedFor)).toBe(reviewed)
})

it.each([
  [[], [], [null]],
  [GROUPS, [10, 30, 99], [1, 3]],
  [GROUPS, 'all', [1, 2, 3]],
  [GROUPS, [99], undefined],
] as const)('with groups %j, members of %j review for %j', (groups, memberOf, expected) => {
  expect(reviewsFor(groups, memberOf)).toEqual(expected)
})
