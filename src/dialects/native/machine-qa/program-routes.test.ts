import { beforeAll, describe, expect, it } from 'vitest'
import { createSession } from '../../../modules/machine-qa/perform-session.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import { tests } from '../../../modules/machine-qa/performing/testing.ts'
import {
  makeAssignment,
  makeFrequency,
  makeInfo,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTolerance,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
  type TestStatuses,
} from '../../../modules/machine-qa/testing.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { type NativeTestServer, openNativeServer } from '../testing.ts'

const QA = '/api/v1/machine-qa'
const FIRST = new Date('2019-07-01T14:00:00Z')
const HOUR_MS = 3_600_000

// the clock of these tests stands at 25 July 2019 in Toronto
forEachDatabase('routes of charts, review and program', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  let native: NativeTestServer
  let admin: number
  let nobody: number
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
    native = await openNativeServer(ctx)
    admin = (await makeUser(database, { isAdministrator: true, username: 'ada' })).id
    nobody = (await makeUser(database)).id
  })

  async function performed(values: readonly number[]) {
    const reference = await makeReference(database, 100)
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    const toleranceId = await makeTolerance(database, { type: 'percent', ...limits })
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
    const ready = await makeReadyList(database, [{ macro: 'a', reference, tolerance: toleranceId }], {
      frequency,
    })
    const ids: number[] = []
    for (const [index, a] of values.entries()) {
      const workStarted = new Date(FIRST.getTime() + index * HOUR_MS)
      const workCompleted = new Date(workStarted.getTime() + 60_000)
      const { session } = await createSession(ctx, {
        assignmentId: ready.assignmentId,
        workStarted,
        workCompleted,
        tests: tests({ a }),
      })
      ids.push(session.id)
    }
    return { ...ready, ids, toleranceId, frequency, testId: ready.testIds.a ?? 0 }
  }

  const read = async (path: string) => {
    const { status, body } = await native.ask('GET', `${QA}/${path}`, admin)
    expect(status).toBe(200)
    return body
  }

  it('answer a chart with points, steps and people', async () => {
    const { unitId, testId, ids } = await performed([100, 104])
    const chart = await read(`charts?unit=${unitId}&test=${testId}&from=2019-07-01&to=2019-07-02`)
    expect(chart).toEqual({
      series: [
        {
          unit: expect.objectContaining({ id: unitId }),
          test: expect.objectContaining({ id: testId, type: 'simple', choices: [] }),
          unitTestInfoId: expect.any(Number),
          list: null,
          points: [
            {
              at: FIRST.getTime() + 60_000,
              value: 100,
              sessionId: ids[0],
              passFail: 'ok',
              statusId: statuses.unreviewed,
              personId: expect.any(Number),
            },
            expect.objectContaining({ value: 104, passFail: 'action' }),
          ],
          total: 2,
          steps: [
            {
              from: FIRST.getTime() + 60_000,
              reference: 100,
              limits: { actLow: 97, tolLow: 98, tolHigh: 102, actHigh: 103 },
            },
          ],
        },
      ],
      referenceChanges: [],
      serviceEvents: [],
      people: expect.any(Object),
    })
  })

  it('answer a control chart with its panels and signals', async () => {
    const { unitId, testId } = await performed([100, 101, 100, 101, 120])
    const query = `unit=${unitId}&test=${testId}&from=2019-07-01&to=2019-07-02&baseline=4&rules=westgard`
    expect(await read(`charts/control?${query}`)).toMatchObject({
      unit: { id: unitId },
      panels: [{ title: 'Values', limits: { centre: 100.5 } }, { title: 'Moving ranges' }],
      signals: [
        { index: 4, rule: '1-2s', severity: 'warning' },
        { index: 4, rule: '1-3s', severity: 'rejection' },
      ],
      available: 5,
      needed: 4,
    })
  })

  it('answer what of a unit can be plotted', async () => {
    const { unitId, testId, testListId } = await performed([])
    expect(await read(`charts/choices?unit=${unitId}`)).toMatchObject({
      lists: [{ id: testListId, testIds: [testId] }],
      tests: [{ id: testId, type: 'simple' }],
      statuses: [{ plotted: true }, { plotted: true }, { plotted: false }],
    })
  })

  it('answer the review queue, and store the reviews of several sessions at once', async () => {
    const { unitId, ids } = await performed([100, 104, 101])
    const queue = await read(`review-queue?unit=${unitId}`)
    expect(queue).toMatchObject({ total: 3, waiting: 3, passed: 2, differences: 1, limit: 50, offset: 0 })
    expect(queue).toMatchObject({
      items: [
        { id: ids[1], passed: false, mayReview: true, counts: { action: 1, ok: 0, comments: 0 } },
        {},
        {},
      ],
    })
    const body = {
      sessions: { [ids[0] ?? 0]: statuses.approved, [ids[2] ?? 0]: statuses.approved },
      versions: { [ids[0] ?? 0]: 1, [ids[2] ?? 0]: 1 },
    }
    const stored = await native.ask('POST', `${QA}/sessions/review`, admin, body)
    expect(stored.body).toEqual({ reviewed: [ids[0], ids[2]] })
    const again = await native.ask('POST', `${QA}/sessions/review`, admin, body)
    expect(again.status).toBe(409)
    expect(again.text).toContain(`Session ${ids[0]}:`)
    expect(await read(`review-queue?unit=${unitId}&show=passed`)).toMatchObject({ total: 0, items: [] })
  })

  it('answer the program, its months, the calendar and a day of it', async () => {
    const { unitId, assignmentId, frequency, ids } = await performed([100])
    expect(await read(`program?unit=${unitId}`)).toMatchObject({
      units: [{ id: unitId }],
      frequencies: [{ id: frequency }],
      cells: [{ unitId, frequencyId: frequency, items: [{ assignmentId, dueStatus: 'action' }] }],
      counts: { no_tol: 0, ok: 0, tolerance: 0, action: 1 },
    })
    expect(await read(`program/months?unit=${unitId}&from=2019-07-01&months=1`)).toMatchObject({
      months: ['2019-07-01'],
      rows: [{ assignmentId, cells: [{ done: 1, unreviewed: 1, expected: 25 }] }],
      total: 1,
    })
    const calendar = await read(`program/calendar?unit=${unitId}&month=2019-07-10`)
    expect(calendar).toMatchObject({ month: '2019-07-01', today: '2019-07-25' })
    expect(calendar).toMatchObject({
      days: expect.arrayContaining([
        { day: '2019-07-01', done: 1, unreviewed: 1, due: 0, overdue: 0, planned: 0 },
      ]),
    })
    expect(await read(`program/day?unit=${unitId}&day=2019-07-01`)).toMatchObject({
      day: '2019-07-01',
      done: [{ id: ids[0], allReviewed: false, outcomes: { ok: 1 } }],
      due: [],
    })
  })

  it('answer the board with the worst unit first', async () => {
    const { unitId } = await performed([104])
    const board = (await read('board')) as { units: readonly { id: number; state: string }[] }
    const unit = board.units.find(({ id }) => id === unitId)
    expect(unit).toMatchObject({ state: 'failed', reasons: expect.any(Array) })
    expect(board.units[0]?.state).toBe('failed')
  })

  it('answer the effect of a reference and of copies without changing anything', async () => {
    const { unitId, assignmentId, testId } = await performed([100, 104])
    const target = await makeUnit(database)
    const targetInfo = await makeInfo(database, target, testId)
    const preview = await native.ask('POST', `${QA}/references/copy/preview`, admin, {
      fromUnitId: unitId,
      toUnitId: target,
    })
    expect(preview.body).toMatchObject({
      changes: [
        {
          before: { reference: null, tolerance: null },
          after: { reference: { value: 100 } },
          isChange: true,
        },
      ],
      missing: [],
    })
    const copy = { assignmentIds: [assignmentId], unitIds: [target, unitId] }
    const assignments = await native.ask('POST', `${QA}/assignments/copy/preview`, admin, copy)
    expect(assignments.body).toMatchObject({ made: [{ unitId: target }], existing: [{ unitId }] })
    expect(await read(`unit-test-infos/${targetInfo}/references`)).toMatchObject({
      present: { reference: null, tolerance: null },
      changes: [],
    })
    const chart = (await read(`charts?unit=${unitId}&test=${testId}&from=2019-07-01&to=2019-07-02`)) as {
      series: readonly { unitTestInfoId: number }[]
    }
    const effect = await native.ask('POST', `${QA}/references/preview`, admin, {
      unitTestInfoId: chart.series[0]?.unitTestInfoId,
      value: 104,
      from: '2019-01-01T00:00:00Z',
    })
    expect(effect.body).toMatchObject({
      before: { reference: { value: 100, display: '100' } },
      after: { reference: { value: 104 } },
      total: 2,
      complete: true,
      changedTotal: 2,
      changed: [
        { value: '104', before: 'action', after: 'ok' },
        { value: '100', before: 'ok', after: 'action' },
      ],
    })
  })

  describe('refuse', () => {
    it.each([
      ['charts?unit=x&test=1', 'unit'],
      ['charts?unit=1&test=1&from=2019-02-30', 'from'],
      ['charts?unit=1&test=1&from=2019-07-02&to=2019-07-01', 'from'],
      ['charts?unit=1&test=1&width=3', 'width'],
      ['charts/control?test=1', 'unit'],
      ['charts/control?unit=1&test=1&kind=magic', 'kind'],
      ['charts/control?unit=1&test=1&size=0', 'size'],
      ['review-queue?show=everything', 'show'],
      ['review-queue?limit=501', 'limit'],
      ['program?unit=-1', 'unit'],
      ['program/months?months=25', 'months'],
      ['program/calendar?month=2019-13-01', 'month'],
      ['program/day?day=yesterday', 'day'],
      ['board?site=x', 'site'],
    ])('%s, because of %s', async (path, field) => {
      const { status, body } = await native.ask('GET', `${QA}/${path}`, admin)
      expect(status).toBe(400)
      expect(body).toMatchObject({ error: { kind: 'invalid-input', problems: [{ field }] } })
    })

    it.each(['charts', 'charts/choices', 'charts/control?unit=1&test=1', 'review-queue', 'program', 'board'])(
      '%s to those who may not',
      async (path) => {
        expect((await native.ask('GET', `${QA}/${path}`, nobody)).status).toBe(403)
        expect((await native.ask('GET', `${QA}/${path}`)).status).toBe(401)
      },
    )

    it.each<[string, unknown, string]>([
      ['sessions/review', { sessions: [] }, 'sessions'],
      ['sessions/review', { sessions: { x: 1 } }, 'sessions'],
      ['sessions/review', { sessions: { 1: 1 }, versions: { 1: 'x' } }, 'versions'],
      ['references/preview', { unitTestInfoId: 'x' }, 'unitTestInfoId'],
      ['references/preview', { unitTestInfoId: 1, value: 'much' }, 'value'],
      ['references/copy/preview', { fromUnitId: 1 }, 'toUnitId'],
      ['assignments/copy/preview', { assignmentIds: 1, unitIds: [] }, 'assignmentIds'],
    ])('%s with %j, because of %s', async (path, body, field) => {
      const answer = await native.ask('POST', `${QA}/${path}`, admin, body)
      expect(answer.status).toBe(400)
      expect(answer.body).toMatchObject({ error: { problems: [{ field }] } })
    })
  })

  it('know assignments by the groups that see them only where work is listed', async () => {
    const { testListId } = await performed([])
    const unit = await makeUnit(database)
    await makeAssignment(database, { unit, testList: testListId })
    expect(await read(`program?unit=${unit}`)).toMatchObject({ units: [{ id: unit }], frequencies: [null] })
  })
})
