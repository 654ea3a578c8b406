import { createHash } from 'node:crypto'
import type { ExpressionBuilder, Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { Entity } from '../domain/entity.ts'
import type { Measurement, Scales, SourceReading } from '../domain/measurement.ts'
import type { QualityTables } from './tables.ts'

/** A source's answer without the list of its entities, which is read only when asked for. */
export type StoredReading = Omit<SourceReading, 'entities'> & { readonly entityList: string | null }

export type StoredMeasurement = Omit<Measurement, 'sources'> & {
  readonly id: number
  readonly sources: readonly StoredReading[]
}

const COLUMNS = [
  'quality_measurement.id',
  'metric_id',
  'quality_measurement.report_id',
  'start_at',
  'end_at',
  'has_error',
  'scales',
  'sources',
  'issues',
  'parameter_hash',
  'change_id',
] as const

const CHUNK = 500

/** The newest measurement of each metric that has one. */
export async function findLatestMeasurements(
  db: Database,
  metricIds: readonly string[],
): Promise<ReadonlyMap<string, StoredMeasurement>> {
  const found = new Map<string, StoredMeasurement>()
  for (const ids of chunksOf(metricIds)) {
    const rows = await db
      .withTables<QualityTables>()
      .selectFrom('quality_metric_state')
      .innerJoin('quality_measurement', 'quality_measurement.id', 'quality_metric_state.latest_id')
      .select(COLUMNS)
      .where('quality_metric_state.id', 'in', ids)
      .execute()
    for (const row of rows) found.set(row.metric_id, measurementOf(row))
  }
  return found
}

/** The newest measurement of each metric that had begun at an instant and lasted beyond another. */
export async function findLatestMeasurementsAt(
  db: Database,
  metricIds: readonly string[],
  { at, since }: { readonly at: Date; readonly since: Date },
): Promise<ReadonlyMap<string, StoredMeasurement>> {
  const found = new Map<string, StoredMeasurement>()
  for (const ids of chunksOf(metricIds)) {
    const rows = await db
      .withTables<QualityTables>()
      .selectFrom('quality_measurement')
      .select(COLUMNS)
      // one step in the index for each metric, however often it was measured
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('quality_metric_state as state')
          .select((state) =>
            state
              .selectFrom('quality_measurement as earlier')
              .select('earlier.id')
              .whereRef('earlier.metric_id', '=', 'state.id')
              .where('earlier.start_at', '<=', at.toISOString())
              .orderBy('earlier.start_at', 'desc')
              .orderBy('earlier.id', 'desc')
              .limit(1)
              .as('newest'),
          )
          .where('state.id', 'in', ids),
      )
      .where('end_at', '>=', since.toISOString())
      .execute()
    for (const row of rows) found.set(row.metric_id, measurementOf(row))
  }
  return found
}

/** What a trend needs of a measurement. */
export type TrendPoint = {
  readonly metricId: string
  readonly start: Date
  readonly end: Date
  readonly scales: Scales
}

