import { describe, expect, it } from 'vitest'
import type { WireQueueItem } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { placeInRun, queuePath, reviewPath } from './queue-run.ts'

const item = (id: number): WireQueueItem => ({
  id,
  version: 1,
  assignmentId: 1,
  list: { id: 1, name: 'Daily' },
  unit: { id: 1, number: 1, name: 'Linac' },
  workCompleted: '2026-11-01T10:00:00Z',
  performedBy: null,
  flagged: false,
  counts: { ok: 1, tolerance: 0, action: 0, noTolerance: 0, notDone: 0, comments: 0 },
  passed: true,
  mayReview: true,
})
const RUN = [item(7), item(3), item(5)]

describe('a run of reviews', () => {
  it.each([
    [7, undefined, 3, 1],
    [3, 7, 5, 2],
    [5, 3, undefined, 3],
    [99, undefined, 7, 0],
  ])('leads from session %d to its neighbours', (id, previous, next, position) => {
    const place = placeInRun(RUN, id)
    expect([place.previous?.id, place.next?.id, place.position]).toEqual([previous, next, position])
  })

  it('keeps the filters of the queue in its addresses, and nothing else', () => {
    const search = { show: 'differences', unit: '3', page: '2', tab: 'x' }
    expect(reviewPath(5, search)).toBe('/machine-qa/review/5?show=differences&unit=3')
    expect(queuePath({})).toBe('/machine-qa/review')
  })
})
