import { type Entity, safeKey } from '../domain/entity.ts'
import { textOf, textsOf } from '../domain/report-tree.ts'
import { compareVersions, normalVersion } from '../domain/version-number.ts'
import { SourceFailure, type SourceFindings, type SourceRequest } from './source-reader.ts'

/** Where a source was found, for people and for programs. */
export type Addresses = Pick<SourceFindings, 'apiUrl' | 'landingUrl'>

/** The first entity of each key, under keys that fit into addresses. */
export function distinctEntities(found: readonly Entity[]): readonly Entity[] {
  const byKey = new Map<string, Entity>()
  for (const entity of found) {
    const key = safeKey(entity.key)
    if (!byKey.has(key)) byKey.set(key, entity.key === key ? entity : { ...entity, key })
  }
  return [...byKey.values()]
}

/** As many as there are entities with different keys. */
export function countEntities(
  found: readonly Entity[],
  addresses: Addresses,
  total?: number,
): SourceFindings {
  const entities = distinctEntities(found)
  return {
    value: String(entities.length),
    ...(total === undefined ? {} : { total: String(total) }),
    entities,
    ...addresses,
  }
}

const DAY_MS = 86_400_000

/** Whole days from one moment to another, never negative. */
export function wholeDays(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
}

/** The age in days of what several files tell: the worst of them where less is better, else the best. */
export function ageFindings(
  { ctx, direction }: SourceRequest,
  dates: readonly Date[],
  addresses: Addresses,
): SourceFindings {
  const ages = dates.map((date) => wholeDays(date, ctx.now()))
  return { value: String(direction === '<' ? Math.max(...ages) : Math.min(...ages)), ...addresses }
}

/** The lowest of several versions; one that cannot be read counts as 0. */
export function versionFindings(
  versions: readonly string[],
  addresses: Addresses,
  infoMessage?: string,
): SourceFindings {
  const [lowest] = versions.map((version) => normalVersion(version) ?? '0').toSorted(compareVersions)
  if (lowest === undefined) throw new SourceFailure('parse', 'No version was found.')
  return { value: lowest, ...addresses, ...(infoMessage === undefined ? {} : { infoMessage }) }
}

/** A setting that holds a whole number, or its default where it is empty or none. */
export function numberOf(request: SourceRequest, key: string, byDefault: number): number {
  const text = (textOf(request.parameters, key) ?? '').trim()
  return /^\d{1,9}$/.test(text) ? Number(text) : byDefault
}

/** The words of a list that people wrote. */
export function wordsOf({ parameters }: SourceRequest, key: string): readonly string[] {
  return textsOf(parameters, key)
}

/** A whole number that a source wrote; what is missing is 0. @throws SourceFailure `parse` */
export function toCount(value: unknown, name: string): number {
  if (value === undefined || value === null || value === '') return 0
  const number = Number(value)
  if (typeof value === 'object' || !Number.isFinite(number))
    throw new SourceFailure('parse', `"${name}" is no number.`)
  return Math.floor(number + 0.5)
}
