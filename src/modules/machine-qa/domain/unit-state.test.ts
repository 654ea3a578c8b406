import { describe, expect, it } from 'vitest'
import { type GatingAssignment, type GatingSession, unitState } from './unit-state.ts'

const AT = { now: new Date('2019-07-25T14:00:00Z'), zone: 'America/Toronto' }

const session: GatingSession = {
  id: 7,
  workCompleted: new Date('2019-07-24T14:00:00Z'),
  passFail: new Set(['ok']),
  isValid: true,
  allReviewed: true,
}

const assignment: GatingAssignment = {
  id: 1,
  name: 'Daily',
  dueDate: new Date('2019-07-26T14:00:00Z'),
  frequency: { windowStartDays: null, windowEndDays: 0 },
  latest: session,
}

describe('unitState', () => {
  it.each([
    ['in order', {}, 'ok', ['Daily: in order']],
    [
      'at tolerance level',
      { latest: { ...session, passFail: new Set(['tolerance', 'ok']) } },
      'tolerance',
      ['Daily: a result is at tolerance level'],
    ],
    [
      'at action level',
      { latest: { ...session, passFail: new Set(['action', 'tolerance']) } },
      'failed',
      ['Daily: a result is at action level', 'Daily: a result is at tolerance level'],
    ],
    ['invalid', { latest: { ...session, isValid: false } }, 'failed', ['Daily: a result is invalid']],
    ['unreviewed', { latest: { ...session, allReviewed: false } }, 'unreviewed', ['Daily: not reviewed']],
    ['overdue', { dueDate: new Date('2019-07-25T14:00:00Z') }, 'overdue', ['Daily: overdue']],
    [
      'due only tomorrow',
      { dueDate: new Date('2019-07-26T03:59:00Z'), frequency: null },
      'ok',
      ['Daily: in order'],
    ],
    ['never done', { latest: null }, 'unknown', ['Daily: never done']],
    [
      'never done and overdue',
      { latest: null, dueDate: new Date('2019-07-20T14:00:00Z') },
      'overdue',
      ['Daily: overdue', 'Daily: never done'],
    ],
  ] as const)('of a unit whose QA is %s', (_, changes, state, texts) => {
    const found = unitState(
      { assignments: [{ ...assignment, ...changes } as GatingAssignment], openEvents: [] },
      AT,
    )
    expect([found.state, found.reasons.map(({ text }) => text)]).toEqual([state, texts])
  })

  it('is out of service while an event waits for its QA, and keeps the other reasons', () => {
    const event = { id: 3, title: 'Broken door', isReturned: false }
    const unreviewed = { ...assignment, latest: { ...session, allReviewed: false } }
    const found = unitState({ assignments: [unreviewed], openEvents: [event] }, AT)
    expect(found.state).toBe('out-of-service')
    expect(found.reasons.map(({ source }) => source.kind)).toEqual(['service-event', 'assignment'])
    expect(
      unitState({ assignments: [assignment], openEvents: [{ ...event, isReturned: true }] }, AT).state,
    ).toBe('ok')
  })

  it('is the worst of several assignments: what was never done is not made up for by others', () => {
    const never = { ...assignment, id: 2, name: 'Monthly', latest: null }
    expect(unitState({ assignments: [assignment, never], openEvents: [] }, AT)).toMatchObject({
      state: 'unknown',
      reasons: [{ text: 'Monthly: never done', source: { kind: 'assignment', id: 2, sessionId: null } }],
    })
  })

  it('is unknown without any assignment', () => {
    expect(unitState({ assignments: [], openEvents: [] }, AT).state).toBe('unknown')
    expect(
      unitState({ assignments: [], openEvents: [{ id: 1, title: 'x', isReturned: false }] }, AT).state,
    ).toBe('out-of-service')
  })
})
