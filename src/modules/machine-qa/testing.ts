import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { makeContext } from '../../../tests/support/make-context.ts'
import type { UserActor } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { openBlobStore } from '../../platform/blobs/open-blob-store.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { encodeRow } from '../../platform/records/row-codec.ts'
import { createAccess } from '../access/store/migrations/0001-access.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { createEquipment } from '../equipment/store/migrations/0001-create.ts'
import { relationsOf, saveReferences } from '../records/attach-references.ts'
import type { TestType } from './domain/test-type.ts'
import { type ToleranceLimits, toleranceName } from './domain/tolerance.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { assignment } from './records/assignment.ts'
import { autoReviewRule } from './records/auto-review-rule.ts'
import { autoReviewRuleSet } from './records/auto-review-rule-set.ts'
import { category } from './records/category.ts'
import { frequency } from './records/frequency.ts'
import { referenceValue } from './records/reference.ts'
import { status } from './records/status.ts'
import { test } from './records/test.ts'
import { testList } from './records/test-list.ts'
import { testListCycle } from './records/test-list-cycle.ts'
import { tolerance } from './records/tolerance.ts'
import { unit } from './records/unit.ts'
import { unitTestInfo } from './records/unit-test-info.ts'
import { unitType } from './records/unit-type.ts'
import { createMachineQa } from './store/migrations/0001-create.ts'
import { createServiceLog } from './store/migrations/0002-service-log.ts'

export const QA_TEST_MIGRATIONS = [
  createAudit,
  createAccess,
  createEquipment,
  createMachineQa,
  createServiceLog,
]

/** The instant at which tests happen unless they say otherwise: 25 July 2019, 11:00 in Toronto. */
export const TEST_NOW = new Date('2019-07-25T15:00:00Z')

const NO_CALCULATIONS: PerformingContext['calculations'] = {
  evaluate: () => Promise.reject(new Error('this test gave no calculation engine')),
}

/** A context for tests of verbs: an administrator in Toronto, a clock that stands still, files in a new folder. */
export async function makeQaContext(
  database: DatabaseHandle,
  parts: Partial<PerformingContext> = {},
): Promise<PerformingContext> {
  const actor = await makeUser(database, { isAdministrator: true })
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-qa-files-'))
  const ctx = makeContext(database, {
    actor,
    blobs: await openBlobStore({ kind: 'folder', folder }),
    now: () => TEST_NOW,
    ...parts,
  })
  return { ...ctx, calculations: parts.calculations ?? NO_CALCULATIONS }
}

let made = 0

/** A number nobody else has in this process, for names. */
function unique(): number {
  made += 1
  return made
}

/** A person with a row of their own, who may do what is named. */
export async function makeUser(
  database: DatabaseHandle,
  parts: Partial<Omit<UserActor, 'kind' | 'id'>> = {},
): Promise<UserActor> {
  const {
    username = `user${unique()}`,
    isAdministrator = false,
    permissions = new Set(),
    groupIds = [],
  } = parts
  const { rows } = await sql<{ id: number }>`
    insert into access_user (version, username, username_folded, first_name, first_name_folded, last_name, last_name_folded,
      is_active, is_staff, is_administrator, date_joined, created_at, modified_at)
    values (1, ${username}, ${username}, '', '', '', '', ${true}, ${false}, ${isAdministrator}, ${TEST_NOW}, ${TEST_NOW}, ${TEST_NOW})
    returning id`.execute(database.db)
  return { kind: 'user', id: firstId(rows), username, isAdministrator, permissions, groupIds }
}

export async function makeGroup(database: DatabaseHandle): Promise<number> {
  const name = `group ${unique()}`
  const { rows } = await sql<{ id: number }>`
    insert into access_group (version, name, name_folded, description, description_folded, created_at, modified_at)
    values (1, ${name}, ${name}, '', '', ${TEST_NOW}, ${TEST_NOW}) returning id`.execute(database.db)
  return firstId(rows)
}

