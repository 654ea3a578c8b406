import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { PlacedInstance, StoredInstance, StoredSeries, StoredStudy } from '../domain/stored-study.ts'
import type { StudyScope } from '../domain/study-scope.ts'
import {
  INSTANCE_COLUMNS,
  IS_LIVE,
  inScope,
  splitModalities,
  toInstance,
  toSeries,
  toStudy,
} from './study-rows.ts'
import type { DicomTables } from './tables.ts'

/** What people look for; texts match parts, ignoring case. */
export type StudyFilter = {
  readonly bin: boolean
  /** in name, patient id, description, accession number or the study's UID */
  readonly text?: string
  readonly patientName?: string
  readonly patientId?: string
  readonly description?: string
  readonly accession?: string
  /** `YYYYMMDD`, both included */
  readonly dateFrom?: string
  readonly dateTo?: string
  /** studies with one of these */
  readonly modalities?: readonly string[]
}

export const STUDY_ORDERS = {
  studyDate: 'study_date',
  patientName: 'patient_name_folded',
  patientId: 'patient_id_folded',
  description: 'description_folded',
  accession: 'accession_number_folded',
  storedAt: 'created_at',
  instanceCount: 'instance_count',
} as const

export type StudyOrder = { readonly by: keyof typeof STUDY_ORDERS; readonly direction: 'asc' | 'desc' }
export type StudyPage = { readonly order: StudyOrder; readonly limit: number; readonly offset: number }

type Studies = SelectQueryBuilder<DicomTables, 'dicom_study', object>

