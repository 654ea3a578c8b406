import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { HeldReference, HeldTolerance } from '../domain/listed-test.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import type { TestType } from '../domain/test-type.ts'
import { splitChoices } from '../domain/tolerance.ts'
import {
  COMPARISON_COLUMNS,
  type ReferenceColumns,
  type ToleranceColumns,
  toInstant,
  toReference,
  toTolerance,
} from './row-values.ts'

/** A test on a unit, as charts name and compare it. */
export type ChartedTest = {
  readonly infoId: number
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
  readonly test: {
    readonly id: number
    readonly name: string
    readonly type: TestType
    readonly wrapLow: number | null
    readonly wrapHigh: number | null
    readonly choices: readonly string[]
  }
}

type ChartedRow = {
  readonly id: number
  readonly unit_id: number
  readonly unit_number: number
  readonly unit_name: string
  readonly test_id: number
  readonly name: string
  readonly display_name: string
  readonly type: TestType
  readonly wrap_low: number | null
  readonly wrap_high: number | null
  readonly choices: string | null
}

/** Which tests on units; ordered by test, then unit, so that the same test of several units stands together. */
export async function findChartedTests(
  db: Database,
  wanted: { readonly unitIds: readonly number[]; readonly testIds: readonly number[] },
): Promise<ChartedTest[]> {
  if (wanted.unitIds.length === 0 || wanted.testIds.length === 0) return []
  const { rows } = await sql<ChartedRow>`
    select i.id, u.id as unit_id, u.number as unit_number, u.name as unit_name, t.id as test_id, t.name,
      t.display_name, t.type, t.wrap_low, t.wrap_high, t.choices
    from qa_unit_test_info as i join qa_unit as u on u.id = i.unit_id join qa_test as t on t.id = i.test_id
    where i.unit_id in (${sql.join([...wanted.unitIds])}) and i.test_id in (${sql.join([...wanted.testIds])})
    order by t.name, t.id, u.number`.execute(db)
  return rows.map((row) => ({
    infoId: row.id,
    unit: { id: row.unit_id, number: row.unit_number, name: row.unit_name },
    test: {
      id: row.test_id,
      name: row.display_name || row.name,
      type: row.type,
      wrapLow: row.wrap_low,
      wrapHigh: row.wrap_high,
      choices: splitChoices(row.choices ?? ''),
    },
  }))
}

/** Which results are plotted. */
export type PointFilter = {
  readonly from: Date
  readonly to: Date
  readonly statusIds: readonly number[]
  /** of the lists that were performed; all unless given */
  readonly listIds?: readonly number[]
}

export type ChartPointRow = {
  readonly infoId: number
  readonly listId: number
  readonly sessionId: number
  readonly at: Date
  readonly value: number | null
  readonly text: string | null
  readonly passFail: PassFail
  readonly comment: string
  readonly statusId: number
  readonly personId: number | null
  readonly referenceId: number | null
  readonly toleranceId: number | null
}

type PointRow = {
  readonly unit_test_info_id: number
  readonly test_list_id: number
  readonly session_id: number
  readonly work_completed: string
  readonly value: number | null
  readonly string_value: string | null
  readonly pass_fail: PassFail
  readonly comment: string
  readonly status_id: number
  readonly created_by_id: number | null
  readonly reference_id: number | null
  readonly tolerance_id: number | null
}