/** Measurements of metrics that overlap a time, oldest first. */
export async function findTrendPoints(
  db: Database,
  metricIds: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly TrendPoint[]> {
  const points: TrendPoint[] = []
  for (const ids of chunksOf(metricIds)) {
    const rows = await db
      .withTables<QualityTables>()
      .selectFrom('quality_measurement')
      .select(['metric_id', 'start_at', 'end_at', 'scales'])
      .where('metric_id', 'in', ids)
      .where('end_at', '>=', from.toISOString())
      .where('start_at', '<=', to.toISOString())
      .orderBy('start_at')
      .execute()
    for (const row of rows) points.push(pointOf(row))
  }
  return points
}

/** The last measurement of each day of each metric: enough for a small chart, however often was measured. */
export async function findDailyPoints(
  db: Database,
  metricIds: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly TrendPoint[]> {
  const points: TrendPoint[] = []
  for (const ids of chunksOf(metricIds)) {
    const rows = await db
      .withTables<QualityTables>()
      .selectFrom('quality_measurement')
      .select(['metric_id', 'start_at', 'end_at', 'scales'])
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('quality_measurement')
          .select(({ fn }) => fn.max('id').as('newest'))
          .where('metric_id', 'in', ids)
          .where('end_at', '>=', from.toISOString())
          // the index alone answers this: rows are read for the days that are kept
          .where('end_at', '<=', to.toISOString())
          .groupBy(['metric_id', dayOf(eb)]),
      )
      .orderBy('start_at')
      .execute()
    for (const row of rows) points.push(pointOf(row))
  }
  return points
}

function dayOf(eb: ExpressionBuilder<QualityTables, 'quality_measurement'>) {
  // both databases give the same days: ISO text in one, an instant in UTC in the other
  return eb.fn<string>('substr', [eb.cast<string>('end_at', 'text'), eb.lit(1), eb.lit(10)])
}

function pointOf(row: {
  readonly metric_id: string
  readonly start_at: string
  readonly end_at: string
  readonly scales: string
}): TrendPoint {
  return {
    metricId: row.metric_id,
    start: new Date(row.start_at),
    end: new Date(row.end_at),
    scales: JSON.parse(row.scales),
  }
}

/** All measurements of a metric until an instant, oldest first, without their entities. */
export async function findMeasurementsOf(
  db: Database,
  metricId: string,
  { until, limit }: { readonly until: Date; readonly limit: number },
): Promise<readonly StoredMeasurement[]> {
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_measurement')
    .select(COLUMNS)
    .where('metric_id', '=', metricId)
    .where('start_at', '<=', until.toISOString())
    .orderBy('start_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse().map(measurementOf)
}

export type Cursor = { readonly start: Date; readonly id: number }

/** One page of all measurements that overlap a time, by their start. */
export async function findMeasurementsBetween(
  db: Database,
  {
    from,
    to,
    after,
    limit,
  }: { readonly from: Date; readonly to: Date; readonly after: Cursor | undefined; readonly limit: number },
): Promise<readonly StoredMeasurement[]> {
  let query = db
    .withTables<QualityTables>()
    .selectFrom('quality_measurement')
    .select(COLUMNS)
    .where('end_at', '>=', from.toISOString())
    .where('start_at', '<=', to.toISOString())
    .orderBy('start_at')
    .orderBy('id')
    .limit(limit)
  if (after) {
    const start = after.start.toISOString()
    query = query.where((eb) =>
      eb.or([eb('start_at', '>', start), eb.and([eb('start_at', '=', start), eb('id', '>', after.id)])]),
    )
  }
  return (await query.execute()).map(measurementOf)
}

export async function findMeasurement(db: Database, id: number): Promise<StoredMeasurement | undefined> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_measurement')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && measurementOf(row)
}

/** Ids of the newest measurement of a metric, and of the newest without an error. */
export async function findMetricState(
  db: Database,
  metricId: string,
): Promise<{ readonly latestId: number; readonly latestGoodId: number | null } | undefined> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_metric_state')
    .select(['latest_id', 'latest_good_id'])
    .where('id', '=', metricId)
    .executeTakeFirst()
  return row && { latestId: row.latest_id, latestGoodId: row.latest_good_id }
}

/** A measurement with what its sources found. */
export async function withEntities(
  db: Database,
  measurement: StoredMeasurement,
): Promise<Measurement & { readonly id: number }> {
  const ids = measurement.sources.flatMap(({ entityList }) => entityList ?? [])
  const lists = await findEntityLists(db, ids)
  const sources = measurement.sources.map(({ entityList, ...reading }) => ({
    ...reading,
    entities: (entityList !== null && lists.get(entityList)) || [],
  }))
  return { ...measurement, sources }
}

export async function findEntityLists(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Entity[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_entity_list')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, entities }) => [id, JSON.parse(entities)]))
}

/** Stores a measurement as the newest of its metric. */
export async function insertMeasurement(db: Database, measurement: Measurement): Promise<number> {
  const tables = db.withTables<QualityTables>()
  const { row, lists } = rowsOf(measurement)
  for (const list of lists) {
    await tables
      .insertInto('quality_entity_list')
      .values(list)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
  const { id } = await tables
    .insertInto('quality_measurement')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  const good = measurement.hasError ? {} : { latest_good_id: id }
  await tables
    .insertInto('quality_metric_state')
    .values({
      id: measurement.metricId,
      report_id: measurement.reportId,
      latest_id: id,
      measurement_count: 1,
      ...good,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        report_id: measurement.reportId,
        latest_id: id,
        measurement_count: eb('quality_metric_state.measurement_count', '+', 1),
        ...good,
      })),
    )
    .execute()
  return id
}

/**
 * Stores many measurements of metrics that have none yet, such as those of a demonstration or of another system.
 *
 * @param measurements oldest first for each metric
 */
