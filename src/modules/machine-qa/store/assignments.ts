import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { kindOf } from '../../../platform/database/open-database.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { AssignmentFacts, ListOfDay } from '../domain/assignment-facts.ts'
import { toOptionalInstant } from './row-values.ts'
import type { QaTables } from './tables.ts'

type AssignmentRow = {
  readonly id: number
  readonly name: string | null
  readonly unit_id: number
  readonly test_list_id: number | null
  readonly test_list_cycle_id: number | null
  readonly due_date: string | null
  readonly auto_schedule: 0 | 1
  readonly active: 0 | 1
  readonly retired_at: string | null
  readonly last_instance_id: number | null
  readonly unit_number: number
  readonly unit_name: string
  readonly unit_active: 0 | 1
  readonly frequency_id: number | null
  readonly frequency_name: string | null
  readonly recurrences: string | null
  readonly window_start: number | null
  readonly window_end: number | null
}

export async function findAssignment(db: Database, id: number): Promise<AssignmentFacts | undefined> {
  const [row] = await ASSIGNMENT(db, id)
  if (!row) return undefined
  return {
    id: row.id,
    name: row.name ?? '',
    unit: { id: row.unit_id, number: row.unit_number, name: row.unit_name, active: row.unit_active === 1 },
    tests: testsOf(row),
    frequency: toFrequency(row),
    dueDate: toOptionalInstant(row.due_date),
    autoSchedule: row.auto_schedule === 1,
    active: row.active === 1 && row.retired_at === null,
    lastSessionId: row.last_instance_id,
  }
}

const ASSIGNMENT = preparedStatement<AssignmentRow, [id: number]>(
  (id) => sql`
  select a.id, a.name, a.unit_id, a.test_list_id, a.test_list_cycle_id, a.due_date, a.auto_schedule, a.active,
      a.retired_at, a.last_instance_id, u.number as unit_number, u.name as unit_name, u.active as unit_active,
      f.id as frequency_id, f.name as frequency_name, f.recurrences, f.window_start, f.window_end
  from qa_assignment a join qa_unit u on u.id = a.unit_id left join qa_frequency f on f.id = a.frequency_id
  where a.id = ${id}`,
)

function testsOf(row: AssignmentRow): AssignmentFacts['tests'] {
  if (row.test_list_id !== null) return { kind: 'list', testListId: row.test_list_id }
  if (row.test_list_cycle_id !== null) return { kind: 'cycle', cycleId: row.test_list_cycle_id }
  throw new Error('an assignment has neither a list nor a cycle')
}

function toFrequency(row: AssignmentRow): AssignmentFacts['frequency'] {
  if (row.frequency_id === null) return null
  return {
    id: row.frequency_id,
    name: row.frequency_name ?? '',
    recurrences: row.recurrences ?? '',
    windowStartDays: row.window_start,
    windowEndDays: row.window_end ?? 0,
  }
}

/** The lists of a cycle in order; day 0 first. */
export async function findCycleDays(db: Database, cycleId: number): Promise<ListOfDay[]> {
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_test_list_cycle_membership as m')
    .innerJoin('qa_test_list as l', 'l.id', 'm.test_list_id')
    .select(['l.id', 'l.name'])
    .where('m.cycle_id', '=', cycleId)
    .orderBy('m.sort_order')
    .orderBy('m.id')
    .execute()
  return rows.map((row, day) => ({ day, testListId: row.id, name: row.name }))
}

export async function findListOfDay(db: Database, testListId: number): Promise<ListOfDay | undefined> {
  const [row] = await LIST(db, testListId)
  return row && { day: 0, testListId: row.id, name: row.name }
}

const LIST = preparedStatement<{ readonly id: number; readonly name: string }, [testListId: number]>(
  (testListId) => sql`select id, name from qa_test_list where id = ${testListId}`,
)

export async function findUnit(
  db: Database,
  id: number,
): Promise<{ readonly id: number; readonly number: number; readonly name: string } | undefined> {
  return db
    .withTables<QaTables>()
    .selectFrom('qa_unit')
    .select(['id', 'number', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What of an assignment follows from its sessions. */
export type AssignmentState = { readonly dueDate: Date | null; readonly lastSessionId: number | null }

/**
 * The state of an assignment as it is now. On PostgreSQL others who would change it wait until this transaction
 * ends, so that two sessions at once cannot overwrite one another's due date.
 */
export async function lockAssignmentState(db: Database, id: number): Promise<AssignmentState> {
  const [row] = await (kindOf(db) === 'postgres' ? LOCKED_STATE : STATE)(db, id)
  if (!row) throw new Error(`there is no assignment ${id}`)
  return { dueDate: toOptionalInstant(row.due_date), lastSessionId: row.last_instance_id }
}

type StateRow = { readonly due_date: string | null; readonly last_instance_id: number | null }

const STATE = preparedStatement<StateRow, [id: number]>(
  (id) => sql`select due_date, last_instance_id from qa_assignment where id = ${id}`,
)
const LOCKED_STATE = preparedStatement<StateRow, [id: number]>(
  (id) => sql`select due_date, last_instance_id from qa_assignment where id = ${id} for update`,
)

export async function saveAssignmentState(db: Database, id: number, state: AssignmentState): Promise<void> {
  await SAVED_STATE(db, id, state.dueDate, state.lastSessionId)
}

const SAVED_STATE = preparedStatement<
  unknown,
  [id: number, dueDate: Date | null, lastSessionId: number | null]
>(
  (id, dueDate, lastSessionId) => sql`update qa_assignment
    set due_date = ${dueDate}, last_instance_id = ${lastSessionId} where id = ${id}`,
)

/** Whether one of the groups sees the assignment in its work lists. */
export async function isVisibleTo(
  db: Database,
  assignmentId: number,
  groupIds: readonly number[],
): Promise<boolean> {
  if (groupIds.length === 0) return false
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_assignment_visible_to')
    .select('group_id')
    .where('assignment_id', '=', assignmentId)
    .where('group_id', 'in', [...groupIds])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
