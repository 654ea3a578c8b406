import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { type CalculationEngine, createCalculationEngine } from '../calculations/engine.ts'
import { addAttachment } from './add-attachment.ts'
import { analyseUpload } from './analyse-upload.ts'
import { changeSession } from './change-session.ts'
import type { JsonValue } from './domain/test-result.ts'
import { evaluateComposites } from './evaluate-composites.ts'
import { openAttachment } from './open-attachment.ts'
import { createSession } from './perform-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { problemOf, refusalOf, resultOf, tests } from './performing/testing.ts'
import { getPerformingForm } from './performing-form.ts'
import { deleteDraft, findDrafts, saveDraft } from './save-draft.ts'
import { sweepLeftovers } from './sweep-leftovers.ts'
import {
  makeAssignment,
  makeCycle,
  makeGroup,
  makeInfo,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTest,
  makeTestList,
  makeTolerance,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'

const STARTED = new Date('2019-07-25T14:00:00Z')
const DAY_MS = 86_400_000

let calculations: CalculationEngine
beforeAll(() => {
  calculations = createCalculationEngine({ timeZone: 'America/Toronto', packagesFolder: null })
})
afterAll(() => calculations.close())

forEachDatabase('the performing page', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database, { calculations })
    statuses = await makeStatuses(database)
  })

  /** Somebody who may perform, with further permissions of sessions. */
  async function person(...names: string[]) {
    const group = await makeGroup(database)
    const permissions = new Set(['perform', ...names].map((name) => `machine-qa.session.${name}`))
    const actor = await makeUser(database, { permissions, groupIds: [group] })
    return { group, ctx: { ...ctx, actor } satisfies PerformingContext }
  }

  describe('the form', () => {
    it('gives tests in order with what is needed to fill them in', async () => {
      const reference = await makeReference(database, 10)
      const tolerance = await makeTolerance(database, {
        type: 'absolute',
        actLow: -1,
        tolLow: null,
        tolHigh: null,
        actHigh: 1,
      })
      const { assignmentId, testIds, testListId } = await makeReadyList(database, [
        { macro: 'a', reference, tolerance, procedure: 'a = REFS["a"] + 1' },
        { macro: 'm', type: 'multchoice', choices: 'one, two' },
        { macro: 'c', type: 'composite', procedure: 'c = a * 2' },
      ])
      const file = { name: 'help.txt', content: Buffer.from('help') }
      await addAttachment(ctx, { kind: 'test', id: testIds.a ?? 0 }, file)
      await addAttachment(ctx, { kind: 'testList', id: testListId }, file)
      for (const value of [11, 12]) {
        const completed = new Date(STARTED.getTime() + value * 60_000)
        await createSession(ctx, {
          assignmentId,
          workStarted: STARTED,
          workCompleted: completed,
          tests: tests({ a: value, m: 'one' }),
        })
      }
      const form = await getPerformingForm(ctx, { assignmentId })
      const [a, m, c] = form.tests
      expect(a).toMatchObject({
        reference: { value: 10 },
        tolerance: { id: tolerance },
        referenceDisplay: '10',
        isCalculated: false,
        before: null,
        attachments: [{ label: 'help.txt' }],
      })
      expect(a?.history.map(({ result }) => result.value)).toEqual([12, 11])
      expect(m?.page.choices).toEqual(['one', 'two'])
      expect(c?.isCalculated).toBe(true)
      expect(form.attachments.map(({ owner }) => owner.kind)).toEqual(['testList'])
      expect(form.list).toMatchObject({ id: testListId, warningMessage: 'Do not treat' })
      expect(form.defaults).toEqual(
        new Map([['a', { value: 11, formatted: '11.000000', error: null, comment: null }]]),
      )
      expect(form.rights).toEqual({
        skipWithoutComment: true,
        overrideDate: true,
        saveInProgress: true,
        performSubset: true,
        chooseStatus: true,
        viewReferences: true,
        viewHistory: true,
      })
      expect(form.statuses).toHaveLength(3)
    })

    it('withholds what the person may not see', async () => {
      const { ctx: therapist, group } = await person()
      const reference = await makeReference(database, 10)
      const { assignmentId } = await makeReadyList(database, [{ macro: 'a', reference }], {
        visibleTo: [group],
      })
      await createSession(ctx, { assignmentId, workStarted: STARTED, tests: tests({ a: 1 }) })
      const form = await getPerformingForm(therapist, { assignmentId })
      expect(form.tests[0]).toMatchObject({ reference: null, referenceDisplay: '', history: [] })
      expect(form.statuses).toEqual([])
    })

    it('shows assignments of the person’s groups only, as long as they are active', async () => {
      const { ctx: therapist, group } = await person()
      const hidden = await makeReadyList(database, [{ macro: 'a' }])
      const inactive = await makeReadyList(database, [{ macro: 'a' }], { visibleTo: [group], active: false })
      for (const { assignmentId } of [hidden, inactive]) {
        expect(await refusalOf(getPerformingForm(therapist, { assignmentId }))).toMatchObject({
          kind: 'not-found',
        })
      }
    })

    it('offers the day of a cycle that follows the last one', async () => {
      const unitId = await makeUnit(database)
      const test = await makeTest(database, { macro: 'a' })
      await makeInfo(database, unitId, test)
      const lists = [
        await makeTestList(database, { tests: [test], name: `first ${unitId}` }),
        await makeTestList(database, { tests: [test], name: `second ${unitId}` }),
      ]
      const assignmentId = await makeAssignment(database, {
        unit: unitId,
        testListCycle: await makeCycle(database, lists),
      })
      const dayOf = async () => (await getPerformingForm(ctx, { assignmentId })).day
      const perform = (day: number, minute: number) => {
        const workCompleted = new Date(STARTED.getTime() + minute * 60_000)
        return createSession(ctx, {
          assignmentId,
          day,
          workStarted: STARTED,
          workCompleted,
          tests: tests({ a: 1 }),
        })
      }
      expect(await dayOf()).toBe(0)
      await perform(0, 1)
      expect(await dayOf()).toBe(1)
      await perform(1, 2)
      const form = await getPerformingForm(ctx, { assignmentId })
      expect(form.day).toBe(0)
      expect(form.days.map(({ label, name }) => [label, name])).toEqual([
        ['Day 1', `first ${unitId}`],
        ['Day 2', `second ${unitId}`],
      ])
      expect((await getPerformingForm(ctx, { assignmentId, day: 1 })).list.name).toBe(`second ${unitId}`)
    })

    it('names the file that a session in progress already has', async () => {
      const { ctx: therapist, group } = await person('save-in-progress')
      const { assignmentId } = await makeReadyList(
        database,
        [{ macro: 'u', type: 'upload', procedure: 'u = 1' }],
        {
          visibleTo: [group],
        },
      )
      const value = Buffer.from('x').toString('base64')
      const { session } = await createSession(
        therapist,
        {
          assignmentId,
          workStarted: STARTED,
          inProgress: true,
          tests: tests({ u: { filename: 'field.txt', value, encoding: 'base64' } }),
        },
        'form',
      )
      const form = await getPerformingForm(therapist, { sessionId: session.id })
      expect(form.tests[0]?.before?.attachments.map(({ label }) => label)).toEqual(['field.txt'])
    })

    it('continues a session in progress with what was entered and frozen', async () => {
      const { ctx: therapist, group } = await person('save-in-progress')
      const { assignmentId } = await makeReadyList(
        database,
        [{ macro: 'a' }, { macro: 'b' }, { macro: 'c', type: 'composite', procedure: 'c = a + b' }],
        { visibleTo: [group] },
      )
      const { session } = await createSession(
        therapist,
        { assignmentId, workStarted: STARTED, inProgress: true, tests: tests({ a: 1 }) },
        'form',
      )
      const overview = await getPerformingForm(therapist, { assignmentId })
      expect(overview.sessionsInProgress).toMatchObject([
        {
          id: session.id,
          createdBy: { username: therapist.actor.kind === 'user' ? therapist.actor.username : '' },
        },
      ])
      const form = await getPerformingForm(therapist, { sessionId: session.id })
      expect(form.tests.map(({ before }) => [before?.result.value, before?.passFail])).toEqual([
        [1, 'no_tol'],
        [null, 'not_done'],
        [null, 'not_done'],
      ])
      const done = await changeSession(
        therapist,
        session.id,
        { inProgress: false, tests: tests({ b: 2 }) },
        'form',
      )
      expect(done.results.map(({ result }) => result.value)).toEqual([1, 2, 3])
      expect(await refusalOf(getPerformingForm(therapist, { sessionId: session.id }))).toEqual({
        kind: 'not-permitted',
        permission: 'machine-qa.session.change',
      })
    })
  })

  it('lets whoever may correct sessions do so, also of assignments that are no longer in use', async () => {
    const { assignmentId } = await makeReadyList(database, [{ macro: 'a' }], { active: false })
    const { session } = await createSession(ctx, {
      assignmentId,
      workStarted: STARTED,
      tests: tests({ a: 1 }),
    })
    const { ctx: outsider } = await person('change')
    expect((await getPerformingForm(outsider, { sessionId: session.id })).session?.id).toBe(session.id)
    const corrected = await changeSession(outsider, session.id, { tests: tests({ a: 2 }) }, 'form')
    expect(resultOf(corrected, 'a').result.value).toBe(2)
  })

  describe('what is demanded of people', () => {
    it('is a value or a skip with a comment for every test', async () => {
      const { ctx: therapist, group } = await person()
      const { assignmentId } = await makeReadyList(
        database,
        [
          { macro: 'empty' },
          { macro: 'skipped' },
          { macro: 'explained' },
          { macro: 'free', skipWithoutComment: true },
          { macro: 'both' },
          { macro: 'wrap', type: 'wraparound', wrapLow: 0, wrapHigh: 360 },
          { macro: 'said', requireComment: true },
          { macro: 'calculated', type: 'composite', procedure: 'calculated = empty' },
        ],
        { visibleTo: [group] },
      )
      const refusal = await refusalOf(
        createSession(
          therapist,
          {
            assignmentId,
            workStarted: new Date('2019-07-25T16:00:00Z'),
            tests: tests({
              skipped: { skipped: true },
              explained: { skipped: true, comment: 'broken' },
              free: { skipped: true },
              both: { value: 1, skipped: true, comment: 'oops' },
              wrap: 400,
              said: 1,
            }),
          },
          'form',
        ),
      )
      expect(refusal).toEqual({
        kind: 'invalid-input',
        problems: [
          { field: 'workStarted', problem: 'Work started date/time can not be in the future' },
          { field: 'tests.empty', problem: 'Value required if not skipping' },
          { field: 'tests.skipped', problem: 'Please add comment when skipping' },
          { field: 'tests.both', problem: 'Clear value if skipping' },
          { field: 'tests.wrap', problem: 'Value for this test must be in range 0 to 360' },
          { field: 'tests.said', problem: 'This test requires a comment before submission.' },
        ],
      })
    })

    it.each([
      ['save-in-progress', { inProgress: true }],
      ['override-date', { workCompleted: new Date('2019-07-25T14:30:00Z') }],
      ['review', { statusId: 1 }],
    ])('is the permission %s', async (name, changes) => {
      const { ctx: therapist, group } = await person()
      const { assignmentId } = await makeReadyList(database, [{ macro: 'a' }], { visibleTo: [group] })
      const statusId = 'statusId' in changes ? { statusId: statuses.approved } : {}
      const submission = {
        assignmentId,
        workStarted: STARTED,
        tests: tests({ a: 1 }),
        ...changes,
        ...statusId,
      }
      expect(await refusalOf(createSession(therapist, submission, 'form'))).toEqual({
        kind: 'not-permitted',
        permission: `machine-qa.session.${name}`,
      })
      const { ctx: trusted, group: other } = await person(name)
      const visible = await makeReadyList(database, [{ macro: 'a' }], { visibleTo: [other] })
      await createSession(trusted, { ...submission, assignmentId: visible.assignmentId }, 'form')
    })

    it('is not that composites have a value: what they lack counts as skipped', async () => {
      const { assignmentId } = await makeReadyList(database, [
        { macro: 'a' },
        { macro: 'c', type: 'composite', procedure: 'c = a + 1' },
        { macro: 'u', type: 'upload' },
      ])
      const skip = { skipped: true, comment: 'none' }
      const done = await createSession(
        ctx,
        { assignmentId, workStarted: STARTED, tests: tests({ a: skip, u: skip }) },
        'form',
      )
      expect(done.results.map(({ skipped, passFail }) => [skipped, passFail])).toEqual([
        [true, 'not_done'],
        [true, 'not_done'],
        [true, 'not_done'],
      ])
    })
  })

  describe('calculation while typing', () => {
    async function typed(values: Readonly<Record<string, JsonValue>>) {
      const { testListId, unitId, assignmentId } = await makeReadyList(database, [
        { macro: 'testa' },
        { macro: 'testb' },
        { macro: 'testc', type: 'composite', procedure: 'result = testa + testb' },
        { macro: 'shown', type: 'composite', procedure: 'shown = testc / 3', formatting: '%.2f' },
        { macro: 'broken', type: 'scomposite', procedure: 'broken = 1 / 0' },
      ])
      return {
        testListId,
        unitId,
        assignmentId,
        values: new Map(Object.entries(values)),
        comments: new Map<string, string>(),
        skips: new Map<string, boolean>(),
      }
    }

    it('gives values, their text and errors', async () => {
      const { results, skips } = await evaluateComposites(ctx, await typed({ testa: 1, testb: 2 }))
      expect(results.get('testc')).toEqual({ value: 3, formatted: '3.0000000', error: null, comment: null })
      expect(results.get('shown')).toEqual({ value: 1, formatted: '1.00', error: null, comment: null })
      expect(results.get('broken')?.error).toMatch(/^Invalid Test Procedure: /)
      expect(skips).toEqual({})
    })

    it('waits for input without complaint', async () => {
      const { results } = await evaluateComposites(ctx, await typed({ testa: 1 }))
      expect(results.get('testc')).toEqual({ value: null, formatted: '', error: null, comment: null })
    })

    it('refuses lists and units that do not exist, and lists without calculations', async () => {
      const request = await typed({})
      const problem = async (changes: object) => {
        const refusal = await refusalOf(evaluateComposites(ctx, { ...request, ...changes }))
        return refusal.kind === 'invalid-input' ? refusal.problems[0]?.problem : refusal.kind
      }
      const { testListId } = await makeReadyList(database, [{ macro: 'a' }])
      expect(await problem({ testListId: 999_999 })).toBe('Invalid or missing test_list_id')
      expect(await problem({ unitId: 999_999 })).toBe('Invalid or missing unit_id')
      expect(await problem({ testListId })).toBe("No Valid Composite ID's")
    })
  })

  describe('files sent while performing', () => {
    async function sent() {
      const { ctx: therapist, group } = await person()
      const made = await makeReadyList(
        database,
        [
          { macro: 'a' },
          {
            macro: 'u',
            type: 'upload',
            procedure:
              "u = len(FILE.read()) * a\nUTILS.write_file('copy.txt', 'copy')\nUTILS.set_comment('seen')",
          },
        ],
        { visibleTo: [group] },
      )
      const session = {
        testListId: made.testListId,
        unitId: made.unitId,
        assignmentId: made.assignmentId,
        values: new Map<string, JsonValue>([['a', 2]]),
        comments: new Map<string, string>(),
        skips: new Map<string, boolean>(),
      }
      const file = { name: 'data.txt', content: Buffer.from('12345') }
      const answer = await analyseUpload(therapist, session, made.testIds.u ?? 0, file)
      return { ...made, therapist, session, answer }
    }

    it('are analysed at once and again', async () => {
      const { therapist, session, testIds, answer } = await sent()
      expect(answer).toMatchObject({ errors: [], result: 10, comment: 'seen', skips: {} })
      expect(answer.attachment).toMatchObject({ label: 'data.txt', owner: { kind: 'temporary' } })
      expect(answer.attachment.path).toMatch(/^uploads\/tmp\/data_2019-07-25_[0-9a-f]{24}\.txt$/)
      expect(answer.written.map(({ label }) => label)).toEqual(['copy.txt'])
      const again = await analyseUpload(
        therapist,
        { ...session, values: new Map([['a', 3]]) },
        testIds.u ?? 0,
        { attachmentId: answer.attachment.id },
      )
      expect(again.result).toBe(15)
    })

    it('tell what went wrong', async () => {
      const { therapist, session, testIds } = await sent()
      const answer = await analyseUpload(
        therapist,
        { ...session, values: new Map([['a', 'text']]) },
        testIds.u ?? 0,
        { name: 'x', content: Buffer.from([0xff, 0xfe]) },
      )
      expect(answer.errors).toHaveLength(1)
      expect(answer.result).toBeNull()
    })

    it('go with the session that names them', async () => {
      const { therapist, assignmentId, answer } = await sent()
      const submit = () =>
        createSession(
          therapist,
          {
            assignmentId,
            workStarted: STARTED,
            tests: tests({ a: 2, u: { attachmentId: answer.attachment.id } }),
          },
          'form',
        )
      const result = resultOf(await submit(), 'u')
      expect(result.attachments.map(({ label }) => label)).toEqual(['data.txt', 'copy.txt'])
      expect(result.attachments[0]).toMatchObject({
        id: answer.attachment.id,
        owner: { kind: 'result', id: result.id },
      })
      expect(result.result).toMatchObject({ jsonValue: 10, stringValue: String(answer.attachment.id) })
      await expect(problemOf(submit())).resolves.toBe('u: Original file not found. Please re-upload.')
    })

    it('belong to their sender alone until then', async () => {
      const { therapist, session, testIds, answer } = await sent()
      const { ctx: other } = await person()
      const { id } = answer.attachment
      const opened = await openAttachment(
        { ...therapist, actor: { ...therapist.actor, isAdministrator: true } },
        { id },
      )
      expect(await text(await opened.open())).toBe('12345')
      expect(await refusalOf(openAttachment(ctx, { id }))).toMatchObject({ kind: 'not-found' })
      expect(
        await refusalOf(analyseUpload(other, session, testIds.u ?? 0, { attachmentId: id })),
      ).toMatchObject({
        kind: 'invalid-input',
        problems: [{ problem: 'Original file not found. Please re-upload.' }],
      })
    })

    it('are forgotten when nobody comes back', async () => {
      const { answer } = await sent()
      const daysLater = (days: number) => ({
        ...ctx,
        now: () => new Date(TEST_NOW.getTime() + days * DAY_MS),
      })
      expect((await sweepLeftovers(daysLater(30))).files).toBe(0)
      expect((await sweepLeftovers(daysLater(32))).files).toBeGreaterThan(0)
      expect(await refusalOf(openAttachment(ctx, { id: answer.attachment.id }))).toMatchObject({
        kind: 'not-found',
      })
    })
  })

  describe('drafts', () => {
    const data = { tests: { a: 1 }, comments: { a: 'x' }, skips: {}, sessionComment: 'so far' }

    async function place() {
      const { ctx: therapist, group } = await person()
      const { assignmentId, testListId } = await makeReadyList(database, [{ macro: 'a' }], {
        visibleTo: [group],
      })
      return { therapist, place: { assignmentId, testListId, day: 0, sessionId: null } }
    }
    const content = { workStarted: STARTED, workCompleted: null, data }

    it('are saved over one another and found by their owner only', async () => {
      const { therapist, place: at } = await place()
      const first = await saveDraft(therapist, at, content)
      const second = await saveDraft(therapist, at, { ...content, data: { ...data, sessionComment: 'more' } })
      expect(second.id).toBe(first.id)
      expect(await findDrafts(therapist, at.assignmentId)).toEqual([second])
      expect(await findDrafts(ctx, at.assignmentId)).toEqual([])
      expect((await getPerformingForm(therapist, { assignmentId: at.assignmentId })).drafts).toEqual([second])
      await deleteDraft(therapist, at)
      expect(await findDrafts(therapist, at.assignmentId)).toEqual([])
    })

    it('end with the session they were for', async () => {
      const { therapist, place: at } = await place()
      await saveDraft(therapist, at, content)
      await createSession(
        therapist,
        { assignmentId: at.assignmentId, workStarted: STARTED, tests: tests({ a: 1 }) },
        'form',
      )
      expect(await findDrafts(therapist, at.assignmentId)).toEqual([])
    })

    it('are given up after 30 days', async () => {
      const { therapist, place: at } = await place()
      await saveDraft(therapist, at, content)
      const daysLater = (days: number) => ({
        ...ctx,
        now: () => new Date(TEST_NOW.getTime() + days * DAY_MS),
      })
      await sweepLeftovers(daysLater(29))
      expect(await findDrafts(therapist, at.assignmentId)).toHaveLength(1)
      await sweepLeftovers(daysLater(31))
      expect(await findDrafts(therapist, at.assignmentId)).toEqual([])
    })

    it('are limited', async () => {
      const { therapist, place: at } = await place()
      const large = { ...content, data: { ...data, sessionComment: 'x'.repeat(2 ** 20) } }
      expect(await refusalOf(saveDraft(therapist, at, large))).toMatchObject({ kind: 'invalid-input' })
    })
  })
})
