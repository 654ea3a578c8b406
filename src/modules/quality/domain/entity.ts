import { parseDay, startOfDay } from '../../../core/calendar.ts'
import { parseInstant } from '../../../core/parse-instant.ts'
import { findEntityType } from './catalogue/catalogue.ts'

/** One thing that a source counted: its key, when it was first seen (ISO-8601), and attributes as texts. */
export type Entity = Readonly<Record<string, string>> & { readonly key: string }

export const JUDGEMENTS = ['unconfirmed', 'confirmed', 'false_positive', 'wont_fix', 'fixed'] as const
/** What people say about an entity. */
export type Judgement = (typeof JUDGEMENTS)[number]

export type EntityJudgement = {
  readonly status?: string
  /** day or time until which it holds; null for ever */
  readonly status_end_date?: string | null
  readonly rationale?: string | null
  /** ISO-8601; since when the source no longer reports the entity */
  readonly orphaned_since?: string
}

export type EntityJudgements = Readonly<Record<string, EntityJudgement>>

/** Entities that are kept of each source. */
export const MOST_ENTITIES = 250

const IGNORED: readonly string[] = ['false_positive', 'wont_fix', 'fixed']

/** Whether an entity does not count now. On the end date itself it counts again. */
export function isIgnored(judgement: EntityJudgement | undefined, now: Date, zone: string): boolean {
  if (judgement?.status === undefined || !IGNORED.includes(judgement.status)) return false
  const end = endOf(judgement.status_end_date, zone)
  return end === undefined || end >= now
}

function endOf(text: string | null | undefined, zone: string): Date | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const instant = parseInstant(text)
  if (instant) return instant
  const day = parseDay(text.slice(0, 10))
  return day && startOfDay(day, zone)
}

/** What the ignored entities make up: their number, or the sum of what is measured of them. */
export function ignoredValue(
  entities: readonly Entity[],
  judgements: EntityJudgements,
  measured: string | null,
  { now, zone }: { readonly now: Date; readonly zone: string },
): number {
  const ignored = entities.filter(({ key }) => isIgnored(ownJudgement(judgements, key), now, zone))
  if (measured === null) return ignored.length
  return Math.trunc(ignored.reduce((sum, entity) => sum + (Number(entity[measured] ?? 0) || 0), 0))
}

export function measuredAttribute(sourceType: string, metricType: string): string | null {
  return findEntityType(sourceType, metricType)?.measured ?? null
}

export function ownJudgement(judgements: EntityJudgements, key: string): EntityJudgement | undefined {
  return Object.hasOwn(judgements, key) ? judgements[key] : undefined
}

/** A key that stays in one piece in an address: `/` becomes `-`, `.` becomes `_`. */
export function safeKey(key: string): string {
  return key.replaceAll(/\/|%2f/gi, '-').replaceAll('.', '_')
}

/** What an entity is called in the changelog: its attributes without key and address. */
export function describeEntity(entity: Entity): string {
  return Object.entries(entity)
    .filter(([name]) => name !== 'key' && name !== 'url' && name !== 'first_seen' && name !== 'old_key')
    .map(([, value]) => String(value))
    .join('/')
}

const ORPHAN_DAYS = 21
const DAY_MS = 86_400_000

/**
 * What people said, carried over to a new reading: judgements follow a key that was renamed, and wait three weeks for
 * one that is gone.
 */
export function carryJudgements(
  before: EntityJudgements,
  entities: readonly Entity[],
  now: Date,
): EntityJudgements {
  const present = new Set(entities.map(({ key }) => key))
  const renamed = new Map(entities.flatMap(({ key, old_key }) => (old_key ? [[safeKey(old_key), key]] : [])))
  const carried = new Map<string, EntityJudgement>()
  for (const [oldKey, judgement] of Object.entries(before)) {
    const key = present.has(oldKey) ? oldKey : (renamed.get(oldKey) ?? oldKey)
    const kept = keep(judgement, present.has(key), now)
    if (kept && !(carried.has(key) && key !== oldKey)) carried.set(key, kept)
  }
  return Object.fromEntries(carried)
}

function keep(judgement: EntityJudgement, isPresent: boolean, now: Date): EntityJudgement | undefined {
  const { orphaned_since, ...rest } = judgement
  if (isPresent) return rest
  if (orphaned_since === undefined) return { ...rest, orphaned_since: now.toISOString() }
  const since = Date.parse(orphaned_since)
  return now.getTime() - since > ORPHAN_DAYS * DAY_MS ? undefined : judgement
}

/** Entities as they are kept: each key once, with the moment when it was first seen. */
export function keptEntities(
  found: readonly Entity[],
  before: readonly Entity[],
  now: Date,
): readonly Entity[] {
  const firstSeen = new Map(before.map(({ key, first_seen }) => [key, first_seen]))
  const kept: Entity[] = []
  for (const entity of found.slice(0, MOST_ENTITIES)) {
    const since = firstSeen.get(entity.key) ?? (entity.old_key && firstSeen.get(safeKey(entity.old_key)))
    kept.push({ ...entity, first_seen: since || now.toISOString() })
  }
  return kept
}
