import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { changeSession } from './change-session.ts'
import { commentSession } from './comment-session.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import type { SessionSubmission } from './performing/submission.ts'
import { refusalOf, tests } from './performing/testing.ts'
import { reviewSession } from './review-session.ts'
import { findAssignment } from './store/assignments.ts'
import { findComments } from './store/comments.ts'
import { findRecentResults } from './store/history.ts'
import {
  makeFrequency,
  makeQaContext,
  makeReadyList,
  makeStatuses,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'
import { voidSession } from './void-session.ts'

const DUE = new Date('2019-07-24T04:00:00Z')

forEachDatabase('voidSession', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
  })

  async function ready(parts: Parameters<typeof makeReadyList>[2] = {}) {
    const { assignmentId } = await makeReadyList(database, [{ macro: 'a' }], parts)
    const perform = (day: string, changes: Partial<SessionSubmission> = {}) =>
      createSession(ctx, {
        assignmentId,
        workStarted: new Date(`2019-07-${day}T14:00:00Z`),
        workCompleted: new Date(`2019-07-${day}T14:10:00Z`),
        tests: tests({ a: 1 }),
        ...changes,
      })
    const due = async () => (await findAssignment(database.db, assignmentId))?.dueDate
    return { assignmentId, perform, due }
  }

  it('needs a reason and the permission', async () => {
    const { perform } = await ready()
    const { session } = await perform('24')
    expect(await refusalOf(voidSession(ctx, session.id, '  '))).toEqual({
      kind: 'invalid-input',
      problems: [{ field: 'reason', problem: 'This is required.' }],
    })
    const actor = await makeUser(database, { permissions: new Set(['machine-qa.session.change']) })
    expect(await refusalOf(voidSession({ ...ctx, actor }, session.id, 'wrong unit'))).toEqual({
      kind: 'not-permitted',
      permission: 'machine-qa.session.void',
    })
  })

  it('keeps the session with who, when and why', async () => {
    const { perform } = await ready()
    const { session } = await perform('24')
    const voided = await voidSession(ctx, session.id, 'wrong unit ')
    expect(voided).toMatchObject({ voidedAt: TEST_NOW, voidReason: 'wrong unit' })
    expect(voided.voidedById).toBe(session.createdById)
    const [entry] = await findHistory(ctx, 'machine-qa.session', session.id, { limit: 1, offset: 0 })
    expect(entry).toMatchObject({ action: 'machine-qa.session.void', reason: 'wrong unit' })
  })

  it('frees the user key', async () => {
    const { perform } = await ready()
    const { session } = await perform('24', { userKey: 'again' })
    await voidSession(ctx, session.id, 'typo')
    expect((await perform('24', { userKey: 'again' })).session.userKey).toBe('again')
  })

  it('ends what can be done with a session', async () => {
    const { perform } = await ready()
    const { session } = await perform('24')
    await voidSession(ctx, session.id, 'typo')
    const notFound = { kind: 'not-found', what: 'session', id: session.id }
    expect(await refusalOf(voidSession(ctx, session.id, 'typo'))).toEqual(notFound)
    expect(await refusalOf(changeSession(ctx, session.id, {}))).toEqual(notFound)
    expect(await refusalOf(reviewSession(ctx, session.id, { statuses: statuses.approved }))).toEqual(notFound)
  })

  it('makes due again what was due before, with a window', async () => {
    // Monday, Wednesday and Friday at 07:00 in Toronto, each counting from its own day
    const frequency = await makeFrequency(database, {
      recurrences: 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
      windowStart: 0,
    })
    const wednesday = new Date('2019-07-24T11:00:00Z')
    const { perform, due } = await ready({ frequency, dueDate: wednesday })
    const { session } = await perform('24')
    expect(await due()).toEqual(new Date('2019-07-26T11:00:00Z'))
    await voidSession(ctx, session.id, 'wrong unit')
    expect(await due()).toEqual(wednesday)
  })

  it('reckons from the session before it', async () => {
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
    const { perform, due, assignmentId } = await ready({ frequency, dueDate: DUE })
    const first = await perform('22')
    const second = await perform('24')
    expect(await due()).toEqual(new Date('2019-07-25T14:10:00Z'))
    await voidSession(ctx, second.session.id, 'wrong unit')
    expect(await findAssignment(database.db, assignmentId)).toMatchObject({
      dueDate: new Date('2019-07-23T14:10:00Z'),
      lastSessionId: first.session.id,
    })
    await voidSession(ctx, first.session.id, 'wrong too')
    expect(await findAssignment(database.db, assignmentId)).toMatchObject({
      dueDate: DUE,
      lastSessionId: null,
    })
  })

  it('leaves a due date alone that an older session did not set', async () => {
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
    const { perform, due } = await ready({ frequency, dueDate: DUE })
    const first = await perform('22')
    await perform('24')
    await voidSession(ctx, first.session.id, 'old mistake')
    expect(await due()).toEqual(new Date('2019-07-25T14:10:00Z'))
  })

  it('takes the results out of histories', async () => {
    const { perform } = await ready()
    const { session, results } = await perform('24')
    const info = results[0]?.unitTestInfoId ?? 0
    expect((await findRecentResults(database.db, [info], { limit: 5 })).get(info)).toHaveLength(1)
    await voidSession(ctx, session.id, 'typo')
    expect((await findRecentResults(database.db, [info], { limit: 5 })).size).toBe(0)
  })

  it('does not end the discussion', async () => {
    const { perform } = await ready()
    const { session } = await perform('24')
    await voidSession(ctx, session.id, 'typo')
    const comment = await commentSession(ctx, session.id, ' who did this? ')
    expect(comment).toMatchObject({ comment: 'who did this?', submitDate: TEST_NOW })
    expect(await findComments(database.db, [session.id])).toEqual([comment])
    expect(await refusalOf(commentSession(ctx, session.id, ' '))).toMatchObject({ kind: 'invalid-input' })
    expect(await refusalOf(commentSession(ctx, 999_999, 'x'))).toMatchObject({ kind: 'not-found' })
  })
})
