import { describe, expect, it } from 'vitest'
import type { PassFail } from './pass-fail.ts'
import { countVerdicts, type JudgedBefore, rejudge } from './rejudge.ts'
import { NO_VALUE } from './test-result.ts'

const TEST = { type: 'simple', wrapLow: null, wrapHigh: null, hidden: false } as const
const TOLERANCE = { kind: 'percent', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 } as const
const HUNDRED_TWO = { kind: 'numerical', value: 102 } as const

const judged = (value: number | null, passFail: PassFail, skipped = false): JudgedBefore => ({
  result: { ...NO_VALUE, value },
  skipped,
  passFail,
})

describe('rejudge', () => {
  it.each<[string, JudgedBefore, PassFail]>([
    ['what was beyond action level lies within tolerance of the new reference', judged(104, 'action'), 'ok'],
    ['what was in order no longer is', judged(98, 'ok'), 'action'],
    ['what stays in order', judged(102, 'ok'), 'ok'],
    ['what was skipped stays not done', judged(null, 'not_done', true), 'not_done'],
  ])('%s', (_, result, after) => {
    const [found] = rejudge(TEST, [result], { reference: HUNDRED_TWO, tolerance: TOLERANCE })
    expect(found).toMatchObject({ before: result.passFail, after })
  })

  it('judges nothing without a reference', () => {
    const [found] = rejudge(TEST, [judged(104, 'action')], { reference: null, tolerance: null })
    expect(found?.after).toBe('no_tol')
  })

  it('counts by what was and what would be, page after page', () => {
    const first = countVerdicts([
      { before: 'action', after: 'ok' },
      { before: 'ok', after: 'ok' },
    ])
    expect(countVerdicts([{ before: 'action', after: 'ok' }], first)).toEqual([
      { before: 'action', after: 'ok', count: 2 },
      { before: 'ok', after: 'ok', count: 1 },
    ])
  })
})
