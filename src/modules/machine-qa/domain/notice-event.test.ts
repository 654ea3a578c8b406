import { describe, expect, it } from 'vitest'
import { isScheduledEvent, isWithin, NOTICE_EVENTS, wantsServiceEntry, wantsSession } from './notice-event.ts'

const EVERYTHING = { unitIds: [], listIds: [], groupIds: [] }

describe('subscriptions', () => {
  it.each([
    ['session.completed', 'ok', true],
    ['session.completed', 'action', true],
    ['session.tolerance', 'ok', false],
    ['session.tolerance', 'tolerance', true],
    ['session.tolerance', 'action', true],
    ['session.action', 'tolerance', false],
    ['session.action', 'action', true],
    ['service.any', 'action', false],
  ] as const)('to %s want a session of level %s: %s', (event, level, expected) => {
    expect(wantsSession(event, level)).toBe(expected)
  })

  it.each([
    ['service.any', 'deleted', true],
    ['service.status', 'status', true],
    ['service.status', 'new', false],
    ['session.completed', 'new', false],
  ])('to %s want an entry %s of the service log: %s', (event, kind, expected) => {
    expect(wantsServiceEntry(event, kind)).toBe(expected)
  })

  it.each([
    [EVERYTHING, { unitId: 1 }, true],
    [{ ...EVERYTHING, unitIds: [1] }, { unitId: 1 }, true],
    [{ ...EVERYTHING, unitIds: [1] }, { unitId: 2 }, false],
    [{ ...EVERYTHING, unitIds: [1] }, { unitId: null }, false],
    [{ ...EVERYTHING, listIds: [5] }, { unitId: 1, listId: 6 }, false],
    [{ ...EVERYTHING, listIds: [5] }, { unitId: 1 }, true],
    [{ ...EVERYTHING, groupIds: [7] }, { unitId: 1, groupIds: [8] }, false],
    [{ ...EVERYTHING, groupIds: [7] }, { unitId: 1, groupIds: [8, 7] }, true],
    [{ ...EVERYTHING, groupIds: [7] }, { unitId: 1 }, true],
  ])('narrowed to %j hold %j: %s', (scope, place, expected) => {
    expect(isWithin(scope, place)).toBe(expected)
  })

  it('know which of them have times of their own', () => {
    expect(Object.keys(NOTICE_EVENTS).filter(isScheduledEvent)).toEqual([
      'schedule.due',
      'schedule.due-and-upcoming',
      'schedule.upcoming',
      'session.unreviewed',
      'fault.unreviewed',
    ])
  })
})
