import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { QaTables } from './tables.ts'

/** Which earlier result a calculation asks for. */
export type EarlierResult = {
  readonly test:
    | { readonly by: 'macro' | 'name'; readonly text: string }
    | { readonly by: 'id'; readonly id: number }
  readonly unit: { readonly id: number } | { readonly number: number }
  readonly testListId?: number
  /** completed before it */
  readonly before?: Date
  /** completed between them, both included */
  readonly from?: Date
  readonly to?: Date
  readonly inProgress: 'include' | 'exclude'
  readonly skipped: 'include' | 'exclude'
  readonly invalid: 'include' | 'exclude'
  /** the session that is being performed again */
  readonly exceptSessionId?: number
}

/** Session and id of the newest result that fits. */
export async function findEarlierResult(
  db: Database,
  wanted: EarlierResult,
): Promise<{ readonly resultId: number; readonly sessionId: number } | undefined> {
  const { test, unit } = wanted
  const conditions: (SqlConditionPart | undefined)[] = [
    test.by === 'id'
      ? sql`t.id = ${test.id}`
      : test.by === 'name'
        ? sql`t.name = ${test.text}`
        : sql`t.slug = ${test.text}`,
    'id' in unit ? sql`i.unit_id = ${unit.id}` : sql`u.number = ${unit.number}`,
    wanted.testListId === undefined ? undefined : sql`s.test_list_id = ${wanted.testListId}`,
    wanted.before && sql`x.work_completed < ${wanted.before}`,
    wanted.from && sql`x.work_completed >= ${wanted.from}`,
    wanted.to && sql`x.work_completed <= ${wanted.to}`,
    wanted.inProgress === 'exclude' ? sql`not s.in_progress` : undefined,
    wanted.skipped === 'exclude' ? sql`not x.skipped` : undefined,
    wanted.invalid === 'exclude' ? sql`q.valid` : undefined,
    wanted.exceptSessionId === undefined ? undefined : sql`s.id <> ${wanted.exceptSessionId}`,
  ]
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_result as x')
    .innerJoin('qa_session as s', 's.id', 'x.session_id')
    .innerJoin('qa_unit_test_info as i', 'i.id', 'x.unit_test_info_id')
    .innerJoin('qa_test as t', 't.id', 'i.test_id')
    .innerJoin('qa_unit as u', 'u.id', 'i.unit_id')
    .innerJoin('qa_status as q', 'q.id', 'x.status_id')
    .select(['x.id', 'x.session_id'])
    .where(
      sql<SqlBool>`not x.voided and ${sql.join(
        conditions.filter((one) => one !== undefined),
        sql` and `,
      )}`,
    )
    .orderBy('x.work_completed', 'desc')
    .orderBy('x.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { resultId: row.id, sessionId: row.session_id }
}

type SqlConditionPart = ReturnType<typeof sql>

/** The newest session of a list on a unit that was completed before an instant. */
export async function findEarlierSessionId(
  db: Database,
  wanted: {
    readonly unitId: number
    readonly testListId: number
    readonly before: Date
    readonly inProgress: 'include' | 'exclude'
    readonly exceptSessionId?: number
  },
): Promise<number | undefined> {
  let query = db
    .withTables<QaTables>()
    .selectFrom('qa_session as s')
    .innerJoin('qa_assignment as a', 'a.id', 's.assignment_id')
    .select('s.id')
    .where('a.unit_id', '=', wanted.unitId)
    .where('s.test_list_id', '=', wanted.testListId)
    .where('s.voided_at', 'is', null)
    .where('s.work_completed', '<', wanted.before.toISOString())
    .orderBy('s.work_completed', 'desc')
    .limit(1)
  if (wanted.inProgress === 'exclude') query = query.where(sql<SqlBool>`not s.in_progress`)
  if (wanted.exceptSessionId !== undefined) query = query.where('s.id', '<>', wanted.exceptSessionId)
  return (await query.executeTakeFirst())?.id
}
