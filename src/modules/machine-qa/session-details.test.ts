import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { commentSession } from './comment-session.ts'
import { findTestHistory } from './find-test-history.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { refusalOf, tests } from './performing/testing.ts'
import { reviewSession } from './review-session.ts'
import { getSessionDetails } from './session-details.ts'
import {
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTolerance,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'
import { voidSession } from './void-session.ts'

const FIRST = new Date('2019-07-01T14:00:00Z')
const HOUR_MS = 3_600_000

forEachDatabase('the session page', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
  })

  /** Sessions an hour apart, each with its number as value. */
  async function performed(count: number) {
    const reference = await makeReference(database, 1)
    const tolerance = await makeTolerance(database, {
      type: 'percent',
      actLow: -3,
      tolLow: -2,
      tolHigh: 2,
      actHigh: 3,
    })
    const { assignmentId } = await makeReadyList(database, [{ macro: 'a', reference, tolerance }])
    const sessions = []
    for (let number = 1; number <= count; number += 1) {
      const workStarted = new Date(FIRST.getTime() + number * HOUR_MS)
      sessions.push(
        await createSession(ctx, {
          assignmentId,
          workStarted,
          workCompleted: new Date(workStarted.getTime() + 60_000),
          tests: tests({ a: number }),
        }),
      )
    }
    return { assignmentId, reference, tolerance, sessions, ids: sessions.map(({ session }) => session.id) }
  }

  it('shows a result with what it was compared with and what came before', async () => {
    const { ids, assignmentId } = await performed(3)
    const details = await getSessionDetails(ctx, ids[1] ?? 0)
    expect(details.session.id).toBe(ids[1])
    expect(details.assignment.id).toBe(assignmentId)
    const [result] = details.results
    expect(result).toMatchObject({
      valueDisplay: '2',
      diffDisplay: '100%',
      passFail: 'action',
      referenceDisplay: '1',
    })
    expect(result?.history.map(({ result: { value } }) => value)).toEqual([2, 1])
    expect(details.previous?.id).toBe(ids[0])
    expect(details.next?.id).toBe(ids[2])
  })

  it('names everybody who had a part in it', async () => {
    const { ids } = await performed(1)
    const id = ids[0] ?? 0
    const reviewer = await makeUser(database, { isAdministrator: true, username: `reviewer ${id}` })
    await reviewSession({ ...ctx, actor: reviewer }, id, { statuses: statuses.approved })
    await commentSession({ ...ctx, actor: reviewer }, id, 'fine')
    const details = await getSessionDetails(ctx, id)
    expect(details.people.get(details.session.reviewedById ?? 0)?.username).toBe(`reviewer ${id}`)
    expect(details.comments).toMatchObject([{ comment: 'fine', userId: reviewer.id, submitDate: TEST_NOW }])
    expect(details.statuses.map(({ name }) => name)).toEqual(['Unreviewed', 'Approved', 'Rejected'])
  })

  it('says what the viewer may do', async () => {
    const { ids } = await performed(1)
    const id = ids[0] ?? 0
    const permissions = new Set(['machine-qa.session.view-completed', 'machine-qa.session.review'])
    const actor = await makeUser(database, { permissions })
    expect((await getSessionDetails({ ...ctx, actor }, id)).rights).toEqual({
      change: false,
      void: false,
      review: true,
    })
    expect((await getSessionDetails(ctx, id)).rights).toEqual({ change: true, void: true, review: true })
    await voidSession(ctx, id, 'typo')
    expect((await getSessionDetails(ctx, id)).rights).toEqual({ change: false, void: false, review: false })
  })

  it('passes over voided neighbours', async () => {
    const { ids } = await performed(3)
    await voidSession(ctx, ids[1] ?? 0, 'typo')
    expect((await getSessionDetails(ctx, ids[0] ?? 0)).next?.id).toBe(ids[2])
  })

  it('needs its permission and a session', async () => {
    const actor = await makeUser(database)
    expect(await refusalOf(getSessionDetails({ ...ctx, actor }, 1))).toMatchObject({ kind: 'not-permitted' })
    expect(await refusalOf(getSessionDetails(ctx, 999_999))).toMatchObject({ kind: 'not-found' })
  })

  it('has histories in pages that follow one another', async () => {
    const { sessions, reference, tolerance } = await performed(5)
    const info = sessions[0]?.results[0]?.unitTestInfoId ?? 0
    const seen: (number | null)[] = []
    let after: Parameters<typeof findTestHistory>[2]['after']
    do {
      const page = await findTestHistory(ctx, info, { limit: 2, ...(after ? { after } : {}) })
      seen.push(...page.points.map(({ result }) => result.value))
      expect([...page.references.keys(), ...page.tolerances.keys()]).toEqual([reference, tolerance])
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual([5, 4, 3, 2, 1])
  })

  it('has histories of a stretch of time', async () => {
    const { sessions } = await performed(4)
    const info = sessions[0]?.results[0]?.unitTestInfoId ?? 0
    const [, second, third] = sessions.map(({ session }) => session.workCompleted)
    const { points, subject } = await findTestHistory(ctx, info, {
      limit: 100,
      ...(second && third ? { from: second, to: third } : {}),
    })
    expect(points.map(({ result }) => result.value)).toEqual([3, 2])
    expect(subject.test.macro).toBe('a')
    expect(await refusalOf(findTestHistory(ctx, info, { limit: 5001 }))).toMatchObject({
      kind: 'invalid-input',
    })
    expect(await refusalOf(findTestHistory(ctx, 999_999, { limit: 1 }))).toMatchObject({ kind: 'not-found' })
  })
})
