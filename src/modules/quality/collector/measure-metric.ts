import { type Context, inTransaction } from '../../../context.ts'
import { findSourceType, parametersFor } from '../domain/catalogue/catalogue.ts'
import type { SourceReading } from '../domain/measurement.ts'
import { readMetric } from '../domain/metric.ts'
import { nextMeasurement, type Reading } from '../domain/next-measurement.ts'
import { parameterHash } from '../domain/parameter-hash.ts'
import { type MetricItem, objectOf, type SourceItem, textOf } from '../domain/report-tree.ts'
import { circumstancesOf, latestMeasurement, storeMeasurement } from '../measure-again.ts'
import { metricWithSources } from '../place.ts'
import type { Quality } from '../quality.ts'
import { openParameters } from '../sealed-parameters.ts'
import { findItem } from '../store/items.ts'
import { extendMeasurement, findMeasurement, findMetricState, withEntities } from '../store/measurements.ts'
import { combineSources } from './combine-sources.ts'
import { findReader } from './readers.ts'
import { type FetchSource, SourceFailure, type SourceFindings } from './source-reader.ts'

/** Why a metric is not measured at all, though nothing failed. */
export type Unmeasured = 'gone' | 'no-source' | 'no-reader' | 'incomplete'

/** Reads all sources of a metric at the same time and stores what is news. */
export async function measureMetric(
  ctx: Context,
  quality: Quality,
  metricId: string,
  fetch: FetchSource,
): Promise<Unmeasured | 'measured'> {
  const stored = await findItem(ctx.db, metricId)
  if (stored?.kind !== 'metric') return 'gone'
  const item = await metricWithSources(ctx, stored)
  const reason = unmeasuredBecause(item)
  if (reason) return reason
  const readings = await Promise.all(
    item.sources.map((source) => readSource(ctx, quality, item, source, fetch)),
  )
  const sources = combineSources(item, readMetric(item).typeKey, readings, ctx.now())
  await recordReading(ctx, metricId, { sources, issues: [], parameterHash: parameterHash(item) })
  return 'measured'
}

/** Whether everything is there that measuring needs. */
export function unmeasuredBecause(item: MetricItem): Unmeasured | undefined {
  const metricType = textOf(item.attributes, 'type') ?? ''
  if (item.sources.length === 0) return 'no-source'
  const types = item.sources.map((source) => textOf(source.attributes, 'type') ?? '')
  // a kind of source that does not fit the metric is a mistake that people see; one that nobody reads yet is not theirs
  if (
    types.some((type) => findSourceType(type)?.metrics.includes(metricType) && !findReader(type, metricType))
  )
    return 'no-reader'
  return item.sources.every((source) => isComplete(source, metricType)) ? undefined : 'incomplete'
}

function isComplete({ attributes }: SourceItem, metricType: string): boolean {
  const type = textOf(attributes, 'type') ?? ''
  const given = objectOf(attributes.parameters)
  return Object.entries(parametersFor(type, metricType)).every(([key, { mandatory, value, kind }]) => {
    if (!mandatory || kind === 'date' || value !== '') return true
    const filled = given[key]
    return filled !== undefined && filled !== null && filled !== ''
  })
}

async function readSource(
  ctx: Context,
  quality: Quality,
  item: MetricItem,
  source: SourceItem,
  fetch: FetchSource,
): Promise<SourceReading> {
  const { typeKey, direction } = readMetric(item)
  const reader = findReader(textOf(source.attributes, 'type') ?? '', typeKey)
  // of a kind that does not fit: it has no value, and people see why
  if (!reader) return readingOf(source, { value: null })
  const parameters = openParameters(quality.access.keys, source.attributes)
  try {
    const found = await reader({ ctx, quality, metricType: typeKey, direction, parameters, fetch })
    return readingOf(source, found)
  } catch (error) {
    return readingOf(source, { value: null }, failureOf(error))
  }
}

/** Anything may be wrong with what others send; it ends as the error of that source. */
function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new SourceFailure('parse', text.slice(0, 1000), { cause: error })
}

function readingOf(
  { id }: SourceItem,
  found: Omit<SourceFindings, 'value'> & { readonly value: string | null },
  failure?: SourceFailure,
): SourceReading {
  return {
    sourceId: id,
    value: found.value,
    total: found.value === null ? null : (found.total ?? '100'),
    entities: found.entities ?? [],
    judgements: {},
    connectionError: failure?.kind === 'connection' ? failure.message : null,
    parseError: failure?.kind === 'parse' ? failure.message : null,
    infoMessage: found.infoMessage ?? null,
    apiUrl: found.apiUrl ?? null,
    landingUrl: found.landingUrl ?? found.apiUrl ?? null,
  }
}

/** Stores a reading of a metric as a new measurement, or lets the newest go on where nothing changed. */
export function recordReading(ctx: Context, metricId: string, reading: Reading): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const stored = await findItem(tx.db, metricId)
    if (stored?.kind !== 'metric') return
    const item = await metricWithSources(tx, stored)
    const latest = await latestMeasurement(tx, metricId)
    const known = {
      reportId: stored.reportId,
      latest,
      latestGood: latest?.hasError ? await latestGoodMeasurement(tx, metricId) : latest,
      ofOriginal: latest ? undefined : await measurementOfOriginal(tx, item),
    }
    const next = nextMeasurement(item, reading, known, circumstancesOf(tx))
    if (next.kind === 'extend' && latest) await extendMeasurement(tx.db, latest.id, tx.now())
    if (next.kind === 'store') await storeMeasurement(tx, next.measurement, latest?.id)
  })
}

async function latestGoodMeasurement(tx: Context, metricId: string) {
  const state = await findMetricState(tx.db, metricId)
  const stored = state?.latestGoodId ? await findMeasurement(tx.db, state.latestGoodId) : undefined
  return stored && withEntities(tx.db, stored)
}

async function measurementOfOriginal(tx: Context, { attributes }: MetricItem) {
  const original = textOf(attributes, 'copied_from')
  return original === null ? undefined : latestMeasurement(tx, original)
}
