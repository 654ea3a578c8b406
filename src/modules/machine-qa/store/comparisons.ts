import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { HeldReference, HeldTolerance, QaTest } from '../domain/listed-test.ts'
import type { Reference } from '../domain/reference.ts'
import {
  COMPARISON_COLUMNS,
  TEST_COLUMNS,
  toInstant,
  toReference,
  toTest,
  toTolerance,
} from './row-values.ts'
import type { QaTables } from './tables.ts'

/** What the results of a test on a unit are compared with. */
export type Comparison = {
  readonly infoId: number
  readonly version: number
  readonly unitId: number
  readonly unitName: string
  readonly test: QaTest
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
}

/** Comparisons by their ids, or all of a unit; ordered by the name of the test. */
export async function findComparisons(
  db: Database,
  wanted: { readonly infoIds: readonly number[] } | { readonly unitId: number },
): Promise<Comparison[]> {
  const query = db
    .withTables<QaTables & InfoVersion>()
    .selectFrom('qa_unit_test_info as i')
    .innerJoin('qa_unit as u', 'u.id', 'i.unit_id')
    .innerJoin('qa_test as t', 't.id', 'i.test_id')
    .leftJoin('qa_reference as r', 'r.id', 'i.reference_id')
    .leftJoin('qa_tolerance as o', 'o.id', 'i.tolerance_id')
    .select(['i.id', 'i.version', 'u.id as unit_id', 'u.name as unit_name'])
    .select(TEST_COLUMNS)
    .select(COMPARISON_COLUMNS)
    .orderBy('t.name')
  if ('infoIds' in wanted && wanted.infoIds.length === 0) return []
  const rows = await ('infoIds' in wanted
    ? query.where('i.id', 'in', [...wanted.infoIds])
    : query.where('i.unit_id', '=', wanted.unitId)
  ).execute()
  return rows.map((row) => ({
    infoId: row.id,
    version: row.version,
    unitId: row.unit_id,
    unitName: row.unit_name,
    test: toTest(row),
    reference: toReference(row),
    tolerance: toTolerance(row),
  }))
}

type InfoVersion = {
  qa_unit_test_info: { version: number; modified_at: Date; modified_by_id: number | null }
}

/** Tolerances in use, by id; retired ones are left out. */
export async function findLivingTolerances(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, HeldTolerance>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_tolerance as o')
    // joined with nothing: the columns of a comparison belong together
    .leftJoin('qa_reference as r', (join) => join.on(sql<SqlBool>`1 = 0`))
    .select(COMPARISON_COLUMNS)
    .where('o.id', 'in', [...ids])
    .where(sql<SqlBool>`o.retired_at is null`)
    .execute()
  return new Map(
    rows.flatMap((row) => {
      const held = toTolerance(row)
      return held ? [[held.id, held] as const] : []
    }),
  )
}

type Stamp = { readonly at: Date; readonly by: number | null }

export async function insertReference(
  db: Database,
  name: string,
  { kind, value }: Reference,
  { at, by }: Stamp,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into qa_reference (name, name_folded, type, value, created_at, created_by_id, modified_at, modified_by_id)
    values (${name}, ${fold(name)}, ${kind}, ${value}, ${at}, ${by}, ${at}, ${by}) returning id`.execute(db)
  const [row] = rows
  if (!row) throw new Error('inserting a reference gave no id')
  return row.id
}

/** @returns whether the comparison still was in the version that was read; if not, nothing is changed */
export async function saveComparison(
  db: Database,
  { infoId, version }: Pick<Comparison, 'infoId' | 'version'>,
  to: { readonly referenceId: number | null; readonly toleranceId: number | null },
  { at, by }: Stamp,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update qa_unit_test_info set reference_id = ${to.referenceId}, tolerance_id = ${to.toleranceId},
      modified_at = ${at}, modified_by_id = ${by}, version = version + 1
    where id = ${infoId} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}

/** Keeps what a comparison was before it changed. */
export async function insertComparisonChange(
  db: Database,
  before: Comparison,
  change: { readonly reference: boolean; readonly tolerance: boolean; readonly comment: string },
  { at, by }: Stamp,
): Promise<void> {
  await sql`
    insert into qa_unit_test_info_change (unit_test_info_id, reference_id, reference_changed, tolerance_id,
      tolerance_changed, comment, comment_folded, created_at, created_by_id, modified_at, modified_by_id)
    values (${before.infoId}, ${before.reference?.id ?? null}, ${change.reference}, ${before.tolerance?.id ?? null},
      ${change.tolerance}, ${change.comment}, ${fold(change.comment)}, ${at}, ${by}, ${at}, ${by})`.execute(
    db,
  )
}

/** What a comparison was before a change, and who changed it. */
export type ComparisonChange = {
  readonly at: Date
  readonly by: { readonly id: number; readonly username: string } | null
  readonly comment: string
  readonly reference: HeldReference | null
  readonly referenceChanged: boolean
  readonly tolerance: HeldTolerance | null
  readonly toleranceChanged: boolean
}

/** The changes of a comparison, newest first. */
export async function findComparisonChanges(db: Database, infoId: number): Promise<ComparisonChange[]> {
  const rows = await db
    .withTables<QaTables & ChangeTable>()
    .selectFrom('qa_unit_test_info_change as c')
    .leftJoin('access_user as p', 'p.id', 'c.created_by_id')
    .leftJoin('qa_reference as r', 'r.id', 'c.reference_id')
    .leftJoin('qa_tolerance as o', 'o.id', 'c.tolerance_id')
    .select(['c.created_at', 'c.comment', 'c.reference_changed', 'c.tolerance_changed', 'p.id', 'p.username'])
    .select(COMPARISON_COLUMNS)
    .where('c.unit_test_info_id', '=', infoId)
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .execute()
  return rows.map((row) => ({
    at: toInstant(row.created_at),
    by: row.id === null || row.username === null ? null : { id: row.id, username: row.username },
    comment: row.comment,
    reference: toReference(row),
    referenceChanged: row.reference_changed === 1,
    tolerance: toTolerance(row),
    toleranceChanged: row.tolerance_changed === 1,
  }))
}

type ChangeTable = {
  qa_unit_test_info_change: {
    id: number
    unit_test_info_id: number
    reference_id: number | null
    reference_changed: 0 | 1
    tolerance_id: number | null
    tolerance_changed: 0 | 1
    comment: string
    created_at: string
    created_by_id: number | null
  }
}
