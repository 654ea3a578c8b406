import { sql } from 'kysely'
import type { Database, DatabaseKind } from '../../../platform/database/database.ts'
import type { Interim, ServiceSnapshot } from '../domain/service-snapshot.ts'
import type {
  BenchAnalysis,
  BenchPartition,
  BenchRequest,
  BenchSample,
  BenchWorksheet,
} from '../domain/workflow/bench.ts'
import type { LimsTables } from './tables.ts'

export type BenchRoots = {
  readonly samples: readonly number[]
  readonly partitions: readonly number[]
  readonly requests: readonly number[]
  readonly analyses: readonly number[]
  readonly worksheets: readonly number[]
}

/** The samples that some things belong to; for worksheets, those of the analyses on them. */
export async function findSampleIdsOf(db: Database, roots: BenchRoots): Promise<readonly number[]> {
  const tables = db.withTables<LimsTables>()
  const { partitions, requests, analyses, worksheets } = roots
  const [ofPartitions, ofRequests, ofAnalyses, ofWorksheets] = await Promise.all([
    partitions.length === 0
      ? []
      : tables.selectFrom('lims_partition').select('sample_id').where('id', 'in', partitions).execute(),
    requests.length === 0
      ? []
      : tables.selectFrom('lims_request').select('sample_id').where('id', 'in', requests).execute(),
    analyses.length === 0
      ? []
      : tables
          .selectFrom('lims_request')
          .select('sample_id')
          .where(
            'id',
            'in',
            tables
              .selectFrom('lims_analysis')
              .select('request_id')
              .where('id', 'in', analyses)
              .where('request_id', 'is not', null)
              .$castTo<{ request_id: number }>(),
          )
          .execute(),
    worksheets.length === 0
      ? []
      : tables
          .selectFrom('lims_request')
          .select('sample_id')
          .where(
            'id',
            'in',
            tables
              .selectFrom('lims_analysis')
              .select('request_id')
              .where('worksheet_id', 'in', worksheets)
              .where('request_id', 'is not', null)
              .$castTo<{ request_id: number }>(),
          )
          .execute(),
  ])
  const found = [...ofPartitions, ...ofRequests, ...ofAnalyses, ...ofWorksheets].map(
    ({ sample_id }) => sample_id,
  )
  return [...new Set([...roots.samples, ...found])].sort((a, b) => a - b)
}

/**
 * Keeps others from moving the same samples until the transaction ends: each would not see what the other did to their
 * siblings. SQLite has one writer anyway.
 */
export async function lockSamples(db: Database, kind: DatabaseKind, ids: readonly number[]): Promise<void> {
  if (kind === 'sqlite' || ids.length === 0) return
  await sql`select id from lims_sample where id in (${sql.join(ids)}) order by id for update`.execute(db)
}

export async function lockWorksheets(
  db: Database,
  kind: DatabaseKind,
  ids: readonly number[],
): Promise<void> {
  if (kind === 'sqlite' || ids.length === 0) return
  await sql`select id from lims_worksheet where id in (${sql.join(ids)}) order by id for update`.execute(db)
}

export async function findBenchSamples(
  db: Database,
  ids: readonly number[],
): Promise<readonly BenchSample[]> {
  if (ids.length === 0) return []
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_sample')
    .select([
      'id',
      'state',
      'cancelled',
      'sampler',
      'scheduled_sampling_sampler',
      'sampling_date',
      'date_sampled',
      'date_received',
      'date_expired',
      'date_disposed',
      'rejection_reasons',
    ])
    .where('id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    cancelled: row.cancelled === 1,
    sampler: row.sampler,
    scheduledSamplingSampler: row.scheduled_sampling_sampler,
    samplingDate: instant(row.sampling_date),
    dateSampled: instant(row.date_sampled),
    dateReceived: instant(row.date_received),
    dateExpired: instant(row.date_expired),
    dateDisposed: instant(row.date_disposed),
    rejectionReasons: list(row.rejection_reasons),
  }))
}

export async function findBenchPartitions(
  db: Database,
  sampleIds: readonly number[],
): Promise<readonly BenchPartition[]> {
  if (sampleIds.length === 0) return []
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_partition')
    .leftJoin('lims_container', 'lims_container.id', 'lims_partition.container_id')
    .select([
      'lims_partition.id',
      'sample_id',
      'state',
      'cancelled',
      'lims_partition.preservation_id',
      'pre_preserved',
      'date_preserved',
      'preserver',
    ])
    .where('sample_id', 'in', sampleIds)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sampleId: row.sample_id,
    state: row.state,
    cancelled: row.cancelled === 1,
    needsPreservation: row.preservation_id !== null && row.pre_preserved !== 1,
    datePreserved: instant(row.date_preserved),
    preserver: row.preserver,
  }))
}

