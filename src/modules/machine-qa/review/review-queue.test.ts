import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { commentSession } from '../comment-session.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf, tests } from '../performing/testing.ts'
import { reviewSession, reviewSessions } from '../review-session.ts'
import {
  makeGroup,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTolerance,
  makeUser,
  QA_TEST_MIGRATIONS,
  type TestStatuses,
} from '../testing.ts'
import { type QueueRequest, reviewQueue } from './review-queue.ts'

const FIRST = new Date('2019-07-01T14:00:00Z')
const HOUR_MS = 3_600_000

forEachDatabase('the review queue', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  let group: number
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
    group = await makeGroup(database)
  })

  /** Sessions of a unit of their own, an hour apart, seen by the group. */
  async function performed(values: readonly number[]) {
    const reference = await makeReference(database, 100)
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    const tolerance = await makeTolerance(database, { type: 'percent', ...limits })
    const { assignmentId, unitId } = await makeReadyList(database, [{ macro: 'a', reference, tolerance }], {
      visibleTo: [group],
    })
    const ids: number[] = []
    for (const [index, a] of values.entries()) {
      const workStarted = new Date(FIRST.getTime() + index * HOUR_MS)
      const { session } = await createSession(ctx, { assignmentId, workStarted, tests: tests({ a }) })
      ids.push(session.id)
    }
    const read = (request: QueueRequest = {}, as = ctx) => reviewQueue(as, { unitIds: [unitId], ...request })
    return { ids, read }
  }

  async function reviewer(parts: { permissions?: readonly string[]; groupIds?: readonly number[] }) {
    const permissions = new Set(['machine-qa.session.review', ...(parts.permissions ?? [])])
    const actor = await makeUser(database, { permissions, groupIds: parts.groupIds ?? [] })
    return { ...ctx, actor }
  }

  it('shows what needs eyes first: action, tolerance, then what passed, newest first', async () => {
    const { ids, read } = await performed([100, 104, 102.5, 101])
    const queue = await read()
    expect(queue.items.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[3], ids[0]])
    expect(queue).toMatchObject({ waiting: 4, passed: 2, differences: 2, total: 4 })
    expect(queue.items[0]?.counts).toMatchObject({ action: 1, ok: 0 })
  })

  it('can be shown as only what passed, or only what did not', async () => {
    const { ids, read } = await performed([100, 104])
    expect((await read({ show: 'passed' })).items.map(({ id }) => id)).toEqual([ids[0]])
    expect(await read({ show: 'differences' })).toMatchObject({ total: 1, items: [{ id: ids[1] }] })
  })

  it('does not count what somebody commented on as passed', async () => {
    const { ids, read } = await performed([100])
    await commentSession(ctx, ids[0] ?? 0, 'The chamber was changed.')
    expect(await read()).toMatchObject({ passed: 0, items: [{ passed: false, counts: { comments: 1 } }] })
  })

  it('holds nothing that is reviewed', async () => {
    const { ids, read } = await performed([100, 101])
    await reviewSession(ctx, ids[0] ?? 0, { statuses: statuses.approved })
    expect((await read()).items.map(({ id }) => id)).toEqual([ids[1]])
  })

  it('shows a reviewer what one of the groups sees, and all with the permission for it', async () => {
    const { read } = await performed([100])
    expect((await read({}, await reviewer({}))).total).toBe(0)
    expect((await read({}, await reviewer({ groupIds: [group] }))).total).toBe(1)
    const permissions = ['machine-qa.session.review-not-visible']
    expect((await read({}, await reviewer({ permissions }))).total).toBe(1)
  })

  it('marks own sessions that one may not review, or leaves them out', async () => {
    const permissions = ['machine-qa.session.perform', 'machine-qa.session.review-not-visible']
    const own = await reviewer({ permissions, groupIds: [group] })
    const { assignmentId, unitId } = await makeReadyList(database, [{ macro: 'a' }], { visibleTo: [group] })
    await createSession(own, { assignmentId, workStarted: FIRST, tests: tests({ a: 1 }) })
    const read = (request: QueueRequest) => reviewQueue(own, { unitIds: [unitId], ...request })
    expect((await read({})).items).toMatchObject([{ mayReview: false }])
    expect((await read({ own: 'reviewable' })).items).toEqual([])
  })

  it('refuses to be read without the permission, and pages that are too large', async () => {
    const nobody = { ...ctx, actor: await makeUser(database) }
    expect(await refusalOf(reviewQueue(nobody))).toMatchObject({ permission: 'machine-qa.session.review' })
    expect(await refusalOf(reviewQueue(ctx, { limit: 501 }))).toMatchObject({
      problems: [{ field: 'limit' }],
    })
  })

  it('lets only one of two reviewers approve the same sessions, and names the session', async () => {
    const { ids, read } = await performed([100, 101])
    const seen = (await read()).items
    const reviews = new Map(
      seen.map(({ id, version }) => [id, { statuses: statuses.approved, version }] as const),
    )
    await reviewSession(ctx, ids[1] ?? 0, { statuses: statuses.rejected })
    const refusal = await refusalOf(reviewSessions(ctx, reviews))
    expect(refusal).toMatchObject({ kind: 'conflict' })
    expect(JSON.stringify(refusal)).toContain(`Session ${ids[1]}:`)
    // all or none
    expect((await read()).items.map(({ id }) => id)).toEqual([ids[0]])
  })
})
