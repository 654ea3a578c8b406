import { beforeAll, describe, expect, it } from 'vitest'
import { createSession } from '../../../modules/machine-qa/perform-session.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import { tests } from '../../../modules/machine-qa/performing/testing.ts'
import {
  makeGroup,
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
import { createCatalogue } from '../../../platform/records/catalogue.ts'
import { RECORDS } from '../../../site.ts'
import { type NativeTestServer, openNativeServer } from '../testing.ts'

const QA = '/api/v1/machine-qa'
const STARTED = new Date('2019-07-25T12:00:00Z')
const COMPLETED = new Date('2019-07-25T12:10:00Z')

forEachDatabase('routes of sessions, units and references', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  let native: NativeTestServer
  let admin: number
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database, { catalogue: createCatalogue(RECORDS) })
    statuses = await makeStatuses(database)
    native = await openNativeServer(ctx)
    admin = (await makeUser(database, { isAdministrator: true, username: 'grace' })).id
  })

  async function performed(a = 102.5) {
    const reference = await makeReference(database, 100)
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    const toleranceId = await makeTolerance(database, { type: 'percent', ...limits })
    const group = await makeGroup(database)
    const ready = await makeReadyList(database, [{ macro: 'a', reference, tolerance: toleranceId }], {
      visibleTo: [group],
    })
    const { session } = await createSession(ctx, {
      assignmentId: ready.assignmentId,
      workStarted: STARTED,
      workCompleted: COMPLETED,
      tests: tests({ a }),
    })
    return { ...ready, id: session.id, toleranceId }
  }

  const ask = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    native.ask(method, `${QA}/${path}`, admin, body)

  const infoOf = async (id: number): Promise<number> => {
    const { body } = await ask('GET', `sessions/${id}/details`)
    return (body as { results: readonly { unitTestInfoId: number }[] }).results[0]?.unitTestInfoId ?? 0
  }

  it('answer everything that the page of a session shows', async () => {
    const { id, assignmentId, unitId, testListId } = await performed()
    const { status, body } = await ask('GET', `sessions/${id}/details`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      version: 1,
      assignment: { id: assignmentId, unit: { id: unitId }, frequency: null },
      list: { id: testListId },
      day: 0,
      workStarted: STARTED.toISOString(),
      workCompleted: COMPLETED.toISOString(),
      inProgress: false,
      allReviewed: false,
      voided: null,
      results: [
        {
          macro: 'a',
          value: 102.5,
          valueDisplay: '102.5',
          diffDisplay: '2.5%',
          passFail: 'tolerance',
          statusId: statuses.unreviewed,
          reference: { value: 100, kind: 'numerical', display: '100' },
          tolerance: { kind: 'percent', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 },
          history: [{ sessionId: id, value: 102.5 }],
          files: [],
        },
      ],
      comments: [],
      attachments: [],
      statuses: [
        { id: statuses.unreviewed, requiresReview: true, valid: true, isDefault: true },
        { id: statuses.approved, requiresReview: false },
        { id: statuses.rejected, valid: false },
      ],
      previous: null,
      next: null,
      rights: { change: true, void: true, review: true },
    })
  })

  it('store a review in the version that was read, once', async () => {
    const { id } = await performed()
    const review = { version: 1, statusId: statuses.approved }
    const stored = await ask('POST', `sessions/${id}/review`, review)
    expect(stored.body).toEqual({ id, version: 2, allReviewed: true })
    const late = await ask('POST', `sessions/${id}/review`, review)
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({ error: { kind: 'conflict' } })
  })

  it('store a status for each result', async () => {
    const { id } = await performed()
    const { body } = await ask('GET', `sessions/${id}/details`)
    const [result] = (body as { results: readonly { resultId: number }[] }).results
    const statusesById = { [result?.resultId ?? 0]: statuses.rejected }
    const stored = await ask('POST', `sessions/${id}/review`, { version: 1, statuses: statusesById })
    expect(stored.body).toMatchObject({ allReviewed: true })
  })

  it('void a session with its reason, and keep it readable', async () => {
    const { id } = await performed()
    expect((await ask('POST', `sessions/${id}/void`, {})).status).toBe(400)
    expect((await ask('POST', `sessions/${id}/void`, { reason: 'wrong unit' })).body).toEqual({ id })
    expect((await ask('GET', `sessions/${id}/details`)).body).toMatchObject({
      voided: { reason: 'wrong unit', by: 'grace' },
      rights: { change: false, void: false, review: false },
    })
  })

  it('add a comment', async () => {
    const { id } = await performed()
    const { status, body } = await ask('POST', `sessions/${id}/comments`, { text: 'New chamber.' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ id: expect.any(Number) })
    expect((await ask('GET', `sessions/${id}/details`)).body).toMatchObject({
      comments: [{ by: 'grace', text: 'New chamber.' }],
    })
  })

  it('answer the history of a test on a unit with what it was compared with', async () => {
    const { id } = await performed()
    const info = await infoOf(id)
    const { body } = await ask('GET', `test-history?info=${info}`)
    expect(body).toMatchObject({
      points: [{ sessionId: id, value: 102.5, passFail: 'tolerance', reference: 100 }],
      complete: true,
    })
    expect((await ask('GET', 'test-history?info=x')).status).toBe(400)
    expect((await ask('GET', 'test-history?info=999999')).status).toBe(404)
  })

  it('set a reference and answer its history', async () => {
    const { id, toleranceId } = await performed()
    const unitTestInfoId = await infoOf(id)
    const setting = { comment: 'new chamber', settings: [{ unitTestInfoId, value: 101 }] }
    expect((await ask('POST', 'references/set', setting)).body).toEqual({ changed: 1 })
    const { body } = await ask('GET', `unit-test-infos/${unitTestInfoId}/references`)
    expect(body).toMatchObject({
      unitTestInfoId,
      present: { reference: { value: 101, kind: 'numerical' }, tolerance: { id: toleranceId } },
      changes: [
        {
          by: 'grace',
          comment: 'new chamber',
          before: { reference: { value: 100 } },
          after: { reference: { value: 101 } },
        },
      ],
    })
  })

  it('copy assignments to another unit, once', async () => {
    const { assignmentId } = await performed()
    const unit = await makeUnit(database)
    const copy = { assignmentIds: [assignmentId], unitIds: [unit] }
    expect((await ask('POST', 'assignments/copy', copy)).body).toEqual({ made: 1, existing: 0 })
    expect((await ask('POST', 'assignments/copy', copy)).body).toEqual({ made: 0, existing: 1 })
  })

  it('answer units with their states, and one with reasons and thirty days', async () => {
    const { unitId } = await performed()
    const overview = (await ask('GET', 'units-overview')).body as {
      groups: readonly { units: readonly { id: number; state: string; inProgress: number }[] }[]
    }
    const unit = overview.groups.flatMap(({ units }) => units).find(({ id }) => id === unitId)
    expect(unit).toMatchObject({ state: 'unknown', inProgress: 0 })
    const { body } = await ask('GET', `units/${unitId}/state`)
    expect(body).toMatchObject({
      state: 'unknown',
      reasons: [{ state: 'unknown', text: 'No assignment decides about this unit', assignmentId: null }],
    })
    expect((body as { days: readonly unknown[] }).days).toHaveLength(30)
  })

  it('answer work with its counts, filtered and ordered', async () => {
    const { unitId, assignmentId, id } = await performed()
    const { body } = await ask('GET', `work?unit=${unitId}&order=-last&limit=5`)
    expect(body).toMatchObject({
      items: [{ assignmentId, dueStatus: 'no_tol', last: { sessionId: id, outcomes: { tolerance: 1 } } }],
      total: 1,
      limit: 5,
      offset: 0,
      counts: { no_tol: 1, ok: 0, tolerance: 0, action: 0 },
    })
  })

  describe('refuse', () => {
    it.each([
      ['GET', 'sessions/abc/details', 400],
      ['GET', 'sessions/999999/details', 404],
      ['POST', 'sessions/999999/review', 400],
      ['POST', 'sessions/999999/comments', 400],
      ['GET', 'work?order=colour', 400],
      ['GET', 'work?due=soon', 400],
      ['GET', 'work?unit=one', 400],
      ['GET', 'attachments/999999/content', 404],
    ] as const)('%s %s with %d', async (method, path, status) => {
      expect((await ask(method, path, method === 'POST' ? {} : undefined)).status).toBe(status)
    })
  })
})