export async function findBenchRequests(
  db: Database,
  sampleIds: readonly number[],
): Promise<readonly BenchRequest[]> {
  if (sampleIds.length === 0) return []
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_request')
    .select([
      'id',
      'sample_id',
      'state',
      'cancelled',
      'assigned',
      'date_received',
      'date_verified',
      'date_published',
      'due_date',
      'rejection_reasons',
    ])
    .where('sample_id', 'in', sampleIds)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sampleId: row.sample_id,
    state: row.state,
    cancelled: row.cancelled === 1,
    assigned: row.assigned === 1,
    dateReceived: instant(row.date_received),
    dateVerified: instant(row.date_verified),
    datePublished: instant(row.date_published),
    dueDate: instant(row.due_date),
    rejectionReasons: list(row.rejection_reasons),
  }))
}

/** Analyses of some requests and of some worksheets. */
export async function findBenchAnalyses(
  db: Database,
  by: {
    readonly requestIds: readonly number[]
    readonly worksheetIds: readonly number[]
    readonly ids: readonly number[]
  },
): Promise<readonly BenchAnalysis[]> {
  const conditions = [
    by.requestIds.length > 0 ? sql<boolean>`request_id in (${sql.join(by.requestIds)})` : undefined,
    by.worksheetIds.length > 0 ? sql<boolean>`worksheet_id in (${sql.join(by.worksheetIds)})` : undefined,
    by.ids.length > 0 ? sql<boolean>`id in (${sql.join(by.ids)})` : undefined,
  ].filter((condition) => condition !== undefined)
  if (conditions.length === 0) return []
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_analysis')
    .selectAll()
    .where(sql<boolean>`(${sql.join(conditions, sql` or `)})`)
    .execute()
  const snapshots = new Map(rows.map((row) => [row.id, JSON.parse(row.snapshot) as ServiceSnapshot]))
  const attached = await findAttached(
    db,
    rows.flatMap(({ id }) => (snapshots.get(id)?.attachmentRequired ? [id] : [])),
  )
  return rows.map((row) => {
    const snapshot = snapshots.get(row.id)
    return {
      id: row.id,
      kind: row.kind,
      requestId: row.request_id,
      partitionId: row.partition_id,
      worksheetId: row.worksheet_id,
      position: row.position,
      originalId: row.original_id,
      retestOfId: row.retest_of_id,
      objectId: row.object_id,
      keyword: row.keyword,
      pointOfCapture: row.point_of_capture,
      state: row.state,
      cancelled: row.cancelled === 1,
      retested: row.retested === 1,
      result: row.result,
      interimsComplete: (JSON.parse(row.interims) as readonly Interim[]).every(
        ({ value, allow_empty }) => allow_empty === true || String(value ?? '').trim() !== '',
      ),
      attachmentMissing: snapshot?.attachmentRequired === true && !attached.has(row.id),
      needs: snapshot?.needs ?? [],
      analyst: row.analyst,
      maxTimeAllowedS: snapshot?.maxTimeAllowedS ?? null,
      dueDate: instant(row.due_date),
      submittedById: row.submitted_by_id,
      submittedAt: instant(row.submitted_at),
      verificators: list(row.verificators),
      verifiedAt: instant(row.verified_at),
      datePublished: instant(row.date_published),
      requiredVerifications: row.required_verifications,
      mayVerifyOwn: row.may_verify_own === 1,
    }
  })
}

async function findAttached(db: Database, ids: readonly number[]): Promise<ReadonlySet<number | null>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_attachment')
    .select('analysis_id')
    .distinct()
    .where('analysis_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ analysis_id }) => analysis_id))
}

export async function findBenchWorksheets(
  db: Database,
  ids: readonly number[],
): Promise<readonly BenchWorksheet[]> {
  if (ids.length === 0) return []
  return db
    .withTables<LimsTables>()
    .selectFrom('lims_worksheet')
    .select(['id', 'state', 'analyst'])
    .where('id', 'in', ids)
    .execute()
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

function list(text: string): readonly string[] {
  return JSON.parse(text) as readonly string[]
}
