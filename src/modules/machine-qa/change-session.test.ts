import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { type CalculationEngine, createCalculationEngine } from '../calculations/engine.ts'
import { changeSession } from './change-session.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import type { SessionChanges, SessionSubmission } from './performing/submission.ts'
import { problemOf, refusalOf, resultOf, tests } from './performing/testing.ts'
import { findAssignment } from './store/assignments.ts'
import { findAttachmentsOf } from './store/attachments.ts'
import { findComments } from './store/comments.ts'
import {
  makeFrequency,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeRuleSet,
  makeStatuses,
  makeTolerance,
  makeUser,
  QA_TEST_MIGRATIONS,
  type ReadyTest,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'

const STARTED = new Date('2019-07-25T14:49:00Z')
const COMPLETED = new Date('2019-07-25T14:49:47Z')
const LATER = new Date('2019-07-25T16:00:00Z')

let calculations: CalculationEngine
beforeAll(() => {
  calculations = createCalculationEngine({ timeZone: 'America/Toronto', packagesFolder: null })
})
afterAll(() => calculations.close())

forEachDatabase('changeSession', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let later: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database, { calculations })
    later = { ...ctx, actor: await makeUser(database, { isAdministrator: true }), now: () => LATER }
    statuses = await makeStatuses(database)
  })

  async function performed(
    list: readonly ReadyTest[],
    values: Parameters<typeof tests>[0],
    changes: Partial<SessionSubmission> = {},
    parts: Parameters<typeof makeReadyList>[2] = {},
  ) {
    const made = await makeReadyList(database, list, parts)
    const done = await createSession(ctx, {
      assignmentId: made.assignmentId,
      workStarted: STARTED,
      workCompleted: COMPLETED,
      tests: tests(values),
      ...changes,
    })
    const change = (values: Parameters<typeof tests>[0], more: SessionChanges = {}) =>
      changeSession(later, done.session.id, { tests: tests(values), ...more })
    return { ...made, done, change }
  }

  it('changes what is sent, keeps the rest and calculates again', async () => {
    const { done, change } = await performed(
      [{ macro: 'a' }, { macro: 'b' }, { macro: 'c', type: 'composite', procedure: 'c = a + b' }],
      { a: { value: 1, comment: 'first', valueText: '1.0' }, b: { value: 2, comment: 'second' } },
    )
    const changed = await change({ b: 5 })
    expect(changed.results.map(({ result }) => result.value)).toEqual([1, 5, 6])
    expect(changed.results.map(({ comment }) => comment)).toEqual(['first', 'second', ''])
    expect(changed.results.map(({ valueText }) => valueText)).toEqual(['1.0', null, null])
    expect(changed.results.map(({ id }) => id)).toEqual(done.results.map(({ id }) => id))
    expect(changed.session).toMatchObject({
      id: done.session.id,
      version: 2,
      createdById: done.session.createdById,
      createdAt: TEST_NOW,
      modifiedAt: LATER,
      modifiedById: later.actor.kind === 'user' ? later.actor.id : null,
    })
  })

  it('keeps dates and date-times that are not sent', async () => {
    const { change } = await performed(
      [{ macro: 'a' }, { macro: 'd', type: 'date' }, { macro: 't', type: 'datetime' }],
      { a: 1, d: '2019-08-01', t: '2019-08-02 23:45' },
    )
    const changed = await change({ a: 2 })
    expect(resultOf(changed, 'd').result.dateValue).toBe('2019-08-01')
    expect(resultOf(changed, 't').result.datetimeValue).toEqual(new Date('2019-08-03T03:45:00Z'))
  })

  it('keeps skips, un-skips by a value and clears by a skip', async () => {
    const { change } = await performed([{ macro: 'a' }, { macro: 'b' }, { macro: 'c' }], {
      a: { skipped: true },
      b: { skipped: true, comment: 'broken' },
      c: 3,
    })
    const changed = await change({ b: 2, c: { skipped: true } })
    expect(changed.results.map(({ skipped }) => skipped)).toEqual([true, false, true])
    expect(changed.results.map(({ result }) => result.value)).toEqual([null, 2, null])
    expect(resultOf(changed, 'b').comment).toBe('broken')
  })

  it('judges by the reference and tolerance that were frozen', async () => {
    const reference = await makeReference(database, 10)
    const tolerance = await makeTolerance(database, {
      type: 'absolute',
      actLow: -1,
      tolLow: null,
      tolHigh: null,
      actHigh: 1,
    })
    const { testIds, unitId, change } = await performed([{ macro: 'a', reference, tolerance }], { a: 10 })
    const other = await makeReference(database, 20)
    await database.db
      .withTables<{ qa_unit_test_info: { reference_id: number; test_id: number; unit_id: number } }>()
      .updateTable('qa_unit_test_info')
      .set({ reference_id: other })
      .where('test_id', '=', testIds.a ?? 0)
      .where('unit_id', '=', unitId)
      .execute()
    const changed = await change({ a: 12 })
    expect(resultOf(changed, 'a')).toMatchObject({ passFail: 'action', reference: { id: reference } })
  })

  it('takes a review back and lets rules review again', async () => {
    const ruleSetId = await makeRuleSet(database, { no_tol: statuses.approved })
    const { change, done } = await performed(
      [{ macro: 'a' }, { macro: 'b', ruleSetId }],
      { a: 1, b: 2 },
      { statusId: statuses.approved },
    )
    expect(done.session.allReviewed).toBe(true)
    const changed = await change({})
    expect(changed.session).toMatchObject({ reviewed: null, reviewedById: null, allReviewed: false })
    expect(changed.results.map(({ statusId }) => statusId)).toEqual([statuses.unreviewed, statuses.approved])
    const explicit = await change({}, { statusId: statuses.rejected })
    expect(explicit.session).toMatchObject({ reviewed: LATER, allReviewed: true })
    const commented = await change({}, { comment: 'look' })
    expect(commented.results.map(({ statusId }) => statusId)).toEqual([
      statuses.unreviewed,
      statuses.unreviewed,
    ])
  })

  it('adds comments and attachments', async () => {
    const file = (filename: string) => ({ filename, content: Buffer.from(filename) })
    const { change, done } = await performed(
      [{ macro: 'a' }],
      { a: 1 },
      { comment: 'one', attachments: [file('1.txt')] },
    )
    const changed = await change({}, { comment: 'two', attachments: [file('2.txt')] })
    expect(changed.comment).toBe('two')
    const comments = await findComments(database.db, [done.session.id])
    expect(comments.map(({ comment }) => comment)).toEqual(['one', 'two'])
    const files = await findAttachmentsOf(database.db, 'session', [done.session.id])
    expect(files.map(({ label }) => label)).toEqual(['1.txt', '2.txt'])
  })

  it('does not repeat what a procedure remarks', async () => {
    const { change } = await performed(
      [{ macro: 'a' }, { macro: 'c', type: 'composite', procedure: "UTILS.set_comment('remark')\nc = a" }],
      { a: 1, c: { comment: 'mine' } },
    )
    expect(resultOf(await change({ a: 2 }), 'c').comment).toBe('mine\nremark')
  })

  it('completes a session that was in progress', async () => {
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
    const { change, assignmentId } = await performed(
      [{ macro: 'a' }],
      { a: 1 },
      { inProgress: true },
      { frequency },
    )
    expect((await findAssignment(database.db, assignmentId))?.lastSessionId).toBeNull()
    const changed = await change({}, { inProgress: false })
    expect(changed.session.inProgress).toBe(false)
    expect(await findAssignment(database.db, assignmentId)).toMatchObject({
      dueDate: new Date('2019-07-26T14:49:47Z'),
      lastSessionId: changed.session.id,
    })
  })

  it('validates the whole session again', async () => {
    const { change } = await performed(
      [
        { macro: 'a' },
        { macro: 'c', type: 'composite', procedure: 'c = 1 / a' },
        { macro: 'k', type: 'constant', constantValue: 2 },
      ],
      { a: 1 },
    )
    await expect(problemOf(change({ k: 3 }))).resolves.toBe('Incorrect constant value passed for k')
    await expect(problemOf(change({ a: 0 }))).resolves.toMatch(/^Error with c test: /)
    await expect(problemOf(change({ a: null }))).resolves.toMatch(
      /^Wrong value type \(number\/string\) for tests: a, c\n/,
    )
    await expect(problemOf(change({ a: { skipped: true } }))).resolves.toMatch(/tests: c\n/)
    await expect(problemOf(change({}, { workCompleted: new Date('2019-07-25T14:00:00Z') }))).resolves.toBe(
      'work_completed date must be after work_started',
    )
    const changed = await change({ a: { skipped: true }, c: { skipped: true } })
    expect(resultOf(changed, 'c')).toMatchObject({ skipped: true, result: { value: null } })
    expect(resultOf(await change({ a: 4 }), 'c')).toMatchObject({ skipped: true, result: { value: 0.25 } })
  })

  it('changes, keeps and frees user keys', async () => {
    const { change } = await performed([{ macro: 'a' }], { a: 1 }, { userKey: 'mine' })
    const other = await performed([{ macro: 'a' }], { a: 1 }, { userKey: 'taken' })
    expect((await change({}, {})).session.userKey).toBe('mine')
    expect((await change({}, { userKey: 'mine' })).session.userKey).toBe('mine')
    expect(await refusalOf(change({}, { userKey: 'taken' }))).toMatchObject({
      kind: 'conflict',
      field: 'user_key',
    })
    expect((await change({}, { userKey: null })).session.userKey).toBeNull()
    expect((await other.change({}, { userKey: 'mine' })).session.userKey).toBe('mine')
  })

  describe('uploads', () => {
    const list: ReadyTest[] = [
      { macro: 'a' },
      {
        macro: 'u',
        type: 'upload',
        procedure: "text = FILE.read()\nUTILS.write_file('copy.txt', text)\nu = len(text) * a",
      },
      { macro: 'c', type: 'composite', procedure: 'c = u + 1' },
    ]
    const file = (value: string) => ({ filename: 'u.txt', value, encoding: 'text' })

    it('are analysed again in place', async () => {
      const { change, done } = await performed(list, { a: 1, u: file('four') })
      const changed = await change({ a: 10 })
      expect(resultOf(changed, 'u').result.jsonValue).toBe(40)
      expect(resultOf(changed, 'c').result.value).toBe(41)
      const ids = (session: typeof done) => resultOf(session, 'u').attachments.map(({ id }) => id)
      expect(ids(changed)).toEqual(ids(done))
      expect(resultOf(changed, 'u').result.stringValue).toBe(resultOf(done, 'u').result.stringValue)
    })

    it('are replaced by a new file; the old one stays with the session', async () => {
      const { change, done } = await performed(list, { a: 1, u: file('four') })
      const changed = await change({ u: file('three') })
      const result = resultOf(changed, 'u')
      expect(result.result).toMatchObject({ jsonValue: 5, stringValue: String(result.attachments[0]?.id) })
      expect(result.attachments.map(({ label }) => label)).toEqual(['u.txt', 'copy.txt'])
      expect(await findAttachmentsOf(database.db, 'result', [result.id])).toEqual(result.attachments)
      const [old] = await findAttachmentsOf(database.db, 'session', [done.session.id])
      expect(old?.id).toBe(resultOf(done, 'u').attachments[0]?.id)
    })
  })

  it('loses no change of two at once: the second waits or is refused', async () => {
    const { change, done } = await performed([{ macro: 'a' }], { a: 1 })
    const outcomes = await Promise.allSettled([change({ a: 2 }), change({ a: 3 })])
    const carriedOut = outcomes.filter(({ status }) => status === 'fulfilled').length
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(
      refused.every((outcome) => 'reason' in outcome && outcome.reason.refusal.kind === 'conflict'),
    ).toBe(true)
    expect(carriedOut).toBeGreaterThan(0)
    const history = await findHistory(ctx, 'machine-qa.session', done.session.id, { limit: 9, offset: 0 })
    expect(history.filter(({ action }) => action === 'machine-qa.session.change')).toHaveLength(carriedOut)
  })

  it('knows no session that does not exist', async () => {
    expect(await refusalOf(changeSession(ctx, 999_999, {}))).toEqual({
      kind: 'not-found',
      what: 'session',
      id: 999_999,
    })
  })

  it('needs its permission', async () => {
    const { done } = await performed([{ macro: 'a' }], { a: 1 })
    const actor = await makeUser(database, { permissions: new Set(['machine-qa.session.perform']) })
    expect(await refusalOf(changeSession({ ...ctx, actor }, done.session.id, {}))).toEqual({
      kind: 'not-permitted',
      permission: 'machine-qa.session.change',
    })
  })

  it('tells the audit trail which tests changed', async () => {
    const { change, done } = await performed([{ macro: 'a' }, { macro: 'b' }], { a: 1, b: 2 })
    await change({ b: { value: 3, comment: 'typo' } })
    const [entry] = await findHistory(ctx, 'machine-qa.session', done.session.id, { limit: 5, offset: 0 })
    expect(entry?.action).toBe('machine-qa.session.change')
    expect(entry?.changes).toEqual([
      {
        field: 'test b',
        before: { value: 2, passFail: 'no_tol', statusId: statuses.unreviewed },
        after: { value: 3, passFail: 'no_tol', statusId: statuses.unreviewed, comment: 'typo' },
      },
    ])
  })
})
