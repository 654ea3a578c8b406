import type { Generated } from 'kysely'
import type { Context } from '../../../context.ts'
import type { RecordType } from '../../../core/record.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { createCatalogue } from '../../../platform/records/catalogue.ts'
import { ACCESS_RECORDS } from '../../access/records.ts'
import { equipment } from '../../equipment/records/equipment.ts'
import { site } from '../../equipment/records/site.ts'
import { createRecord } from '../../records/save-record.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import type { NewSession } from '../domain/session.ts'
import { machineQaRecords } from '../records/all.ts'
import { insertSession } from '../store/sessions.ts'
import type { QaTables } from '../store/tables.ts'
import { makeAssignment, makeInfo, makeQaContext, makeTestList, makeUnit, TEST_NOW } from '../testing.ts'
import { machineQaHooks } from './hooks.ts'
import type { SnippetCheck } from './test-hook.ts'

const CONFIGURATION_RECORDS: readonly RecordType[] = [...ACCESS_RECORDS, site, equipment, ...machineQaRecords]

/** Fails the test that starts Python although it has no need to. */
export const NO_PYTHON: SnippetCheck = {
  check: () => Promise.reject(new Error('this test has no use for Python, but it was asked')),
}

/** A context for tests of configuration: all records of the module with their hooks, at most ten tests in a list. */
export function makeConfigurationContext(
  database: DatabaseHandle,
  calculations: SnippetCheck = NO_PYTHON,
): Promise<Context> {
  return makeQaContext(database, {
    catalogue: createCatalogue(CONFIGURATION_RECORDS),
    recordHooks: machineQaHooks(calculations, { mostTests: 10 }),
  })
}

/** Makes a row by the generic verb. @returns its id */
export async function make(
  ctx: Context,
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  return (await createRecord(ctx, record, values)).id
}

/** Stores a session with one result of a test, on a unit of its own. */
export async function insertResultOf(database: DatabaseHandle, testId: number): Promise<void> {
  const unitId = await makeUnit(database)
  const infoId = await makeInfo(database, unitId, testId)
  const testListId = await makeTestList(database, { tests: [testId] })
  const assignmentId = await makeAssignment(database, { unit: unitId, testList: testListId })
  const statusId = await anyStatus(database)
  await makeDone(database, { assignmentId, testListId, infoId, statusId, completed: TEST_NOW })
}

async function anyStatus({ db }: DatabaseHandle): Promise<number> {
  const name = 'status of results'
  const insert = db.withTables<StatusTable>().insertInto('qa_status')
  const row = await insert
    .values({
      name,
      name_folded: name,
      slug: name,
      slug_folded: name,
      created_at: TEST_NOW,
      modified_at: TEST_NOW,
    })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

type StatusTable = {
  qa_status: {
    id: Generated<number>
    name: string
    name_folded: string
    slug: string
    slug_folded: string
    created_at: Date
    modified_at: Date
  }
}

/** A completed session with one result, or none, as it is given: nothing is judged or scheduled. */
export type Done = {
  readonly assignmentId: number
  readonly testListId: number
  readonly completed: Date
  readonly infoId?: number
  readonly statusId?: number
  readonly passFail?: PassFail
  readonly parts?: Partial<NewSession>
}

export async function makeDone(database: DatabaseHandle, done: Done): Promise<number> {
  const { assignmentId, testListId, completed, infoId, statusId, passFail = 'no_tol', parts } = done
  const times = { workStarted: new Date(completed.getTime() - 600_000), workCompleted: completed }
  const id = await insertSession(database.db, {
    assignmentId,
    testListId,
    day: 0,
    ...times,
    dueDate: null,
    inProgress: false,
    flagged: false,
    userKey: null,
    includeForScheduling: true,
    reviewed: null,
    reviewedById: null,
    allReviewed: false,
    createdAt: completed,
    createdById: null,
    modifiedAt: completed,
    modifiedById: null,
    ...parts,
  })
  if (infoId === undefined || statusId === undefined) return id
  await database.db
    .withTables<QaTables>()
    .insertInto('qa_result')
    .values({
      session_id: id,
      unit_test_info_id: infoId,
      sort_order: 0,
      status_id: statusId,
      pass_fail: passFail,
      skipped: false,
      comment: '',
      comment_folded: '',
      work_started: times.workStarted,
      work_completed: completed,
      created_at: completed,
      modified_at: completed,
      version: 1,
    })
    .execute()
  return id
}
