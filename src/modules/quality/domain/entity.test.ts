import { describe, expect, it } from 'vitest'
import {
  carryJudgements,
  describeEntity,
  ignoredValue,
  isIgnored,
  keptEntities,
  MOST_ENTITIES,
  safeKey,
} from './entity.ts'

const ZONE = 'America/Toronto'
const NOW = new Date('2026-11-22T15:00:00Z')

it.each<[string, string | null | undefined, boolean]>([
  ['unconfirmed', null, false],
  ['confirmed', null, false],
  ['false_positive', null, true],
  ['false_positive', undefined, true],
  ['wont_fix', '', true],
  ['fixed', '2026-11-23', true],
  ['fixed', '2026-11-22', false],
  ['fixed', '2026-11-21', false],
  ['fixed', '2026-11-22T15:00:01Z', true],
  ['fixed', '2026-11-22T14:59:59Z', false],
  ['fixed', 'some day', true],
])('an entity that is %s until %s: ignored %s', (status, status_end_date, expected) => {
  const judgement = status_end_date === undefined ? { status } : { status, status_end_date }
  expect(isIgnored(judgement, NOW, ZONE)).toBe(expected)
})

it('counts what is ignored, or sums what is measured of it', () => {
  const entities = [
    { key: 'a', points: '3' },
    { key: 'b', points: '2.7' },
    { key: 'c', points: '5' },
  ]
  const judgements = { a: { status: 'wont_fix' }, b: { status: 'fixed' }, gone: { status: 'fixed' } }
  const at = { now: NOW, zone: ZONE }
  expect(ignoredValue(entities, judgements, null, at)).toBe(2)
  expect(ignoredValue(entities, judgements, 'points', at)).toBe(5)
  expect(ignoredValue([{ key: 'constructor' }], {}, null, at)).toBe(0)
})

describe('carryJudgements', () => {
  const fixed = { status: 'fixed', rationale: 'done' }

  it('keeps those of entities that are still there', () => {
    expect(carryJudgements({ a: fixed }, [{ key: 'a' }], NOW)).toEqual({ a: fixed })
  })

  it('waits three weeks for an entity that is gone', () => {
    const orphan = carryJudgements({ a: fixed }, [], NOW)
    expect(orphan).toEqual({ a: { ...fixed, orphaned_since: '2026-11-22T15:00:00.000Z' } })
    expect(carryJudgements(orphan, [], new Date('2026-12-13T15:00:00Z'))).toEqual(orphan)
    expect(carryJudgements(orphan, [], new Date('2026-12-13T15:00:00.001Z'))).toEqual({})
    expect(carryJudgements(orphan, [{ key: 'a' }], NOW)).toEqual({ a: fixed })
  })

  it('follows a key that was renamed, also when the old one was no address', () => {
    const entities = [{ key: 'new', old_key: 'old/one' }]
    expect(carryJudgements({ 'old-one': fixed }, entities, NOW)).toEqual({ new: fixed })
  })
})

it('remembers when an entity was first seen, and keeps no more than fit', () => {
  const before = [{ key: 'a', first_seen: '2026-01-01T00:00:00.000Z' }]
  const found = Array.from({ length: 300 }, (_, index) => ({ key: index === 0 ? 'a' : `k${index}` }))
  const kept = keptEntities(found, before, NOW)
  expect(kept).toHaveLength(MOST_ENTITIES)
  expect(kept[0]).toEqual({ key: 'a', first_seen: '2026-01-01T00:00:00.000Z' })
  expect(kept[1]).toEqual({ key: 'k1', first_seen: '2026-11-22T15:00:00.000Z' })
})

it('makes keys fit for addresses, and describes entities without them', () => {
  expect(safeKey('org/a.b%2Fc%2fd')).toBe('org-a_b-c-d')
  expect(describeEntity({ key: 'k', url: 'https://x', first_seen: 'x', name: 'a', severity: 'low' })).toBe(
    'a/low',
  )
})