function firstId(rows: readonly { readonly id: number }[]): number {
  const [row] = rows
  if (!row) throw new Error('nothing was inserted')
  return row.id
}

/** Inserts a row of any record as it is declared, with its to-many relations; no hook runs. */
async function insertRecord(
  database: DatabaseHandle,
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  const defaults = Object.entries(record.fields).flatMap(([name, field]) =>
    field.default === undefined || field.through ? [] : [[name, field.default]],
  )
  const stamps = record.stamped ? { created_at: TEST_NOW, modified_at: TEST_NOW } : {}
  const columns = {
    ...encodeRow(record, { ...Object.fromEntries(defaults), ...values }),
    ...stamps,
    version: 1,
  }
  const names = Object.keys(columns).map((name) => sql.ref(name))
  const { rows } = await sql<{ id: number }>`insert into ${sql.table(record.table)} (${sql.join(names)})
    values (${sql.join(Object.values(columns))}) returning id`.execute(database.db)
  const id = firstId(rows)
  for (const [name, through] of relationsOf(record)) {
    const targets = values[name]
    if (Array.isArray(targets)) await saveReferences(database.db, through, id, targets)
  }
  return id
}

export async function makeUnit(
  database: DatabaseHandle,
  parts: { name?: string; number?: number } = {},
): Promise<number> {
  const number = unique()
  const type = await insertRecord(database, unitType, { name: `type ${number}` })
  return insertRecord(database, unit, {
    name: `Unit ${number}`,
    number,
    dateAcceptance: '2018-01-01',
    type,
    ...parts,
  })
}

/** The three statuses that a new site starts with. */
export type TestStatuses = {
  readonly unreviewed: number
  readonly approved: number
  readonly rejected: number
}

export async function makeStatuses(database: DatabaseHandle): Promise<TestStatuses> {
  const make = (name: string, parts: Readonly<Record<string, unknown>>) =>
    insertRecord(database, status, { name, slug: name.toLowerCase(), ...parts })
  return {
    unreviewed: await make('Unreviewed', { isDefault: true, requiresReview: true }),
    approved: await make('Approved', { requiresReview: false }),
    rejected: await make('Rejected', { requiresReview: false, valid: false }),
  }
}

/** A set that approves what is OK and has no tolerance, and leaves the rest. */
export async function makeRuleSet(
  database: DatabaseHandle,
  rules: Readonly<Record<string, number>>,
): Promise<number> {
  const ids: number[] = []
  for (const [passFail, statusId] of Object.entries(rules)) {
    ids.push(await insertRecord(database, autoReviewRule, { passFail, status: statusId }))
  }
  return insertRecord(database, autoReviewRuleSet, { name: `rules ${unique()}`, rules: ids })
}

export type TestParts = {
  readonly macro?: string
  readonly type?: TestType
  readonly procedure?: string
  readonly constantValue?: number
  readonly wrapLow?: number
  readonly wrapHigh?: number
  readonly formatting?: string
  readonly flagWhen?: boolean
  readonly hidden?: boolean
  readonly requireComment?: boolean
  readonly skipWithoutComment?: boolean
  readonly ruleSetId?: number
  readonly choices?: string
}

export async function makeTest(database: DatabaseHandle, parts: TestParts = {}): Promise<number> {
  const number = unique()
  const { macro = `test_${number}`, type = 'simple', procedure, ruleSetId, ...rest } = parts
  const categoryId = await insertRecord(database, category, {
    name: `category ${number}`,
    slug: `category-${number}`,
  })
  return insertRecord(database, test, {
    name: `Test ${macro} ${number}`,
    slug: macro,
    category: categoryId,
    type,
    calculationProcedure: procedure ?? null,
    autoreviewruleset: ruleSetId ?? null,
    ...rest,
  })
}

