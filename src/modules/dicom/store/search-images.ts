import { type RawBuilder, type Selectable, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { ImageLevel, ImageSearch, SearchCondition } from '../domain/search-attributes.ts'
import type { StoredInstance, StoredSeries, StoredStudy } from '../domain/stored-study.ts'
import type { StudyScope } from '../domain/study-scope.ts'
import { INSTANCE_COLUMNS, IS_LIVE, inScope, toInstance, toSeries, toStudy } from './study-rows.ts'
import type { DicomTables } from './tables.ts'

/** What a search found, with the levels above. */
export type FoundStudy = { readonly study: StoredStudy }
export type FoundSeries = FoundStudy & { readonly series: StoredSeries }
export type FoundInstance = FoundSeries & { readonly instance: StoredInstance }

export async function searchStudies(
  db: Database,
  scope: StudyScope,
  search: ImageSearch,
): Promise<readonly FoundStudy[]> {
  const rows = await matchingStudies(db, scope, search)
    .selectAll('dicom_study')
    .orderBy('dicom_study.study_date', (column) => column.desc().nullsLast())
    .orderBy('dicom_study.id', 'desc')
    .limit(search.limit)
    .offset(search.offset)
    .execute()
  return rows.map((row) => ({ study: toStudy(row) }))
}

export async function searchSeries(
  db: Database,
  scope: StudyScope,
  search: ImageSearch,
): Promise<readonly FoundSeries[]> {
  const rows = await matchingSeries(db, scope, search)
    .selectAll('dicom_series')
    .orderBy('dicom_series.study_id', 'desc')
    .orderBy('dicom_series.series_number', (column) => column.asc().nullsLast())
    .orderBy('dicom_series.id')
    .limit(search.limit)
    .offset(search.offset)
    .execute()
  const studies = await studiesById(
    db,
    rows.map((row) => row.study_id),
  )
  return rows.flatMap((row) => {
    const study = studies.get(row.study_id)
    return study ? [{ study, series: toSeries(row) }] : []
  })
}

export async function searchInstances(
  db: Database,
  scope: StudyScope,
  search: ImageSearch,
): Promise<readonly FoundInstance[]> {
  const rows = await matchingInstances(db, scope, search)
    .select([...INSTANCE_COLUMNS])
    .orderBy('dicom_instance.study_id', 'desc')
    .orderBy('dicom_instance.series_id')
    .orderBy('dicom_instance.instance_number', (column) => column.asc().nullsLast())
    .orderBy('dicom_instance.id')
    .limit(search.limit)
    .offset(search.offset)
    .execute()
  const [studies, series] = await Promise.all([
    studiesById(
      db,
      rows.map((row) => row.study_id),
    ),
    seriesById(
      db,
      rows.map((row) => row.series_id),
    ),
  ])
  return rows.flatMap((row) => {
    const above = { study: studies.get(row.study_id), series: series.get(row.series_id) }
    return above.study && above.series
      ? [{ study: above.study, series: above.series, instance: toInstance(row) }]
      : []
  })
}

/** How many a search finds without limit. */
export async function countMatches(db: Database, scope: StudyScope, search: ImageSearch): Promise<number> {
  const found =
    search.level === 'study'
      ? matchingStudies(db, scope, search)
      : search.level === 'series'
        ? matchingSeries(db, scope, search)
        : matchingInstances(db, scope, search)
  const counted = found as SelectQueryBuilder<DicomTables, 'dicom_study', object>
  const { total } = await counted
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function matchingStudies(db: Database, scope: StudyScope, { conditions }: ImageSearch) {
  return db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .where((eb) => inScope(eb, scope))
    .where('dicom_study.deleted_at', 'is', null)
    .where(allOf(conditions))
}

function matchingSeries(db: Database, scope: StudyScope, search: ImageSearch) {
  return matchingStudies(db, scope, search).innerJoin(
    'dicom_series',
    'dicom_series.study_id',
    'dicom_study.id',
  )
}

function matchingInstances(db: Database, scope: StudyScope, search: ImageSearch) {
  return matchingSeries(db, scope, search)
    .innerJoin('dicom_instance', 'dicom_instance.series_id', 'dicom_series.id')
    .where(IS_LIVE)
}

const TABLES: Readonly<Record<ImageLevel, string>> = {
  study: 'dicom_study',
  series: 'dicom_series',
  instance: 'dicom_instance',
}

function allOf(conditions: readonly SearchCondition[]): RawBuilder<SqlBool> {
  const all = [sql<SqlBool>`true`, ...conditions.map(conditionOf)]
  return sql<SqlBool>`(${sql.join(all, sql` and `)})`
}

const FOLDED: ReadonlySet<string> = new Set(['text', 'name'])

function conditionOf({ attribute, matching }: SearchCondition): RawBuilder<SqlBool> {
  const { level, column, compare } = attribute
  const isFolded = FOLDED.has(compare)
  const place = sql.ref(`${TABLES[level]}.${isFolded ? `${column}_folded` : column}`)
  const text = (value: string) => (isFolded ? fold(value) : value)
  switch (matching.kind) {
    case 'range':
      return rangeOf(place, matching)
    case 'wildcard':
      return like(place, likePattern(text(matching.pattern)) + (compare === 'name' ? '%' : ''))
    case 'values': {
      const alternatives = matching.values.map((value) => equal(place, text(value), compare))
      return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`
    }
  }
}

function equal(
  place: RawBuilder<unknown>,
  value: string,
  compare: SearchCondition['attribute']['compare'],
): RawBuilder<SqlBool> {
  switch (compare) {
    case 'number':
      return sql<SqlBool>`${place} = ${Number(value)}`
    case 'modalities':
      return like(place, `%\\${escaped(value)}\\%`)
    case 'time':
      // a time that says less stands for all times that begin so
      return like(place, `${escaped(value)}%`)
    case 'name':
      // the other ways of writing a name stand behind an equals sign
      return sql<SqlBool>`(${place} = ${value} or ${like(place, `${escaped(value)}=%`)})`
    default:
      return sql<SqlBool>`${place} = ${value}`
  }
}

function rangeOf(
  place: RawBuilder<unknown>,
  { from, to }: { readonly from: string; readonly to: string },
): RawBuilder<SqlBool> {
  const lower = from === '' ? sql<SqlBool>`${place} is not null` : sql<SqlBool>`${place} >= ${from}`
  // a tilde comes behind every digit: the end of a range that says less includes all that begin so
  return to === '' ? lower : sql<SqlBool>`(${lower} and ${place} <= ${`${to}~`})`
}

function like(place: RawBuilder<unknown>, pattern: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${place} like ${pattern} escape '!'`
}

function escaped(text: string): string {
  return text.replaceAll(/[!%_]/g, '!$&')
}

/** `*` for any text, `?` for any character (PS3.4 C.2.2.2.4). */
function likePattern(pattern: string): string {
  return escaped(pattern).replaceAll('*', '%').replaceAll('?', '_')
}

async function studiesById(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, StoredStudy>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row: Selectable<DicomTables['dicom_study']>) => [row.id, toStudy(row)]))
}

async function seriesById(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, StoredSeries>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_series')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row: Selectable<DicomTables['dicom_series']>) => [row.id, toSeries(row)]))
}
