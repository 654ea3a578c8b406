import { describe, expect, it } from 'vitest'
import {
  awaitsReview,
  defaultStatusId,
  isAllReviewed,
  isValidSession,
  ownReviewProblem,
  SHIPPED_STATUSES,
  statusOfResult,
} from './result-status.ts'

describe('statusOfResult', () => {
  const facts = {
    explicit: null,
    default: 'unreviewed',
    rules: { ok: 'approved', tolerance: 'look', not_done: 'approved' },
    passFail: 'ok',
    skipped: false,
    hasComment: false,
  } as const

  it.each([
    ['reviews automatically by rule', {}, 'approved', true],
    ['has no rule for action', { passFail: 'action' }, 'unreviewed', false],
    ['has no rule set', { rules: null }, 'unreviewed', false],
    ['has a comment', { hasComment: true }, 'unreviewed', false],
    [
      'is skipped with a comment',
      { passFail: 'not_done', hasComment: true, skipped: true },
      'approved',
      true,
    ],
    ['was given a status', { explicit: 'rejected' }, 'rejected', false],
  ] as const)('of a result that %s', (_, changes, status, isAutoReviewed) => {
    expect(statusOfResult<string>({ ...facts, ...changes })).toEqual({ status, isAutoReviewed })
  })
})

describe('statuses of a session', () => {
  const [unreviewed, approved, rejected] = SHIPPED_STATUSES

  it.each([
    ['approved only', [approved], true, true],
    ['one unreviewed', [approved, unreviewed], false, true],
    ['one rejected', [approved, rejected], true, false],
    ['none', [], true, true],
  ])('%s', (_, statuses, allReviewed, valid) => {
    const given = statuses.filter((status) => status !== undefined)
    expect([isAllReviewed(given), isValidSession(given)]).toEqual([allReviewed, valid])
  })

  it('wait for review once complete', () => {
    expect(awaitsReview({ inProgress: false, allReviewed: false })).toBe(true)
    expect(awaitsReview({ inProgress: true, allReviewed: false })).toBe(false)
    expect(awaitsReview({ inProgress: false, allReviewed: true })).toBe(false)
  })

  it('ship with one default', () => {
    expect(SHIPPED_STATUSES.filter(({ isDefault }) => isDefault).map(({ slug }) => slug)).toEqual([
      'unreviewed',
    ])
  })
})

it.each([
  ['the first', [], { id: 1, isDefault: false }, 1],
  ['a newly marked one', [{ id: 1, isDefault: true }], { id: 2, isDefault: true }, 2],
  ['an unmarked one beside a default', [{ id: 1, isDefault: true }], { id: 2, isDefault: false }, 1],
  ['the default itself, unmarked', [{ id: 1, isDefault: true }], { id: 1, isDefault: false }, 1],
])('after saving %s the default is right', (_, others, saved, expected) => {
  expect(defaultStatusId(others, saved)).toBe(expected)
})

it('refuses to review own sessions without the permission', () => {
  const problem = 'You do not have the required permission to review your own tests.'
  expect(ownReviewProblem({ isOwn: true, mayReviewOwn: false })).toBe(problem)
  expect(ownReviewProblem({ isOwn: true, mayReviewOwn: true })).toBeUndefined()
  expect(ownReviewProblem({ isOwn: false, mayReviewOwn: false })).toBeUndefined()
})
