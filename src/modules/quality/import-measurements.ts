import { type Context, inTransaction } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { RefusedError } from '../../core/refusal.ts'
import { type Entity, keptEntities } from './domain/entity.ts'
import { type IssueStatus, judge, type Measurement, type SourceReading } from './domain/measurement.ts'
import { readMetric } from './domain/metric.ts'
import { canonical } from './domain/next-measurement.ts'
import { parameterHash } from './domain/parameter-hash.ts'
import type { MetricItem } from './domain/report-tree.ts'
import { insertMeasurements } from './store/measurements.ts'

/** What all sources of a metric said at a time. */
export type PastReading = {
  readonly at: Date
  /** by the place of the source in the metric */
  readonly sources: readonly {
    readonly value: string | null
    readonly total?: string
    readonly entities?: readonly Entity[]
    readonly connectionError?: string
    readonly landingUrl?: string
  }[]
  readonly issues?: readonly IssueStatus[]
}

/**
 * Makes measurements of readings of the past, for a metric that has none yet. Readings that say the same as the one
 * before let it go on.
 *
 * @param readings oldest first
 */
export function pastMeasurements(
  item: MetricItem,
  reportId: string,
  readings: readonly PastReading[],
  { zone, until }: { readonly zone: string; readonly until: Date },
): readonly Measurement[] {
  const metric = readMetric(item)
  const hash = parameterHash(item)
  const made: Measurement[] = []
  let known = ''
  for (const { at, sources, issues = [] } of readings) {
    const text = canonical([sources, issues])
    const before = made.at(-1)
    // the one before lasted until shortly before this one, as if it had been measured every quarter of an hour
    if (before)
      made[made.length - 1] = { ...before, end: text === known ? at : new Date(at.getTime() - 900_000) }
    if (text === known) continue
    known = text
    const read = item.sources.map(({ id }, index) =>
      readingOf(id, sources[index], before?.sources[index], at),
    )
    const judged = judge(metric, item.sources, read, issues, before, {
      now: at,
      today: zoneDay(at, zone),
      zone,
    })
    made.push({
      metricId: item.id,
      reportId,
      start: at,
      end: at,
      ...judged,
      sources: read,
      issues,
      parameterHash: null,
      changeId: null,
    })
  }
  const last = made.at(-1)
  if (last) made[made.length - 1] = { ...last, end: until, parameterHash: hash }
  return made
}

function readingOf(
  sourceId: string,
  said: PastReading['sources'][number] | undefined,
  before: SourceReading | undefined,
  at: Date,
): SourceReading {
  const value = said?.value ?? null
  return {
    sourceId,
    value,
    total: value === null ? null : (said?.total ?? '100'),
    entities: keptEntities(said?.entities ?? [], before?.entities ?? [], at),
    judgements: {},
    connectionError: said?.connectionError ?? null,
    parseError: null,
    infoMessage: null,
    apiUrl: said?.landingUrl ?? null,
    landingUrl: said?.landingUrl ?? null,
  }
}

/** Stores measurements of the past. Only the system does that, for a demonstration or another system's data. */
export function importMeasurements(ctx: Context, measurements: readonly Measurement[]): Promise<void> {
  if (ctx.actor.kind !== 'system')
    throw new RefusedError({ kind: 'not-permitted', permission: 'quality.measurement.import' })
  return inTransaction(ctx, (tx) => insertMeasurements(tx.db, measurements))
}