export async function listStudies(
  db: Database,
  scope: StudyScope,
  filter: StudyFilter,
  { order, limit, offset }: StudyPage,
): Promise<{ readonly studies: readonly StoredStudy[]; readonly total: number }> {
  const found = filtered(db.withTables<DicomTables>().selectFrom('dicom_study'), scope, filter)
  const [rows, { total }] = await Promise.all([
    found
      .selectAll()
      .orderBy(STUDY_ORDERS[order.by], (column) =>
        order.direction === 'asc' ? column.asc().nullsLast() : column.desc().nullsLast(),
      )
      .orderBy('id', order.direction)
      .limit(limit)
      .offset(offset)
      .execute(),
    found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { studies: rows.map(toStudy), total: Number(total) }
}

const PARTS = [
  ['patientName', 'patient_name_folded'],
  ['patientId', 'patient_id_folded'],
  ['description', 'description_folded'],
  ['accession', 'accession_number_folded'],
] as const

function filtered(studies: Studies, scope: StudyScope, filter: StudyFilter): Studies {
  const { text, dateFrom, dateTo, modalities } = filter
  let query = studies
    .where((eb) => inScope(eb, scope))
    .where('deleted_at', filter.bin ? 'is not' : 'is', null)
  for (const [name, column] of PARTS) {
    const part = filter[name]
    if (part) query = query.where(containing(column, part))
  }
  if (text) {
    query = query.where((eb) =>
      eb.or([...PARTS.map(([, column]) => containing(column, text)), eb('study_uid', '=', text.trim())]),
    )
  }
  if (dateFrom) query = query.where('study_date', '>=', dateFrom)
  if (dateTo) query = query.where('study_date', '<=', dateTo)
  if (modalities && modalities.length > 0) {
    query = query.where((eb) =>
      eb.or(modalities.map((modality) => sql<SqlBool>`modalities like ${`%\\${modality}\\%`} escape '!'`)),
    )
  }
  return query
}

/** Names are stored with carets between their parts, which people type as blanks or commas. */
function containing(column: (typeof PARTS)[number][1], part: string) {
  const words = fold(part)
    .split(/[\s,^]+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replaceAll(/[!%_]/g, '!$&')}%`)
  return sql<SqlBool>`(${sql.join(
    words.map((word) => sql`${sql.ref(column)} like ${word} escape '!'`),
    sql` and `,
  )})`
}

/** Modalities of all studies of a scope. */
export async function listModalities(db: Database, scope: StudyScope): Promise<readonly string[]> {
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .select('modalities')
    .distinct()
    .where((eb) => inScope(eb, scope))
    .where('deleted_at', 'is', null)
    .execute()
  return [...new Set(rows.flatMap(({ modalities }) => splitModalities(modalities)))].sort()
}

export async function findStudy(
  db: Database,
  uid: string,
  scope: StudyScope,
  from: 'store' | 'bin' = 'store',
): Promise<StoredStudy | undefined> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .selectAll()
    .where('study_uid', '=', uid)
    .where('deleted_at', from === 'bin' ? 'is not' : 'is', null)
    .where((eb) => inScope(eb, scope))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row && toStudy(row)
}

export async function listSeriesOf(db: Database, studyId: number): Promise<readonly StoredSeries[]> {
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_series')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('series_number', (column) => column.asc().nullsLast())
    .orderBy('id')
    .execute()
  return rows.map(toSeries)
}

export type InstanceChoice = {
  readonly studyId: number
  readonly seriesUid?: string
  readonly instanceUid?: string
}

/** Instances in the order in which people look at them: by series, along the normal of slices, by number. */
export async function listInstancesOf(
  db: Database,
  { studyId, seriesUid, instanceUid }: InstanceChoice,
): Promise<readonly (StoredInstance & { readonly seriesUid: string })[]> {
  let query = db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance')
    .innerJoin('dicom_series', 'dicom_series.id', 'dicom_instance.series_id')
    .select([...INSTANCE_COLUMNS, 'dicom_series.series_uid'])
    .where('dicom_instance.study_id', '=', studyId)
  if (seriesUid !== undefined) query = query.where('dicom_series.series_uid', '=', seriesUid)
  if (instanceUid !== undefined) query = query.where('dicom_instance.instance_uid', '=', instanceUid)
  const rows = await query
    .orderBy('dicom_series.series_number', (column) => column.asc().nullsLast())
    .orderBy('dicom_series.id')
    .orderBy('dicom_instance.position_mm', (column) => column.asc().nullsLast())
    .orderBy('dicom_instance.instance_number', (column) => column.asc().nullsLast())
    .orderBy('dicom_instance.id')
    .execute()
  return rows.map((row) => ({ ...toInstance(row), seriesUid: row.series_uid }))
}

/** An instance of a study of the scope that is not in the bin. */
export async function findInstance(
  db: Database,
  uid: string,
  scope: StudyScope,
): Promise<PlacedInstance | undefined> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .innerJoin('dicom_instance', 'dicom_instance.study_id', 'dicom_study.id')
    .innerJoin('dicom_series', 'dicom_series.id', 'dicom_instance.series_id')
    .select([...INSTANCE_COLUMNS, 'dicom_study.study_uid', 'dicom_series.series_uid'])
    .where('dicom_instance.instance_uid', '=', uid)
    .where(IS_LIVE)
    .where((eb) => inScope(eb, scope))
    .executeTakeFirst()
  return row && { ...toInstance(row), studyUid: row.study_uid, seriesUid: row.series_uid }
}

/** Facts of the pixels of an instance as JSON; null where it has none. */
export async function findPixels(db: Database, instanceId: number): Promise<string | null> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance')
    .select('pixels')
    .where('id', '=', instanceId)
    .executeTakeFirst()
  return row?.pixels ?? null
}

/** Models of instances as JSON, by id. */
export async function findModels(
  db: Database,
  instanceIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (instanceIds.length === 0) return new Map()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance_model')
    .select(['instance_id', 'model'])
    .where('instance_id', 'in', [...instanceIds])
    .execute()
  return new Map(rows.map((row) => [row.instance_id, row.model]))
}

/** Where the bulk values of an instance lie, as JSON. */
export async function findBulkPlaces(db: Database, instanceId: number): Promise<string | undefined> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance_model')
    .select('bulk')
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  return row?.bulk
}