export async function insertMeasurements(db: Database, measurements: readonly Measurement[]): Promise<void> {
  const tables = db.withTables<QualityTables>()
  const made = measurements.map(rowsOf)
  const lists = new Map(made.flatMap(({ lists }) => lists.map((list) => [list.id, list] as const)))
  await insertMany(tables, 'quality_entity_list', [...lists.values()])
  await insertMany(
    tables,
    'quality_measurement',
    made.map(({ row }) => row),
  )
  const metricIds = [...new Set(measurements.map(({ metricId }) => metricId))]
  for (const ids of chunksOf(metricIds)) await rebuildStates(db, ids)
}

async function rebuildStates(db: Database, metricIds: readonly string[]): Promise<void> {
  const tables = db.withTables<QualityTables>()
  const rows = await tables
    .selectFrom('quality_measurement')
    .select((eb) => [
      'metric_id',
      eb.fn.max('report_id').as('report_id'),
      eb.fn.max('id').as('latest_id'),
      eb.fn.max(eb.case().when('has_error', '=', 0).then(eb.ref('id')).end()).as('good_id'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('metric_id', 'in', metricIds)
    .groupBy('metric_id')
    .execute()
  await insertMany(
    tables,
    'quality_metric_state',
    rows.map((row) => ({
      id: row.metric_id,
      report_id: row.report_id,
      latest_id: Number(row.latest_id),
      latest_good_id: row.good_id === null ? null : Number(row.good_id),
      measurement_count: Number(row.count),
    })),
  )
}

/** Lets a measurement go on. @returns whether it was still the newest of its metric */
export async function extendMeasurement(db: Database, id: number, until: Date): Promise<void> {
  await db
    .withTables<QualityTables>()
    .updateTable('quality_measurement')
    .set({ end_at: until })
    .where('id', '=', id)
    .where('end_at', '<', until.toISOString())
    .execute()
}

/** Only the newest measurement says which parameters it was made with. */
export async function forgetParameterHash(db: Database, id: number): Promise<void> {
  await db
    .withTables<QualityTables>()
    .updateTable('quality_measurement')
    .set({ parameter_hash: null })
    .where('id', '=', id)
    .execute()
}

/** Measurements ever made of metrics of these reports: grows with every new one. */
export async function countMeasurements(db: Database, reportIds: readonly string[]): Promise<number> {
  let count = 0
  for (const ids of chunksOf(reportIds)) {
    const row = await db
      .withTables<QualityTables>()
      .selectFrom('quality_metric_state')
      .select((eb) => eb.fn.sum<number>('measurement_count').as('count'))
      .where('report_id', 'in', ids)
      .executeTakeFirst()
    count += Number(row?.count ?? 0)
  }
  return count
}

/** A metric that went to another report takes its count along. */
export async function saveReportOfMetrics(
  db: Database,
  metricIds: readonly string[],
  reportId: string,
): Promise<void> {
  for (const ids of chunksOf(metricIds)) {
    await db
      .withTables<QualityTables>()
      .updateTable('quality_metric_state')
      .set({ report_id: reportId })
      .where('id', 'in', ids)
      .execute()
  }
}

function* chunksOf(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK)
}

function rowsOf(measurement: Measurement) {
  const lists: { readonly id: string; readonly entities: string }[] = []
  const sources = measurement.sources.map(({ entities, ...reading }): StoredReading => {
    if (entities.length === 0) return { ...reading, entityList: null }
    const text = JSON.stringify(entities)
    const id = createHash('sha256').update(text).digest('hex')
    lists.push({ id, entities: text })
    return { ...reading, entityList: id }
  })
  const row = {
    metric_id: measurement.metricId,
    report_id: measurement.reportId,
    start_at: measurement.start,
    end_at: measurement.end,
    has_error: measurement.hasError,
    scales: JSON.stringify(measurement.scales),
    sources: JSON.stringify(sources),
    issues: measurement.issues.length === 0 ? null : JSON.stringify(measurement.issues),
    parameter_hash: measurement.parameterHash,
    change_id: measurement.changeId,
  }
  return { row, lists }
}

function measurementOf(row: Selectable<QualityTables['quality_measurement']>): StoredMeasurement {
  return {
    id: row.id,
    metricId: row.metric_id,
    reportId: row.report_id,
    start: new Date(row.start_at),
    end: new Date(row.end_at),
    hasError: row.has_error === 1,
    scales: JSON.parse(row.scales),
    sources: JSON.parse(row.sources),
    issues: row.issues === null ? [] : JSON.parse(row.issues),
    parameterHash: row.parameter_hash,
    changeId: row.change_id,
  }
}