/** How many results of each test on a unit lie in a span of time: what reading them costs. */
export async function countChartPoints(
  db: Database,
  infoIds: readonly number[],
  { from, to }: Pick<PointFilter, 'from' | 'to'>,
): Promise<ReadonlyMap<number, number>> {
  if (infoIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; count: number }>`
    select unit_test_info_id as id, count(*) as count from qa_result as x
    where ${inSpan(infoIds, from, to)} group by unit_test_info_id`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Results of completed, living sessions that have a value to plot, by test and time. */
export async function findChartPoints(
  db: Database,
  infoIds: readonly number[],
  { from, to, statusIds, listIds }: PointFilter,
): Promise<ChartPointRow[]> {
  if (infoIds.length === 0 || statusIds.length === 0 || listIds?.length === 0) return []
  const ofLists = listIds ? sql`and s.test_list_id in (${sql.join([...listIds])})` : sql``
  const { rows } = await sql<PointRow>`
    select x.unit_test_info_id, s.test_list_id, x.session_id, x.work_completed, x.value, x.string_value, x.pass_fail,
      x.comment, x.status_id, s.created_by_id, x.reference_id, x.tolerance_id
    from qa_result as x join qa_session as s on s.id = x.session_id
    where ${inSpan(infoIds, from, to)} and not s.in_progress and x.status_id in (${sql.join([...statusIds])}) ${ofLists}
      and not x.skipped and (x.value is not null or x.string_value is not null)
    order by x.unit_test_info_id, x.work_completed, x.id`.execute(db)
  return rows.map((row) => ({
    infoId: row.unit_test_info_id,
    listId: row.test_list_id,
    sessionId: row.session_id,
    at: toInstant(row.work_completed),
    value: row.value,
    text: row.string_value,
    passFail: row.pass_fail,
    comment: row.comment,
    statusId: row.status_id,
    personId: row.created_by_id,
    referenceId: row.reference_id,
    toleranceId: row.tolerance_id,
  }))
}

function inSpan(infoIds: readonly number[], from: Date, to: Date): RawBuilder<SqlBool> {
  return sql`x.unit_test_info_id in (${sql.join([...infoIds])}) and x.voided = ${false}
    and x.work_completed >= ${from} and x.work_completed <= ${to}`
}

/** A change of what a test on a unit is compared with. */
export type ComparisonMark = {
  readonly infoId: number
  readonly at: Date
  readonly by: string | null
  readonly comment: string
  readonly referenceChanged: boolean
  readonly toleranceChanged: boolean
  /** what it was before */
  readonly before: { readonly reference: HeldReference | null; readonly tolerance: HeldTolerance | null }
}

type MarkRow = ReferenceColumns &
  ToleranceColumns & {
    readonly unit_test_info_id: number
    readonly created_at: string
    readonly comment: string
    readonly username: string | null
    readonly reference_changed: 0 | 1
    readonly tolerance_changed: 0 | 1
  }

const COMPARED = sql.raw(COMPARISON_COLUMNS.join(', '))

/** The changes of several comparisons within a span of time, oldest first. */
export async function findComparisonMarks(
  db: Database,
  infoIds: readonly number[],
  { from, to }: Pick<PointFilter, 'from' | 'to'>,
): Promise<ComparisonMark[]> {
  if (infoIds.length === 0) return []
  const { rows } = await sql<MarkRow>`
    select c.unit_test_info_id, c.created_at, c.comment, c.reference_changed, c.tolerance_changed, p.username, ${COMPARED}
    from qa_unit_test_info_change as c left join access_user as p on p.id = c.created_by_id
    left join qa_reference as r on r.id = c.reference_id left join qa_tolerance as o on o.id = c.tolerance_id
    where c.unit_test_info_id in (${sql.join([...infoIds])}) and c.created_at >= ${from} and c.created_at <= ${to}
    order by c.created_at, c.id`.execute(db)
  return rows.map((row) => ({
    infoId: row.unit_test_info_id,
    at: toInstant(row.created_at),
    by: row.username,
    comment: row.comment,
    referenceChanged: row.reference_changed === 1,
    toleranceChanged: row.tolerance_changed === 1,
    before: { reference: toReference(row), tolerance: toTolerance(row) },
  }))
}

/** Ids of the statuses that charts show unless others are chosen: valid ones that are exported. */
export async function findPlottedStatuses(db: Database): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from qa_status where valid and export_by_default order by id`.execute(db)
  return rows.map(({ id }) => id)
}
