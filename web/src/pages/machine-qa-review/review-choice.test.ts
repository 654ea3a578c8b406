import { describe, expect, it } from 'vitest'
import type {
  WirePassFail,
  WireResult,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { countOpen, partResults, statusesToStore } from './review-choice.ts'

const [OPEN, APPROVED, REJECTED] = [1, 2, 3]
const status = (id: number, requiresReview: boolean) => ({
  ...{ id, requiresReview, name: String(id), colour: '', isDefault: id === OPEN, valid: id !== REJECTED },
})
const statuses = [status(OPEN, true), status(APPROVED, false), status(REJECTED, false)]

const result = (resultId: number, passFail: WirePassFail, parts: Partial<WireResult> = {}): WireResult => ({
  ...{ resultId, passFail, statusId: OPEN, skipped: false, comment: '', value: 1, valueDisplay: '1' },
  ...{ diffDisplay: '', reviewedAt: null, reviewedBy: null, files: [], testId: 1, unitTestInfoId: 1 },
  ...{ macro: 'a', name: 'A', type: 'simple', category: { id: 1, name: 'c' }, description: '' },
  ...{ procedureAddress: null, choices: [], formatting: '', wrapLow: null, wrapHigh: null },
  ...{ constantValue: null, isCalculated: false, hidden: false, skipWithoutComment: false },
  ...{ requireComment: false, displayImage: false, sublist: null, reference: null, tolerance: null },
  ...{ attachments: [], history: [] },
  ...parts,
})

const RESULTS = [
  result(10, 'ok'),
  result(11, 'tolerance'),
  result(12, 'action'),
  result(13, 'ok', { comment: 'new chamber' }),
  result(14, 'no_tol'),
]

describe('a review', () => {
  it('has the worst first, and what was commented on among what needs eyes', () => {
    const { differences, passed } = partResults(RESULTS)
    expect(differences.map(({ resultId }) => resultId)).toEqual([12, 11, 13])
    expect(passed.map(({ resultId }) => resultId)).toEqual([10, 14])
  })

  it('approves what passed and leaves the rest open until it is decided', () => {
    const stored = statusesToStore({ results: RESULTS, statuses }, {}, APPROVED)
    expect(stored).toEqual({ 10: APPROVED, 11: OPEN, 12: OPEN, 13: OPEN, 14: APPROVED })
    expect(countOpen({ statuses }, stored)).toBe(3)
  })

  it('stores what was chosen before anything else', () => {
    const chosen = { 10: REJECTED, 11: APPROVED, 12: REJECTED, 13: APPROVED }
    const stored = statusesToStore({ results: RESULTS, statuses }, chosen, APPROVED)
    expect(stored).toEqual({ 10: REJECTED, 11: APPROVED, 12: REJECTED, 13: APPROVED, 14: APPROVED })
    expect(countOpen({ statuses }, stored)).toBe(0)
  })

  it('does not approve again what somebody decided before', () => {
    const results = [result(10, 'ok', { statusId: REJECTED })]
    expect(statusesToStore({ results, statuses }, {}, APPROVED)).toEqual({ 10: REJECTED })
  })
})
