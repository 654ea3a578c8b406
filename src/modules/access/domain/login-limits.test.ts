import { describe, expect, it } from 'vitest'
import { loginDelayS } from './login-limits.ts'

const NOW = new Date('2026-11-21T07:42:00Z')
const LIMITS = { perAccount: 3, perAddress: 5 }

function failures(agesS: readonly number[], of: 'account' | 'address' | 'both') {
  return agesS.map((age) => ({
    at: new Date(NOW.getTime() - age * 1000),
    sameAccount: of !== 'address',
    sameAddress: of !== 'account',
  }))
}

describe('the wait after failed log-ins', () => {
  it.each([
    ['none at first', [], 0],
    ['none below the limit', failures([1, 2], 'both'), 0],
    ['until the oldest of as many as the limit is a minute old', failures([10, 20, 30], 'account'), 30],
    ['until enough of them are', failures([5, 10, 20, 30], 'account'), 40],
    ['none for an account because of others from its address', failures([1, 2, 3, 4], 'address'), 0],
    ['for the address once it has its own number', failures([1, 2, 3, 4, 5], 'address'), 55],
    [
      'the longer of both',
      [...failures([50, 50, 50], 'account'), ...failures([1, 1, 1, 1, 1], 'address')],
      59,
    ],
    ['at least a second', failures([60, 60, 60], 'account'), 1],
  ])('%s', (_, given, expected) => {
    expect(loginDelayS(given, LIMITS, NOW)).toBe(expected)
  })
})