export function makeTestList(
  database: DatabaseHandle,
  parts: { tests?: readonly number[]; sublists?: readonly number[]; name?: string } = {},
): Promise<number> {
  const number = unique()
  return insertRecord(database, testList, { name: `List ${number}`, slug: `list-${number}`, ...parts })
}

export function makeCycle(database: DatabaseHandle, testLists: readonly number[]): Promise<number> {
  const number = unique()
  return insertRecord(database, testListCycle, {
    name: `Cycle ${number}`,
    slug: `cycle-${number}`,
    testLists,
  })
}

export function makeFrequency(
  database: DatabaseHandle,
  parts: { recurrences: string; windowStart?: number; windowEnd?: number },
): Promise<number> {
  const number = unique()
  const { windowEnd = 0, ...rest } = parts
  return insertRecord(database, frequency, {
    name: `frequency ${number}`,
    slug: `frequency-${number}`,
    nominalInterval: 1,
    windowEnd,
    ...rest,
  })
}

export function makeReference(
  database: DatabaseHandle,
  value: number,
  type: 'numerical' | 'boolean' = 'numerical',
): Promise<number> {
  return insertRecord(database, referenceValue, { name: `reference ${unique()}`, type, value })
}

export function makeTolerance(
  database: DatabaseHandle,
  parts: { type: 'absolute' | 'percent' } & ToleranceLimits,
): Promise<number> {
  const { type, ...limits } = parts
  return insertRecord(database, tolerance, {
    name: `${toleranceName({ kind: type, ...limits })} ${unique()}`,
    ...parts,
  })
}

export function makeChoiceTolerance(
  database: DatabaseHandle,
  parts: { mcPassChoices: string; mcTolChoices?: string },
): Promise<number> {
  return insertRecord(database, tolerance, { name: `M.C. ${unique()}`, type: 'multchoice', ...parts })
}

/** What a test on a unit is compared with. */
export type InfoParts = {
  readonly reference?: number
  readonly tolerance?: number
  readonly active?: boolean
}

export function makeInfo(
  database: DatabaseHandle,
  unitId: number,
  testId: number,
  parts: InfoParts = {},
): Promise<number> {
  return insertRecord(database, unitTestInfo, { unit: unitId, test: testId, ...parts })
}

export function makeAssignment(
  database: DatabaseHandle,
  parts: {
    unit: number
    testList?: number
    testListCycle?: number
    frequency?: number
    dueDate?: Date
    autoSchedule?: boolean
    active?: boolean
    visibleTo?: readonly number[]
  },
): Promise<number> {
  return insertRecord(database, assignment, { name: `Assignment ${unique()}`, ...parts })
}

/** One test of a list that is ready to be performed. */
export type ReadyTest = TestParts & InfoParts & { readonly macro: string }

/** A list on a unit of its own, ready to be performed: tests with their information, and an assignment. */
export async function makeReadyList(
  database: DatabaseHandle,
  tests: readonly ReadyTest[],
  parts: Omit<Parameters<typeof makeAssignment>[1], 'unit' | 'testList'> = {},
): Promise<{
  unitId: number
  testListId: number
  assignmentId: number
  testIds: Readonly<Record<string, number>>
}> {
  const unitId = await makeUnit(database)
  const testIds: Record<string, number> = {}
  for (const { reference, tolerance: toleranceId, active, ...definition } of tests) {
    const id = await makeTest(database, definition)
    testIds[definition.macro] = id
    await makeInfo(database, unitId, id, {
      ...(reference === undefined ? {} : { reference }),
      ...(toleranceId === undefined ? {} : { tolerance: toleranceId }),
      ...(active === undefined ? {} : { active }),
    })
  }
  const testListId = await makeTestList(database, { tests: Object.values(testIds) })
  const assignmentId = await makeAssignment(database, { unit: unitId, testList: testListId, ...parts })
  return { unitId, testListId, assignmentId, testIds }
}
