import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import type { SessionSubmission } from './performing/submission.ts'
import { refusalOf, tests } from './performing/testing.ts'
import { reviewSession, reviewSessions } from './review-session.ts'
import { findAssignment } from './store/assignments.ts'
import { findResults } from './store/results.ts'
import { findSession } from './store/sessions.ts'
import {
  makeFrequency,
  makeGroup,
  makeQaContext,
  makeReadyList,
  makeStatuses,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'

const DUE = new Date('2019-07-25T04:00:00Z')

forEachDatabase('reviewSession', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
  })

  async function performed(
    changes: Partial<SessionSubmission> = {},
    parts: Parameters<typeof makeReadyList>[2] = {},
  ) {
    const { assignmentId } = await makeReadyList(database, [{ macro: 'a' }, { macro: 'b' }], parts)
    const { session, results } = await createSession(ctx, {
      assignmentId,
      workStarted: new Date('2019-07-25T14:00:00Z'),
      tests: tests({ a: 1, b: 2 }),
      ...changes,
    })
    const [a, b] = results
    return { assignmentId, session, a: a?.id ?? 0, b: b?.id ?? 0 }
  }

  async function reviewer(permissions: readonly string[], groupIds: readonly number[] = []) {
    const actor = await makeUser(database, { permissions: new Set(permissions), groupIds })
    return { ...ctx, actor }
  }

  it('gives all results one status', async () => {
    const { session } = await performed()
    const reviewed = await reviewSession(ctx, session.id, { statuses: statuses.approved })
    expect(reviewed).toMatchObject({ allReviewed: true, reviewed: TEST_NOW, version: 2 })
    expect(await findSession(database.db, session.id)).toEqual(reviewed)
    const results = await findResults(database.db, [session.id])
    expect(
      results.map(({ statusId, reviewDate, reviewedById }) => [statusId, reviewDate, reviewedById]),
    ).toEqual([
      [statuses.approved, TEST_NOW, reviewed.reviewedById],
      [statuses.approved, TEST_NOW, reviewed.reviewedById],
    ])
  })

  it('keeps a session in the queue while a result needs a review', async () => {
    const { session, a } = await performed()
    const reviewed = await reviewSession(ctx, session.id, { statuses: new Map([[a, statuses.approved]]) })
    expect(reviewed).toMatchObject({ allReviewed: false, reviewed: TEST_NOW })
    const [first, second] = await findResults(database.db, [session.id])
    expect([first?.statusId, second?.statusId]).toEqual([statuses.approved, statuses.unreviewed])
  })

  it('makes an assignment due again when its only work is rejected', async () => {
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
    const { session, assignmentId } = await performed({}, { frequency, dueDate: DUE })
    expect((await findAssignment(database.db, assignmentId))?.dueDate).toEqual(
      new Date('2019-07-26T15:00:00Z'),
    )
    await reviewSession(ctx, session.id, { statuses: statuses.rejected })
    expect((await findAssignment(database.db, assignmentId))?.dueDate).toEqual(TEST_NOW)
  })

  it('does not let people review what they performed, unless they may', async () => {
    const performs = 'machine-qa.session.perform'
    const seesAll = 'machine-qa.session.review-not-visible'
    const own = await reviewer(['machine-qa.session.review', performs, seesAll])
    const { assignmentId } = await performed()
    const { session } = await createSession(own, {
      assignmentId,
      workStarted: new Date('2019-07-25T14:00:00Z'),
      tests: tests({ a: 1, b: 2 }),
    })
    expect(await refusalOf(reviewSession(own, session.id, { statuses: statuses.approved }))).toEqual({
      kind: 'not-permitted',
      permission: 'machine-qa.session.review-own',
    })
    const other = await reviewer(['machine-qa.session.review', seesAll])
    expect((await reviewSession(other, session.id, { statuses: statuses.approved })).allReviewed).toBe(true)
  })

  it('shows reviewers the sessions of assignments that their groups see', async () => {
    const group = await makeGroup(database)
    const { session } = await performed({}, { visibleTo: [group] })
    const outside = await reviewer(['machine-qa.session.review'])
    expect(
      await refusalOf(reviewSession(outside, session.id, { statuses: statuses.approved })),
    ).toMatchObject({
      kind: 'not-found',
    })
    const inside = await reviewer(['machine-qa.session.review'], [group])
    expect((await reviewSession(inside, session.id, { statuses: statuses.approved })).allReviewed).toBe(true)
  })

  it.each([
    ['a session in progress', { inProgress: true }, 'conflict'],
    ['another version', {}, 'conflict'],
  ])('refuses %s', async (what, changes, kind) => {
    const { session } = await performed(changes)
    const version = what === 'another version' ? 7 : 1
    expect(
      await refusalOf(reviewSession(ctx, session.id, { statuses: statuses.approved, version })),
    ).toMatchObject({
      kind,
    })
  })

  it('refuses statuses and results that do not exist', async () => {
    const { session } = await performed()
    const other = await performed()
    for (const chosen of [999_999, new Map([[other.a, statuses.approved]])]) {
      expect(await refusalOf(reviewSession(ctx, session.id, { statuses: chosen }))).toMatchObject({
        kind: 'invalid-input',
      })
    }
  })

  it('reviews several sessions at once, all or none', async () => {
    const [one, two] = [await performed(), await performed({ inProgress: true })]
    const both = new Map([
      [one.session.id, statuses.approved],
      [two.session.id, statuses.approved],
    ])
    expect(await refusalOf(reviewSessions(ctx, both))).toMatchObject({ kind: 'conflict' })
    expect((await findSession(database.db, one.session.id))?.allReviewed).toBe(false)
    const three = await performed()
    const reviewed = await reviewSessions(
      ctx,
      new Map([
        [three.session.id, statuses.rejected],
        [one.session.id, statuses.approved],
      ]),
    )
    expect(reviewed.map(({ id }) => id)).toEqual([one.session.id, three.session.id])
  })

  it('is recorded', async () => {
    const { session } = await performed()
    await reviewSession(ctx, session.id, { statuses: statuses.approved })
    const [entry] = await findHistory(ctx, 'machine-qa.session', session.id, { limit: 1, offset: 0 })
    expect(entry?.action).toBe('machine-qa.session.review')
    expect(entry?.changes.map(({ field }) => field)).toEqual([
      'reviewed',
      'reviewedById',
      'allReviewed',
      'test a',
      'test b',
    ])
  })
})
