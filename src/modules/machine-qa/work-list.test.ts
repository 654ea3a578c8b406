import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { getRecord } from '../records/get-record.ts'
import { retireRecord } from '../records/retire-record.ts'
import { changeRecord } from '../records/save-record.ts'
import { make, makeConfigurationContext, makeDone } from './configuration/testing.ts'
import { copyAssignments } from './copy-assignments.ts'
import { workForYou } from './for-you.ts'
import { refusalOf } from './performing/testing.ts'
import { assignment } from './records/assignment.ts'
import { frequency } from './records/frequency.ts'
import { testList } from './records/test-list.ts'
import { unit } from './records/unit.ts'
import { runScheduleCommand } from './schedule-commands.ts'
import { shipDefaults } from './ship-defaults.ts'
import { saveAssignmentState } from './store/assignments.ts'
import {
  makeCycle,
  makeGroup,
  makeInfo,
  makeTest,
  makeTestList,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
} from './testing.ts'
import { unitsOverview } from './units-overview.ts'
import { type WorkListRequest, workList } from './work-list.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(TEST_NOW.getTime() + days * DAY_MS)

/** Frequencies of a new site, by id. */
const [DAILY, WEEKLY] = [1, 2]

forEachDatabase('work lists', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let admin: Context
  let therapist: Context
  let groupId: number
  beforeAll(async () => {
    database = await open()
    admin = await makeConfigurationContext(database)
    await shipDefaults(admin)
    groupId = await makeGroup(database)
    therapist = await actingWith('machine-qa.access', 'machine-qa.session.perform')
  })

  async function actingWith(...permissions: string[]): Promise<Context> {
    const actor = await makeUser(database, { permissions: new Set(permissions), groupIds: [groupId] })
    return { ...admin, actor }
  }

  async function assign(parts: Readonly<Record<string, unknown>> = {}) {
    const unitId = Number(parts.unit ?? (await makeUnit(database)))
    const test = await makeTest(database)
    const list = await makeTestList(database, { tests: [test] })
    const work = 'testListCycle' in parts ? {} : { testList: list }
    const id = await make(admin, assignment, { unit: unitId, ...work, visibleTo: [groupId], ...parts })
    return { id, unitId, list, test }
  }

  const ids = async (request: WorkListRequest, ctx = therapist) =>
    (await workList(ctx, request)).items.map(({ assignmentId }) => assignmentId)

  it('says when things are due, by local days and the window of their frequency', async () => {
    const unitId = await makeUnit(database)
    const cases = [
      ['no_tol', { frequency: WEEKLY }],
      ['ok', { frequency: WEEKLY, dueDate: inDays(1) }],
      ['tolerance', { frequency: WEEKLY, dueDate: TEST_NOW }],
      ['tolerance', { frequency: WEEKLY, dueDate: inDays(-1) }],
      ['action', { frequency: WEEKLY, dueDate: inDays(-2) }],
      ['action', { frequency: DAILY, dueDate: new Date('2019-07-26T03:59:00Z') }],
      ['ok', { frequency: DAILY, dueDate: new Date('2019-07-26T04:00:00Z') }],
      ['tolerance', { dueDate: TEST_NOW }],
      ['action', { dueDate: inDays(-1) }],
    ] as const
    const expected: [number, string][] = []
    for (const [status, parts] of cases) {
      expected.push([(await assign({ unit: unitId, ...parts })).id, status])
    }
    const { items, counts, total } = await workList(therapist, { unitIds: [unitId], limit: 100 })
    expect(items.map(({ assignmentId, dueStatus }) => [assignmentId, dueStatus]).toSorted(byFirst)).toEqual(
      expected,
    )
    expect(counts).toEqual({ no_tol: 1, ok: 2, tolerance: 3, action: 3 })
    expect(total).toBe(9)
    const due = await workList(therapist, { unitIds: [unitId], due: ['action', 'tolerance'], limit: 2 })
    expect([due.total, due.items.length]).toEqual([6, 2])
    expect(due.items[0]?.dueDate).toEqual(inDays(-2))
    expect(due.items[0]?.window).toEqual({ from: '2019-07-23', to: '2019-07-25' })
    const [card] = (await unitsOverview(therapist)).flatMap(({ units }) =>
      units.filter(({ id }) => id === unitId),
    )
    expect(card).toMatchObject({ due: counts, inProgress: 0, frequencyIds: [DAILY, WEEKLY, null] })
  })

  function byFirst(left: readonly unknown[], right: readonly unknown[]): number {
    return Number(left[0]) - Number(right[0])
  }

  it('shows what was done last, by whom and how it turned out, and what is unfinished', async () => {
    const { id, list, test, unitId } = await assign({ frequency: DAILY })
    const infoId = await infoOf(unitId, test)
    const performer = await makeUser(database, { username: 'perry' })
    const done = { assignmentId: id, testListId: list, infoId, statusId: 1 }
    const last = await makeDone(database, {
      ...done,
      completed: inDays(-1),
      passFail: 'tolerance',
      parts: { createdById: performer.id, flagged: true },
    })
    const open = await makeDone(database, { ...done, completed: TEST_NOW, parts: { inProgress: true } })
    await saveAssignmentState(database.db, id, { dueDate: TEST_NOW, lastSessionId: last })
    const { items } = await workList(therapist, { unitIds: [unitId] })
    expect(items).toMatchObject([
      {
        frequency: { id: DAILY, name: 'Daily', slug: 'daily', windowStartDays: null, windowEndDays: 0 },
        last: {
          sessionId: last,
          at: inDays(-1),
          by: 'perry',
          allReviewed: false,
          flagged: true,
          outcomes: { ok: 0, tolerance: 1, action: 0, noTolerance: 0, notDone: 0 },
        },
        next: { day: 0, testList: { id: list } },
        days: null,
        inProgress: { count: 1, sessionId: open },
      },
    ])
  })

  async function infoOf(unitId: number, testId: number): Promise<number> {
    const row = await database.db
      .withTables<{ qa_unit_test_info: { id: number; unit_id: number; test_id: number } }>()
      .selectFrom('qa_unit_test_info')
      .select('id')
      .where('unit_id', '=', unitId)
      .where('test_id', '=', testId)
      .executeTakeFirst()
    return row?.id ?? makeInfo(database, unitId, testId)
  }

  it('names the list of the next day of a cycle', async () => {
    const [monday, tuesday] = [await makeTestList(database), await makeTestList(database)]
    const testListCycle = await makeCycle(database, [monday, tuesday, monday])
    const { id, unitId } = await assign({ testListCycle })
    const next = async () => (await workList(therapist, { unitIds: [unitId] })).items[0]
    expect(await next()).toMatchObject({ days: 3, last: null, next: { day: 0, testList: { id: monday } } })
    for (const [day, following, list] of [
      [0, 1, tuesday],
      [1, 2, monday],
      [2, 0, monday],
      [7, 0, monday],
    ] as const) {
      const done = { assignmentId: id, testListId: monday, completed: TEST_NOW, parts: { day } }
      const lastSessionId = await makeDone(database, done)
      await saveAssignmentState(database.db, id, { dueDate: null, lastSessionId })
      expect(await next()).toMatchObject({ next: { day: following, testList: { id: list } } })
    }
  })

  it('shows what the groups of a person see; overviews and administrators see all', async () => {
    const { id, unitId } = await assign({ visibleTo: [await makeGroup(database)] })
    expect(await ids({ unitIds: [unitId] })).toEqual([])
    expect(await ids({ unitIds: [unitId] }, admin)).toEqual([id])
    const overview = await actingWith('machine-qa.access', 'machine-qa.session.view-overview')
    expect(await ids({ unitIds: [unitId] }, overview)).toEqual([])
    expect(await ids({ unitIds: [unitId], scope: 'all' }, overview)).toEqual([id])
    expect(await refusalOf(workList(therapist, { scope: 'all' }))).toEqual({
      kind: 'not-permitted',
      permission: 'machine-qa.session.view-overview',
    })
    const nobody = {
      ...admin,
      actor: await makeUser(database, { permissions: new Set(['machine-qa.access']) }),
    }
    expect(await ids({}, nobody)).toEqual([])
  })

  it('leaves out what is retired or switched off', async () => {
    const { id, unitId, list } = await assign()
    const version = async () => (await getRecord(admin, assignment, id)).version
    const listed = () => ids({ unitIds: [unitId] })
    expect(await listed()).toEqual([id])
    for (const record of [assignment, testList, unit] as const) {
      const of = record === assignment ? id : record === testList ? list : unitId
      await retireRecord(admin, record, of, 'retire')
      expect(await listed()).toEqual([])
      await retireRecord(admin, record, of, 'restore')
      expect(await listed()).toEqual([id])
    }
    await changeRecord(admin, assignment, id, await version(), { active: false })
    expect(await listed()).toEqual([])
    await changeRecord(admin, assignment, id, await version(), { active: true })
    const { version: unitVersion } = await getRecord(admin, unit, unitId)
    await changeRecord(admin, unit, unitId, unitVersion, { active: false })
    expect(await listed()).toEqual([])
  })

  describe('can be filtered and ordered', () => {
    let unitIds: number[]
    let found: { id: number; list: number; test: number }[]
    beforeAll(async () => {
      unitIds = [
        await makeUnit(database, { name: 'Zürich 1', number: 9001 }),
        await makeUnit(database, { name: 'Basel', number: 9000 }),
      ]
      found = [
        await assign({ unit: unitIds[0], frequency: WEEKLY, dueDate: inDays(3) }),
        await assign({ unit: unitIds[1], frequency: DAILY, dueDate: inDays(5) }),
        await assign({ unit: unitIds[1] }),
      ]
    })
    const at = (...positions: number[]) => positions.map((position) => found[position]?.id)

    it.each([
      ['by unit', { order: 'unit' }, [1, 2, 0]],
      ['by due date, without one last', { order: 'due' }, [0, 1, 2]],
      ['by due date downwards, without one last', { order: 'due', direction: 'desc' }, [1, 0, 2]],
      ['by frequency', { order: 'frequency' }, [1, 0, 2]],
      ['by status', { order: 'status', direction: 'desc' }, [2, 1, 0]],
      ['of one frequency', { frequencyIds: [WEEKLY] }, [0]],
      ['of none', { frequencyIds: [null] }, [2]],
      ['of some', { frequencyIds: [DAILY, null] }, [1, 2]],
      ['by text without case', { text: ' ZÜRICH ' }, [0]],
      ['by the number of the unit', { text: '9000' }, [1, 2]],
      ['not by a wildcard', { text: 'Z%' }, []],
      ['a page', { limit: 1, offset: 1 }, [1]],
    ] as const)('%s', async (_, request, expected) => {
      expect(await ids({ unitIds, ...request })).toEqual(at(...expected))
    })

    it('by category', async () => {
      const row = await database.db
        .withTables<{ qa_test: { id: number; category_id: number } }>()
        .selectFrom('qa_test')
        .select('category_id')
        .where('id', '=', found[1]?.test ?? 0)
        .executeTakeFirstOrThrow()
      expect(await ids({ unitIds, categoryIds: [row.category_id] })).toEqual(at(1))
      expect(await ids({ unitIds, categoryIds: [] })).toEqual([])
    })

    it('refuses pages that are none', async () => {
      for (const request of [{ limit: 0 }, { limit: 501 }, { offset: -1 }, { limit: 1.5 }]) {
        expect(await refusalOf(workList(therapist, request))).toMatchObject({ kind: 'invalid-input' })
      }
    })
  })

  it('tells each person what waits for them', async () => {
    const fresh = await open('fresh')
    const context = await makeConfigurationContext(fresh)
    await shipDefaults(context)
    const group = await makeGroup(fresh)
    const unitId = await makeUnit(fresh, { name: 'Unit 1' })
    const list = await makeTestList(fresh, { name: 'Morning QA' })
    const id = await make(context, assignment, {
      unit: unitId,
      testList: list,
      frequency: DAILY,
      dueDate: inDays(-1),
      visibleTo: [group],
    })
    const acting = async (...permissions: string[]): Promise<Context> => ({
      ...context,
      actor: await makeUser(fresh, {
        permissions: new Set(['machine-qa.access', ...permissions]),
        groupIds: [group],
      }),
    })
    const [performer, reviewer, stranger] = [
      await acting('machine-qa.session.perform'),
      await acting('machine-qa.session.review'),
      await acting(),
    ]
    const by = performer.actor.kind === 'user' ? performer.actor.id : 0
    const done = { assignmentId: id, testListId: list, completed: TEST_NOW }
    const open_ = await makeDone(fresh, { ...done, parts: { inProgress: true, createdById: by } })
    const complete = await makeDone(fresh, { ...done, parts: { createdById: by } })
    await makeDone(fresh, { ...done, parts: { allReviewed: true } })
    expect(await workForYou(performer)).toMatchObject([
      { token: 'late', title: 'Unit 1: Morning QA', detail: 'Daily', dueAt: inDays(-1), action: 'Perform' },
      { title: 'Unit 1: Morning QA', action: 'Continue', path: `/app/machine-qa/sessions/${open_}/edit` },
    ])
    expect(await workForYou(reviewer)).toMatchObject([
      { kind: 'Unreviewed session', token: 'warn', path: `/app/machine-qa/review/${complete}` },
    ])
    expect(await workForYou(stranger)).toEqual([])
  })

  it('copies assignments to other units, once', async () => {
    const { id, list } = await assign({ frequency: WEEKLY, dueDate: TEST_NOW })
    const [one, two] = [await makeUnit(database), await makeUnit(database)]
    const copied = await copyAssignments(admin, { assignmentIds: [id], unitIds: [one, two] })
    expect(copied.made).toMatchObject(
      [one, two].map((unitId) => ({
        unit: unitId,
        testList: list,
        frequency: WEEKLY,
        dueDate: null,
        visibleTo: [groupId],
      })),
    )
    const again = await copyAssignments(admin, { assignmentIds: [id], unitIds: [one] })
    expect(again.made).toEqual([])
    expect(again.existing).toMatchObject([{ unitId: one, testListId: list }])
    expect(
      await refusalOf(copyAssignments(admin, { assignmentIds: [999_999], unitIds: [one] })),
    ).toMatchObject({
      kind: 'not-found',
    })
  })

  it('schedules all and none', async () => {
    const fresh = await open('fresh')
    const context = await makeConfigurationContext(fresh)
    await shipDefaults(context)
    const group = await makeGroup(fresh)
    const made: number[] = []
    for (const parts of [
      { frequency: WEEKLY },
      { frequency: WEEKLY, autoSchedule: false },
      {},
      { frequency: DAILY },
    ]) {
      const list = await makeTestList(fresh)
      const values = { unit: await makeUnit(fresh), testList: list, visibleTo: [group], ...parts }
      const assignmentId = await make(context, assignment, values)
      if (made.length < 3) await makeDone(fresh, { assignmentId, testListId: list, completed: TEST_NOW })
      made.push(assignmentId)
    }
    const dueDates = () =>
      Promise.all(made.map(async (id) => (await getRecord(context, assignment, id)).dueDate))
    expect(await runScheduleCommand(context, 'schedule-all')).toBe(1)
    expect(await dueDates()).toEqual([inDays(7), null, null, null])
    expect(await runScheduleCommand(context, 'enable-all')).toBe(1)
    expect(await runScheduleCommand(context, 'schedule-all')).toBe(1)
    expect(await dueDates()).toEqual([inDays(7), inDays(7), null, null])
    expect(await runScheduleCommand(context, 'unschedule-all')).toBe(2)
    expect(await dueDates()).toEqual([null, null, null, null])
    expect(await runScheduleCommand(context, 'disable-all')).toBe(4)
    expect(await runScheduleCommand(context, 'schedule-all')).toBe(0)
    const { frequency: kept } = await getRecord(context, assignment, made[0] ?? 0)
    expect((await getRecord(context, frequency, Number(kept))).name).toBe('Weekly')
  })
})
