import { beforeAll, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { equipmentStates } from '../equipment/state-at.ts'
import { changeRecord } from '../records/save-record.ts'
import { make, makeConfigurationContext, makeDone } from './configuration/testing.ts'
import type { PassFail } from './domain/pass-fail.ts'
import { refusalOf } from './performing/testing.ts'
import { assignment } from './records/assignment.ts'
import { unit } from './records/unit.ts'
import { shipDefaults } from './ship-defaults.ts'
import { saveAssignmentState } from './store/assignments.ts'
import {
  makeGroup,
  makeInfo,
  makeTest,
  makeTestList,
  makeUnit,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
} from './testing.ts'
import { machineQaStates, unitStateStrips, unitStates } from './unit-state.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(TEST_NOW.getTime() + days * DAY_MS)
const [DAILY, UNREVIEWED, REJECTED] = [1, 1, 3]

forEachDatabase('the state of units', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
    await shipDefaults(ctx)
  })

  type DoneOn = { day: number; passFail?: PassFail; reviewed?: boolean; statusId?: number; dueBefore?: Date }

  /** A unit with one daily list, performed on some days. */
  async function unitDone(
    done: readonly DoneOn[],
    parts: { dueDate?: Date; frequency?: number | null } = {},
  ) {
    const unitId = await makeUnit(database)
    const test = await makeTest(database)
    const testListId = await makeTestList(database, { tests: [test], name: `Daily of ${unitId}` })
    const { dueDate = inDays(1), frequency = DAILY } = parts
    const past = { ...ctx, now: () => inDays(-60) }
    const assignmentId = await make(past, assignment, {
      unit: unitId,
      testList: testListId,
      frequency,
      visibleTo: [await makeGroup(database)],
    })
    const infoId = await infoOf(unitId, test)
    let lastSessionId: number | null = null
    for (const { day, passFail = 'ok', reviewed = true, statusId = UNREVIEWED, dueBefore } of done) {
      lastSessionId = await makeDone(database, {
        assignmentId,
        testListId,
        infoId,
        statusId,
        passFail,
        completed: inDays(day),
        parts: { allReviewed: reviewed, dueDate: dueBefore ?? inDays(day) },
      })
    }
    await saveAssignmentState(database.db, assignmentId, { dueDate, lastSessionId })
    return unitId
  }

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

  const stateOf = async (unitId: number, at?: Date) =>
    (await unitStates(ctx, { unitIds: [unitId], ...(at ? { at } : {}) })).get(unitId)

  it.each([
    ['ok', [{ day: -1 }], {}],
    ['tolerance', [{ day: -1, passFail: 'tolerance' }], {}],
    ['failed', [{ day: -1, passFail: 'action', reviewed: false }], {}],
    ['failed', [{ day: -1, statusId: REJECTED }], {}],
    ['unreviewed', [{ day: -1, reviewed: false }], {}],
    ['overdue', [{ day: -3 }], { dueDate: inDays(-1) }],
    ['unknown', [], {}],
    ['unknown', [{ day: -1 }], { frequency: null }],
  ] as const)('is %s after %j', async (state, done, parts) => {
    expect((await stateOf(await unitDone(done, parts)))?.state).toBe(state)
  })

  it('comes with reasons, and knows units that it was not asked for', async () => {
    const unitId = await unitDone([{ day: -1, passFail: 'action' }], { dueDate: inDays(-1) })
    const found = await stateOf(unitId)
    expect(found?.reasons.map(({ state, text }) => [state, text])).toEqual([
      ['failed', `Daily of ${unitId}: a result is at action level`],
      ['overdue', `Daily of ${unitId}: overdue`],
    ])
    expect((await unitStates(ctx)).get(unitId)?.state).toBe('failed')
    expect((await unitStates(ctx, { unitIds: [] })).size).toBe(0)
  })

  it('is told for instants of the past, by what was performed and due then', async () => {
    const unitId = await unitDone([
      { day: -10 },
      { day: -6, passFail: 'action', dueBefore: inDays(-9) },
      { day: -5, dueBefore: inDays(-5) },
    ])
    const states = await Promise.all(
      [-11, -10, -9.5, -8, -6, -5, 0].map(async (day) => (await stateOf(unitId, inDays(day)))?.state),
    )
    expect(states).toEqual(['unknown', 'ok', 'ok', 'overdue', 'failed', 'ok', 'ok'])
    expect((await stateOf(unitId, inDays(-100)))?.reasons[0]?.text).toBe(
      'No assignment decides about this unit',
    )
  })

  it('of every day makes a strip that agrees with each day', async () => {
    const unitId = await unitDone([{ day: -4 }, { day: -2, passFail: 'tolerance' }], { dueDate: inDays(1) })
    const strip = (await unitStateStrips(ctx, { unitIds: [unitId], days: 6 })).get(unitId)
    expect(strip).toEqual([
      { day: '2019-07-20', state: 'unknown' },
      { day: '2019-07-21', state: 'ok' },
      { day: '2019-07-22', state: 'ok' },
      { day: '2019-07-23', state: 'tolerance' },
      { day: '2019-07-24', state: 'tolerance' },
      { day: '2019-07-25', state: 'tolerance' },
    ])
  })

  it('is the state of the machine that the unit is, within its time in service', async () => {
    const machine = await make(ctx, equipment, { name: 'Linac 4711', inServiceTo: '2019-12-31' })
    const other = await make(ctx, equipment, { name: 'Balance' })
    const unitId = await unitDone([{ day: -1, passFail: 'tolerance' }])
    await changeRecord(ctx, unit, unitId, 1, { equipment: machine })
    const states = equipmentStates([machineQaStates()])
    expect(await states.stateAt(ctx, machine, TEST_NOW)).toMatchObject({ state: 'tolerance' })
    expect(await states.stateAt(ctx, machine, new Date('2020-01-02T12:00:00Z'))).toMatchObject({
      state: 'out-of-service',
      reasons: [{ text: 'Not in service after 2019-12-31' }, { state: 'overdue' }, { state: 'tolerance' }],
    })
    expect(await states.stateAt(ctx, other, TEST_NOW)).toEqual({
      state: 'unknown',
      reasons: [{ state: 'unknown', text: 'Nothing decides about this equipment' }],
    })
    expect([...(await states.statesAt(ctx, [machine, other, 999_999], TEST_NOW)).keys()]).toEqual([
      machine,
      other,
    ])
    expect(await refusalOf(states.stateAt(ctx, 999_999, TEST_NOW))).toMatchObject({ kind: 'not-found' })
  })
})
