import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { HeldReference, HeldTolerance, QaTest } from '../domain/listed-test.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import type { TestResultValue } from '../domain/test-result.ts'
import { toResultValue } from './results.ts'
import {
  REFERENCE_COLUMNS,
  TEST_COLUMNS,
  TOLERANCE_COLUMNS,
  toInstant,
  toReference,
  toTest,
  toTolerance,
} from './row-values.ts'
import type { QaTables } from './tables.ts'

/** One earlier result of a test on a unit. */
export type PastResult = {
  readonly resultId: number
  readonly sessionId: number
  readonly unitTestInfoId: number
  readonly workCompleted: Date
  readonly result: TestResultValue
  readonly skipped: boolean
  readonly passFail: PassFail
  readonly comment: string
}

const COLUMNS = [
  'x.id',
  'x.session_id',
  'x.unit_test_info_id',
  'x.work_completed',
  'x.value',
  'x.string_value',
  'x.date_value',
  'x.datetime_value',
  'x.json_value',
  'x.skipped',
  'x.pass_fail',
  'x.comment',
] as const

const PAST_COLUMNS = sql.raw(COLUMNS.join(', '))

type PastRow = {
  readonly id: number
  readonly session_id: number
  readonly unit_test_info_id: number
  readonly work_completed: string
  readonly value: number | null
  readonly string_value: string | null
  readonly date_value: string | null
  readonly datetime_value: string | null
  readonly json_value: string | null
  readonly skipped: 0 | 1
  readonly pass_fail: PassFail
  readonly comment: string
}

/** Besides not being voided, which the index on results knows: their session is completed. */
const IS_HISTORY = sql<SqlBool>`not s.in_progress`

/**
 * The newest results of each of several tests on a unit, newest first, in one statement.
 *
 * @param upTo only results completed until then; all unless given
 */
export async function findRecentResults(
  db: Database,
  unitTestInfoIds: readonly number[],
  { limit, upTo }: { readonly limit: number; readonly upTo?: Date },
): Promise<ReadonlyMap<number, readonly PastResult[]>> {
  if (unitTestInfoIds.length === 0) return new Map()
  // one part for each test, so that each reads only its newest entries of the index
  const parts = [...new Set(unitTestInfoIds)].map(
    (id) => sql`select * from (
      select ${PAST_COLUMNS} from qa_result x join qa_session s on s.id = x.session_id
      where x.unit_test_info_id = ${id} and x.voided = ${false} and ${IS_HISTORY}
        ${upTo ? sql`and x.work_completed <= ${upTo}` : sql``}
      order by x.work_completed desc limit ${limit}
    ) newest`,
  )
  const { rows } = await sql<PastRow>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Map.groupBy(rows.map(toPastResult), ({ unitTestInfoId }) => unitTestInfoId)
}

function recentOf(db: Database, unitTestInfoId: number) {
  return db
    .withTables<QaTables>()
    .selectFrom('qa_result as x')
    .innerJoin('qa_session as s', 's.id', 'x.session_id')
    .select(COLUMNS)
    .where('x.unit_test_info_id', '=', unitTestInfoId)
    .where('x.voided', '=', 0)
    .where(IS_HISTORY)
    .orderBy('x.work_completed', 'desc')
}

/** Where a page of a history begins: after this result, going back in time. */
export type HistoryPosition = { readonly workCompleted: Date; readonly resultId: number }

export type HistoryRange = {
  readonly from?: Date
  readonly to?: Date
  readonly after?: HistoryPosition
  readonly limit: number
}

/** A page of the history of one test on one unit, newest first. */
export async function findResultHistory(
  db: Database,
  unitTestInfoId: number,
  { from, to, after, limit }: HistoryRange,
): Promise<(PastResult & { readonly referenceId: number | null; readonly toleranceId: number | null })[]> {
  let query = recentOf(db, unitTestInfoId)
    .select(['x.reference_id', 'x.tolerance_id'])
    .orderBy('x.id', 'desc')
    .limit(limit)
  if (from) query = query.where('x.work_completed', '>=', from.toISOString())
  if (to) query = query.where('x.work_completed', '<=', to.toISOString())
  if (after) {
    const at = after.workCompleted.toISOString()
    query = query.where((eb) =>
      eb.or([
        eb('x.work_completed', '<', at),
        eb.and([eb('x.work_completed', '=', at), eb('x.id', '<', after.resultId)]),
      ]),
    )
  }
  const rows = await query.execute()
  return rows.map((row) => ({
    ...toPastResult(row),
    referenceId: row.reference_id,
    toleranceId: row.tolerance_id,
  }))
}

function toPastResult(row: PastRow): PastResult {
  return {
    resultId: row.id,
    sessionId: row.session_id,
    unitTestInfoId: row.unit_test_info_id,
    workCompleted: toInstant(row.work_completed),
    result: toResultValue(row),
    skipped: row.skipped === 1,
    passFail: row.pass_fail,
    comment: row.comment,
  }
}

/** A test on a unit, as histories are about it. */
export type TestOnUnit = {
  readonly unitTestInfoId: number
  readonly test: QaTest
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
}

export async function findInfo(db: Database, unitTestInfoId: number): Promise<TestOnUnit | undefined> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_unit_test_info as i')
    .innerJoin('qa_test as t', 't.id', 'i.test_id')
    .innerJoin('qa_unit as u', 'u.id', 'i.unit_id')
    .select(['u.id as unit_id', 'u.number as unit_number', 'u.name as unit_name'])
    .select(TEST_COLUMNS)
    .where('i.id', '=', unitTestInfoId)
    .executeTakeFirst()
  if (!row) return undefined
  const unit = { id: row.unit_id, number: row.unit_number, name: row.unit_name }
  return { unitTestInfoId, test: toTest(row), unit }
}

/** The references and tolerances that results name. */
export async function findComparisons(
  db: Database,
  results: readonly { readonly referenceId: number | null; readonly toleranceId: number | null }[],
): Promise<{
  readonly references: ReadonlyMap<number, HeldReference>
  readonly tolerances: ReadonlyMap<number, HeldTolerance>
}> {
  const qa = db.withTables<QaTables>()
  const ids = (of: readonly (number | null)[]) => [...new Set(of.filter((id) => id !== null))]
  const referenceIds = ids(results.map(({ referenceId }) => referenceId))
  const toleranceIds = ids(results.map(({ toleranceId }) => toleranceId))
  const [references, tolerances] = await Promise.all([
    referenceIds.length === 0
      ? []
      : qa
          .selectFrom('qa_reference as r')
          .select(REFERENCE_COLUMNS)
          .where('r.id', 'in', referenceIds)
          .execute(),
    toleranceIds.length === 0
      ? []
      : qa
          .selectFrom('qa_tolerance as o')
          .select(TOLERANCE_COLUMNS)
          .where('o.id', 'in', toleranceIds)
          .execute(),
  ])
  const byId = <T extends { readonly id: number }>(held: readonly (T | null)[]) =>
    new Map(held.flatMap((one): [number, T][] => (one ? [[one.id, one]] : [])))
  return { references: byId(references.map(toReference)), tolerances: byId(tolerances.map(toTolerance)) }
}
