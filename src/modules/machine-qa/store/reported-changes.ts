import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { HeldReference, HeldTolerance } from '../domain/listed-test.ts'
import {
  COMPARISON_COLUMNS,
  type ReferenceColumns,
  type ToleranceColumns,
  toInstant,
  toReference,
  toTolerance,
} from './row-values.ts'

/** What a test on a unit was compared with until a change. */
export type ReportedChange = {
  readonly infoId: number
  readonly at: Date
  readonly byId: number | null
  readonly comment: string
  readonly unit: { readonly number: number; readonly name: string }
  readonly test: string
  readonly before: Compared
}

export type Compared = { readonly reference: HeldReference | null; readonly tolerance: HeldTolerance | null }

export type ChangeFilter = {
  readonly from: Date
  readonly unitIds?: readonly number[]
  readonly testIds?: readonly number[]
}

const COLUMNS = sql.raw(COMPARISON_COLUMNS.join(', '))

type ChangeRow = ReferenceColumns &
  ToleranceColumns & {
    readonly info_id: number
    readonly created_at: string
    readonly created_by_id: number | null
    readonly comment: string
    readonly unit_number: number
    readonly unit_name: string
    readonly test_name: string
  }

/** Changes from an instant on, by unit and test, the latest of each first. */
export async function findReportedChanges(
  db: Database,
  { from, unitIds, testIds }: ChangeFilter,
  limit: number,
): Promise<ReportedChange[]> {
  const ofUnits = unitIds?.length ? sql`and i.unit_id in (${sql.join([...unitIds])})` : sql``
  const ofTests = testIds?.length ? sql`and i.test_id in (${sql.join([...testIds])})` : sql``
  const { rows } = await sql<ChangeRow>`
    select i.id as info_id, c.created_at, c.created_by_id, c.comment, u.number as unit_number, u.name as unit_name,
      t.name as test_name, ${COLUMNS}
    from qa_unit_test_info_change as c
    join qa_unit_test_info as i on i.id = c.unit_test_info_id
    join qa_unit as u on u.id = i.unit_id
    join qa_test as t on t.id = i.test_id
    left join qa_reference as r on r.id = c.reference_id
    left join qa_tolerance as o on o.id = c.tolerance_id
    where c.created_at >= ${from.toISOString()} ${ofUnits} ${ofTests}
    order by u.number, u.id, t.name, i.id, c.created_at desc, c.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    infoId: row.info_id,
    at: toInstant(row.created_at),
    byId: row.created_by_id,
    comment: row.comment,
    unit: { number: row.unit_number, name: row.unit_name },
    test: row.test_name,
    before: { reference: toReference(row), tolerance: toTolerance(row) },
  }))
}
