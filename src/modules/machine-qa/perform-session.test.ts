import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { forEachDatabase, makeTestDatabase } from '../../platform/database/testing.ts'
import { type CalculationEngine, createCalculationEngine } from '../calculations/engine.ts'
import type { JsonValue } from './domain/test-result.ts'
import { createSession } from './perform-session.ts'
import type { PerformedSession } from './performing/performed-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import type { SessionSubmission } from './performing/submission.ts'
import { problemOf, refusalOf, resultOf, tests } from './performing/testing.ts'
import { findAssignment } from './store/assignments.ts'
import {
  makeAssignment,
  makeChoiceTolerance,
  makeCycle,
  makeFrequency,
  makeInfo,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeRuleSet,
  makeStatuses,
  makeTest,
  makeTestList,
  makeTolerance,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
  type ReadyTest,
  TEST_NOW,
  type TestStatuses,
} from './testing.ts'

const ZONE = 'America/Toronto'
const STARTED = new Date('2019-07-25T14:49:00Z')
const COMPLETED = new Date('2019-07-25T14:49:47Z')

let calculations: CalculationEngine
beforeAll(() => {
  calculations = createCalculationEngine({ timeZone: ZONE, packagesFolder: null })
})
afterAll(() => calculations.close())

async function countRows({ db }: DatabaseHandle): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['qa_session', 'qa_result', 'qa_attachment', 'qa_comment', 'audit_entry']) {
    const row = await db
      .withTables<Record<string, { id: number }>>()
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    counts[table] = row.count
  }
  return counts
}

forEachDatabase('createSession', QA_TEST_MIGRATIONS, (open, kind) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database, { calculations })
    statuses = await makeStatuses(database)
  })

  async function ready(list: readonly ReadyTest[], parts: Parameters<typeof makeReadyList>[2] = {}) {
    const { assignmentId, ...rest } = await makeReadyList(database, list, parts)
    const submit = (
      values: Parameters<typeof tests>[0],
      changes: Partial<SessionSubmission> = {},
    ): Promise<PerformedSession> =>
      createSession(ctx, {
        assignmentId,
        workStarted: STARTED,
        workCompleted: COMPLETED,
        tests: tests(values),
        ...changes,
      })
    return { assignmentId, submit, ...rest }
  }

  describe('the golden example of specification 2.6', () => {
    it('gives the documented values', async () => {
      const reference = await makeReference(database, 1)
      const tolerance = await makeTolerance(database, {
        type: 'absolute',
        actLow: -2,
        tolLow: -1,
        tolHigh: 1,
        actHigh: 2,
      })
      const { submit, testListId, assignmentId } = await ready([
        { macro: 'test1', reference, tolerance },
        { macro: 'test2' },
        { macro: 'test3', type: 'string' },
        { macro: 'test4', type: 'boolean' },
        { macro: 'test5', type: 'multchoice', choices: 'choice1,choice2,choice3' },
        { macro: 'testc', type: 'composite', procedure: 'result = test1 + test2' },
        { macro: 'tdate', type: 'date' },
        { macro: 'tdatetime', type: 'datetime' },
      ])
      const done = await submit({
        test1: 1,
        test2: 2,
        test3: 'some text',
        test4: true,
        test5: 'choice1',
        tdate: '2019-08-01',
        tdatetime: '2019-08-02 23:45',
      })
      expect(done.session).toMatchObject({
        assignmentId,
        testListId,
        day: 0,
        workStarted: STARTED,
        workCompleted: COMPLETED,
        dueDate: null,
        inProgress: false,
        flagged: false,
        userKey: null,
        includeForScheduling: true,
        reviewed: null,
        allReviewed: false,
        reviewedById: null,
        createdById: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      })
      expect(done.comment).toBeNull()
      expect(done.results.map(({ test }) => test.macro)).toEqual([
        'test1',
        'test2',
        'test3',
        'test4',
        'test5',
        'testc',
        'tdate',
        'tdatetime',
      ])
      expect(resultOf(done, 'test1')).toMatchObject({
        result: { value: 1, stringValue: '' },
        valueDisplay: '1',
        diffDisplay: '0',
        passFail: 'ok',
        skipped: false,
        comment: '',
        statusId: statuses.unreviewed,
        reference: { id: reference },
        tolerance: { id: tolerance },
        attachments: [],
      })
      expect(resultOf(done, 'test3')).toMatchObject({ result: { value: null, stringValue: 'some text' } })
      expect(resultOf(done, 'test4')).toMatchObject({ result: { value: 1 }, valueDisplay: 'Yes' })
      expect(resultOf(done, 'test5')).toMatchObject({
        result: { stringValue: 'choice1' },
        passFail: 'no_tol',
      })
      expect(resultOf(done, 'testc')).toMatchObject({ result: { value: 3 }, valueDisplay: '3' })
      expect(resultOf(done, 'tdate')).toMatchObject({
        result: { dateValue: '2019-08-01' },
        valueDisplay: '01 Aug 2019',
      })
      expect(resultOf(done, 'tdatetime')).toMatchObject({
        result: { datetimeValue: new Date('2019-08-03T03:45:00Z') },
        valueDisplay: '02 Aug 2019 23:45',
      })
    })
  })

  describe('values', () => {
    it('takes true and false for numbers, and numbers for texts', async () => {
      const { submit } = await ready([
        { macro: 'n' },
        { macro: 'w', type: 'wraparound', wrapLow: 0, wrapHigh: 360 },
        { macro: 's', type: 'string' },
        { macro: 'm', type: 'multchoice' },
      ])
      const done = await submit({ n: true, w: 400, s: 5, m: null })
      expect(resultOf(done, 'n').result.value).toBe(1)
      expect(resultOf(done, 'w').result.value).toBe(400)
      expect(resultOf(done, 's').result.stringValue).toBe('5')
      expect(resultOf(done, 'm').valueDisplay).toBe('Not Done')
    })

    it('keeps a number as it was typed beside its value', async () => {
      const { submit } = await ready([{ macro: 'a' }, { macro: 'b' }])
      const done = await submit({ a: { value: 1, valueText: '1.00' }, b: { value: 1, valueText: '2.00' } })
      expect(resultOf(done, 'a').valueText).toBe('1.00')
      expect(resultOf(done, 'b').valueText).toBeNull()
    })

    it('stores dates that cannot be read as none', async () => {
      const { submit } = await ready([
        { macro: 'd', type: 'date' },
        { macro: 'e', type: 'date' },
        { macro: 't', type: 'datetime' },
      ])
      const done = await submit({ d: 'tomorrow', e: '1 Aug 2019', t: '2019-13-01 10:00' })
      expect(resultOf(done, 'd').result.dateValue).toBeNull()
      expect(resultOf(done, 'e').result.dateValue).toBe('2019-08-01')
      expect(resultOf(done, 't').result.datetimeValue).toBeNull()
    })

    it('keeps a value that is sent with a skip', async () => {
      const { submit } = await ready([{ macro: 'a' }, { macro: 'b' }])
      const done = await submit({ a: { value: 4, skipped: true }, b: { skipped: true } })
      expect(resultOf(done, 'a')).toMatchObject({
        skipped: true,
        passFail: 'not_done',
        valueDisplay: 'Skipped',
      })
      expect(resultOf(done, 'a').result.value).toBe(4)
      expect(resultOf(done, 'b').result.value).toBeNull()
    })

    it('stores the constant whatever is sent for it', async () => {
      const { submit } = await ready([
        { macro: 'c', type: 'constant', constantValue: 2.5 },
        { macro: 'd', type: 'constant', constantValue: 3 },
      ])
      const done = await submit({ c: '', d: 3 })
      expect(resultOf(done, 'c').result.value).toBe(2.5)
      expect(resultOf(done, 'd').result.value).toBe(3)
    })

    it('accepts macros that belong to no test and shows them to calculations', async () => {
      const { submit } = await ready([{ macro: 'c', type: 'composite', procedure: 'c = extra * 2' }])
      const done = await submit({ extra: 21 })
      expect(resultOf(done, 'c').result.value).toBe(42)
      expect(done.results).toHaveLength(1)
    })

    it('keeps a structure that looks like a mark of a type as it is', async () => {
      const { submit } = await ready([
        { macro: 'c', type: 'scomposite', procedure: 'c = sorted(extra.items())[0][0]' },
      ])
      const done = await submit({ extra: { value: { $date: '2019-01-01' } } })
      expect(resultOf(done, 'c').result.stringValue).toBe('$date')
    })

    it('makes a session that starts when it ends a minute long', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      const { session } = await submit({ a: 1 }, { workCompleted: STARTED })
      expect(session.workCompleted).toEqual(new Date('2019-07-25T14:50:00Z'))
    })

    it('takes now for a completion that is not sent', async () => {
      const { assignmentId } = await ready([{ macro: 'a' }])
      const { session } = await createSession(ctx, {
        assignmentId,
        workStarted: STARTED,
        tests: tests({ a: 1 }),
      })
      expect(session.workCompleted).toEqual(TEST_NOW)
    })
  })

  describe('composites', () => {
    it('are calculated in the order of their dependencies', async () => {
      const { submit } = await ready([
        { macro: 'x' },
        { macro: 'second', type: 'composite', procedure: 'second = first * 2' },
        { macro: 'first', type: 'composite', procedure: 'first = x + 1' },
      ])
      const done = await submit({ x: 4 })
      expect(resultOf(done, 'second').result.value).toBe(10)
    })

    it('may be sent as they come out', async () => {
      const { submit } = await ready([
        { macro: 'x' },
        { macro: 'c', type: 'composite', procedure: 'c = x + 1' },
        { macro: 's', type: 'scomposite', procedure: "s = {'a': [1, 2]}" },
      ])
      const done = await submit({ x: 4, c: 5, s: { value: { a: [1, 2] } } })
      expect(resultOf(done, 's').result.stringValue).toBe('{"a":[1,2]}')
    })

    it('know the names of specification 3.5.1', async () => {
      const reference = await makeReference(database, 7)
      const tolerance = await makeTolerance(database, {
        type: 'percent',
        actLow: -3,
        tolLow: null,
        tolHigh: null,
        actHigh: 3,
      })
      const { submit, testListId, assignmentId } = await ready([
        { macro: 'x', reference, tolerance },
        { macro: 'y' },
        { macro: 'd', type: 'date' },
        {
          macro: 's',
          type: 'scomposite',
          procedure: [
            "keys = ['test_list_id', 'unit_test_collection_id', 'cycle_day', 'username']",
            "s = {'meta': [META[k] for k in keys], 'start': META['work_started'].isoformat(),",
            "     'refs': REFS, 'tol': TOLS['x'], 'none': TOLS['y'], 'year': d.year, 'c': UTILS.get_comment('x')}",
          ].join('\n'),
        },
      ])
      const done = await submit({ x: { value: 7, comment: 'hello' }, y: 1, d: '2019-08-01' })
      expect(JSON.parse(resultOf(done, 's').result.stringValue)).toEqual({
        meta: [testListId, assignmentId, 1, ctx.actor.kind === 'user' ? ctx.actor.username : ''],
        start: '2019-07-25T10:49:00-04:00',
        refs: { x: 7, y: null, d: null, s: null },
        tol: {
          act_high: 3,
          act_low: -3,
          tol_high: null,
          tol_low: null,
          mc_pass_choices: null,
          mc_tol_choices: null,
          type: 'percent',
        },
        none: {
          act_high: null,
          act_low: null,
          tol_high: null,
          tol_low: null,
          mc_pass_choices: null,
          mc_tol_choices: null,
          type: null,
        },
        year: 2019,
        c: 'hello',
      })
    })

    it('may ask for earlier results, comment and skip', async () => {
      const { submit } = await ready([
        { macro: 'x' },
        { macro: 'y' },
        {
          macro: 'c',
          type: 'composite',
          procedure: [
            "before = UTILS.previous_test_instance('x')",
            "UTILS.set_comment('the procedure says so')",
            "UTILS.set_skip('y', True)",
            'c = x - (before.value if before else 0)',
          ].join('\n'),
        },
      ])
      const first = await submit(
        { x: 10, y: 1 },
        { workStarted: new Date('2019-07-24T14:00:00Z'), workCompleted: new Date('2019-07-24T14:10:00Z') },
      )
      expect(resultOf(first, 'c').result.value).toBe(10)
      const second = await submit({ x: 12, y: 1, c: { comment: 'mine' } })
      expect(resultOf(second, 'c')).toMatchObject({
        result: { value: 2 },
        comment: 'mine\nthe procedure says so',
      })
      expect(resultOf(second, 'y')).toMatchObject({ skipped: true, passFail: 'not_done' })
    })

    it('are calculated and stored although they are skipped', async () => {
      const { submit } = await ready([
        { macro: 'x' },
        { macro: 'c', type: 'composite', procedure: 'c = x + 1' },
      ])
      const done = await submit({ x: 1, c: { skipped: true } })
      expect(resultOf(done, 'c')).toMatchObject({ skipped: true, passFail: 'not_done', result: { value: 2 } })
    })

    it('must be skipped when their inputs are', async () => {
      const { submit } = await ready([
        { macro: 'x' },
        { macro: 'c', type: 'composite', procedure: 'c = x + 1' },
      ])
      await expect(problemOf(submit({ x: { skipped: true } }))).resolves.toBe(
        'Wrong value type (number/string) for tests: c\n' +
          'If these are composite tests with missing dependencies, they should be marked as skipped in your request ' +
          "(e.g. {'tests': {'c': {'skipped': True}}})",
      )
      const done = await submit({ x: { skipped: true }, c: { skipped: true } })
      expect(resultOf(done, 'c').result.value).toBeNull()
    })
  })

  describe('refusals in the order of specification 2.3', () => {
    it('names rows that do not exist and a user key that is too long, all at once', async () => {
      const refusal = await refusalOf(
        createSession(ctx, {
          assignmentId: 999_999,
          workStarted: STARTED,
          statusId: 999_999,
          userKey: 'k'.repeat(256),
          tests: new Map(),
        }),
      )
      expect(refusal).toEqual({
        kind: 'invalid-input',
        problems: [
          { field: 'unit_test_collection', problem: 'Invalid hyperlink - Object does not exist.' },
          { field: 'user_key', problem: 'Ensure this field has no more than 255 characters.' },
          { field: 'status', problem: 'Invalid hyperlink - Object does not exist.' },
        ],
      })
    })

    it('wants a day of a cycle that exists', async () => {
      const unitId = await makeUnit(database)
      const test = await makeTest(database, { macro: 'a' })
      await makeInfo(database, unitId, test)
      const lists = [
        await makeTestList(database, { tests: [test] }),
        await makeTestList(database, { tests: [test] }),
      ]
      const cycle = await makeCycle(database, lists)
      const assignmentId = await makeAssignment(database, { unit: unitId, testListCycle: cycle })
      const submit = (day?: number) =>
        createSession(ctx, {
          assignmentId,
          workStarted: STARTED,
          tests: tests({ a: 1 }),
          ...(day === undefined ? {} : { day }),
        })
      await expect(problemOf(submit())).resolves.toBe(
        "You must include the 'day' key when performing a Test List Cycle",
      )
      await expect(problemOf(submit(2))).resolves.toBe(
        "'2' is not a valid day for this Test Collection.  Day must be between 0 & 1",
      )
      const { session } = await submit(1)
      expect(session).toMatchObject({ day: 1, testListId: lists[1] })
    })

    it('knows only day 0 of a plain list', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      await expect(problemOf(submit({ a: 1 }, { day: 1 }))).resolves.toBe(
        "'1' is not a valid day for this Test Collection.  Day must be between 0 & 0",
      )
    })

    it('names a test that the unit has no information for', async () => {
      const { submit } = await ready([{ macro: 'a', active: false }])
      await expect(problemOf(submit({ a: 1 }))).resolves.toMatch(
        /^Test 'Test a \d+' is missing information for this unit$/,
      )
    })

    it('refuses a constant that differs before anything else is looked at', async () => {
      const { submit } = await ready([
        { macro: 'a' },
        { macro: 'c', type: 'constant', constantValue: 2 },
        { macro: 'u', type: 'upload' },
      ])
      await expect(problemOf(submit({ c: 3 }))).resolves.toBe('Incorrect constant value passed for c')
    })

    it.each([
      [{ u: { value: 'x' } }, 'u is missing the filename field'],
      [{ u: { skipped: true } }, 'u is missing the filename field'],
      [{ u: { filename: 'a.txt' } }, 'u is missing the value field'],
      [
        { u: { filename: 'a.txt', value: 'not base64!' } },
        'base64 encoding requested but content does not appear to be base64',
      ],
      [
        { u: { filename: 'a.txt', value: '' } },
        'base64 encoding requested but content does not appear to be base64',
      ],
    ])('refuses the upload %j', async (sent, problem) => {
      const { submit } = await ready([{ macro: 'u', type: 'upload', procedure: 'u = FILE.read()' }])
      await expect(problemOf(submit(sent))).resolves.toBe(problem)
    })

    it('names an upload whose analysis fails', async () => {
      const { submit } = await ready([
        { macro: 'u', type: 'upload', procedure: 'u = 1 / 0' },
        { macro: 'c', type: 'composite', procedure: 'c = 1 / 0' },
      ])
      const problem = await problemOf(submit({ u: { filename: 'a.txt', value: 'text', encoding: 'text' } }))
      expect(problem).toMatch(
        /^Error with u test: Invalid Test Procedure: [\s\S]*ZeroDivisionError: division by zero/,
      )
    })

    it('names the first composite that fails, cyclic ones before others', async () => {
      const { submit } = await ready([
        { macro: 'a', type: 'composite', procedure: 'a = 1 / 0' },
        { macro: 'x', type: 'composite', procedure: 'x = y' },
        { macro: 'y', type: 'composite', procedure: 'y = x' },
      ])
      await expect(problemOf(submit({}))).resolves.toBe('Error with x test: Cyclic test dependency')
    })

    it.each([
      ['nan', "c = float('nan')"],
      ['inf', 'c = 1e308 * 10'],
      ['-inf', "c = -float('inf')"],
    ])('refuses a result of %s', async (text, procedure) => {
      const { submit } = await ready([{ macro: 'c', type: 'composite', procedure }])
      await expect(problemOf(submit({}))).resolves.toContain(`c has a result of '${text}'`)
    })

    it('reports a missing input instead of the composite that needs it', async () => {
      const { submit } = await ready([
        { macro: 'a' },
        { macro: 'b' },
        { macro: 'c', type: 'composite', procedure: 'c = a + b' },
        { macro: 'd', type: 'composite', procedure: 'd = c + 1' },
      ])
      await expect(problemOf(submit({ b: 1 }))).resolves.toBe('Missing data for tests: a')
    })

    it('gathers all other problems into one text', async () => {
      const { submit } = await ready([
        { macro: 'a' },
        { macro: 'b' },
        { macro: 'e' },
        { macro: 'f', type: 'boolean' },
        { macro: 'c', type: 'composite', procedure: 'c = 1' },
      ])
      const problem = await problemOf(
        submit({ b: '2', f: 'yes', c: 2 }, { workCompleted: new Date('2019-07-25T14:48:59Z') }),
      )
      expect(problem).toBe(
        [
          'Missing data for tests: a, e',
          'Wrong value type (number/string) for tests: b, f',
          'If these are composite tests with missing dependencies, they should be marked as skipped in your request ' +
            "(e.g. {'tests': {'b': {'skipped': True}}})",
          'The following tests are calculated automatically and should not have values provided: c',
          'work_completed date must be after work_started',
        ].join('\n'),
      )
    })

    it.each([
      ['null', null],
      ['a numeric text', '1.5'],
      ['infinity', Number.POSITIVE_INFINITY],
      ['a list', [1]],
    ])('refuses %s for a number, also in progress', async (_, value) => {
      const { submit } = await ready([{ macro: 'a' }])
      await expect(problemOf(submit({ a: { value } }, { inProgress: true }))).resolves.toMatch(
        /^Wrong value type \(number\/string\) for tests: a\n/,
      )
    })

    it('wants an answer to a boolean with a reference once the work is done', async () => {
      const reference = await makeReference(database, 1, 'boolean')
      const { submit } = await ready([{ macro: 'b', type: 'boolean', reference }])
      await expect(problemOf(submit({ b: null }))).resolves.toMatch(/^Wrong value type/)
      const waiting = await submit({ b: null }, { inProgress: true })
      expect(resultOf(waiting, 'b').passFail).toBe('not_done')
    })

    it('cannot store without a default status', async () => {
      const fresh = await open('fresh')
      const freshCtx = await makeQaContext(fresh, { calculations })
      const { assignmentId } = await makeReadyList(fresh, [{ macro: 'a' }])
      const refusal = await refusalOf(
        createSession(freshCtx, { assignmentId, workStarted: STARTED, tests: tests({ a: 1 }) }),
      )
      expect(refusal).toEqual({ kind: 'conflict', reason: 'No test instance status available' })
    })

    it('refuses values that are nested without end', async () => {
      const { submit } = await ready([{ macro: 's', type: 'string' }])
      let deep: JsonValue = 1
      for (let depth = 0; depth < 5000; depth += 1) deep = [deep]
      expect(await refusalOf(submit({ s: { value: deep } }))).toMatchObject({
        kind: 'invalid-input',
        problems: [{ field: 'tests' }],
      })
    })

    it('needs the permission to perform', async () => {
      const { assignmentId } = await ready([{ macro: 'a' }])
      const viewer = { ...ctx, actor: await makeUser(database) }
      const refusal = await refusalOf(
        createSession(viewer, { assignmentId, workStarted: STARTED, tests: tests({ a: 1 }) }),
      )
      expect(refusal).toEqual({ kind: 'not-permitted', permission: 'machine-qa.session.perform' })
    })
  })

  describe('what refusals leave behind', () => {
    it('is nothing', async () => {
      const { submit } = await ready([
        { macro: 'a' },
        { macro: 'u', type: 'upload', procedure: "UTILS.write_file('x.txt', 'x')\nu = 1" },
        { macro: 'c', type: 'composite', procedure: 'c = 1 / 0' },
      ])
      const before = await countRows(database)
      await refusalOf(
        submit({ a: 1, u: { filename: 'u.txt', value: 'x', encoding: 'text' } }, { comment: 'no' }),
      )
      expect(await countRows(database)).toEqual(before)
    })

    it('is nothing either when the database refuses in the middle', async () => {
      const { submit } = await ready([{ macro: 's', type: 'string' }])
      const before = await countRows(database)
      expect(await refusalOf(submit({ s: 'null \0 character' }))).toMatchObject({ kind: 'invalid-input' })
      expect(await countRows(database)).toEqual(before)
    })
  })

  describe('user keys', () => {
    it('are unique', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      await submit({ a: 1 }, { userKey: 'key-1' })
      expect(await refusalOf(submit({ a: 1 }, { userKey: 'key-1' }))).toEqual({
        kind: 'conflict',
        field: 'user_key',
        reason: 'test list instance with this user key already exists.',
      })
    })

    it('may be empty any number of times', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      expect((await submit({ a: 1 }, { userKey: '' })).session.userKey).toBeNull()
      expect((await submit({ a: 1 }, { userKey: '' })).session.userKey).toBeNull()
    })

    it('go to one of two servers that take the same at once', async () => {
      const config = await makeTestDatabase(kind, QA_TEST_MIGRATIONS)
      const servers = [await openDatabase(config), await openDatabase(config)]
      const [first] = servers
      if (!first) throw new Error('no server was opened')
      await makeStatuses(first)
      const { assignmentId } = await makeReadyList(first, [{ macro: 'a' }])
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, async (_, index) => {
          const server = servers[index % 2] ?? first
          return createSession(await makeQaContext(server), {
            assignmentId,
            workStarted: STARTED,
            userKey: 'wanted by both',
            tests: tests({ a: 1 }),
          })
        }),
      )
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
      expect(refused.map((error) => error instanceof RefusedError && error.refusal.kind)).toEqual(
        Array(9).fill('conflict'),
      )
      expect((await countRows(first)).qa_session).toBe(1)
      await Promise.all(servers.map((server) => server.close()))
    })

    it('go to one of many who want the same at once', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => submit({ a: 1 }, { userKey: 'wanted by all' })),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toBeInstanceOf(RefusedError)
          expect(outcome.reason.refusal).toMatchObject({ kind: 'conflict', field: 'user_key' })
        }
      }
    })
  })

  describe('uploads', () => {
    it('store the file, its analysis and what the procedure wrote', async () => {
      const { submit } = await ready([
        {
          macro: 'u',
          type: 'upload',
          procedure: [
            'import json, datetime',
            'u = json.load(FILE)',
            "u['day'] = datetime.date(2019, 8, 1)",
            "UTILS.write_file('copy.txt', 'written')",
            "UTILS.set_comment('analysed')",
          ].join('\n'),
        },
        { macro: 'c', type: 'composite', procedure: "c = u['a'] * 2" },
      ])
      const value = Buffer.from('{"a": 4}').toString('base64')
      const done = await submit({ u: { filename: 'dir/some file.JSON', value, comment: 'mine' } })
      const result = resultOf(done, 'u')
      expect(resultOf(done, 'c').result.value).toBe(8)
      expect(result.attachments.map(({ label }) => label)).toEqual(['some file.JSON', 'copy.txt'])
      const [file, written] = result.attachments
      expect(result.result).toMatchObject({
        stringValue: String(file?.id),
        jsonValue: { a: 4, day: '01 Aug 2019' },
      })
      expect(file?.path).toMatch(
        new RegExp(`^uploads/testinstance/${result.id}/some-file_2019-07-25_[0-9a-f]{6}\\.json$`, 'i'),
      )
      expect(file?.comment).toMatch(/^Uploaded 2019-07-25T11:00:00-04:00 by user\d+$/)
      expect(result.valueDisplay).toBe(
        `<a href="/media/${file?.path}" title="some file.JSON">some file.JSON</a>`,
      )
      expect(result.comment).toBe('mine\nanalysed')
      expect((await ctx.blobs.read(file?.sha256 ?? '', 100)).toString()).toBe('{"a": 4}')
      expect((await ctx.blobs.read(written?.sha256 ?? '', 100)).toString()).toBe('written')
    })

    it('may have no procedure, and text for content', async () => {
      const { submit } = await ready([{ macro: 'u', type: 'upload' }])
      const done = await submit({ u: { filename: 'test.txt', value: 'hello text', encoding: 'text' } })
      const { result, attachments } = resultOf(done, 'u')
      expect(result.jsonValue).toBeNull()
      expect(attachments[0]).toMatchObject({ label: 'test.txt', mediaType: 'text/plain', sizeBytes: 10 })
    })

    it('do not see one another', async () => {
      const { submit } = await ready([
        { macro: 'u', type: 'upload', procedure: 'u = 1' },
        { macro: 'v', type: 'upload', procedure: 'v = u' },
      ])
      const file = { filename: 'x', value: 'x', encoding: 'text' }
      const done = await submit({ u: file, v: file })
      expect(resultOf(done, 'v').result.jsonValue).toBeNull()
    })
  })

  describe('what goes with a session', () => {
    it('is its comment and its attachments', async () => {
      const { submit } = await ready([{ macro: 'a' }])
      const done = await submit(
        { a: 1 },
        { comment: 'all well', attachments: [{ filename: 'report.pdf', content: Buffer.from('%PDF-1.7') }] },
      )
      expect(done.comment).toBe('all well')
      const { findAttachmentsOf } = await import('./store/attachments.ts')
      const { findComments } = await import('./store/comments.ts')
      const [file] = await findAttachmentsOf(database.db, 'session', [done.session.id])
      expect(file?.path).toMatch(
        new RegExp(`^uploads/testlistinstance/${done.session.id}/report_2019-07-25_[0-9a-f]{6}\\.pdf$`),
      )
      expect(file?.mediaType).toBe('application/pdf')
      expect(await findComments(database.db, [done.session.id])).toMatchObject([{ comment: 'all well' }])
    })
  })

  describe('statuses', () => {
    it('come from the submission for every test and switch automatic review off', async () => {
      const ruleSetId = await makeRuleSet(database, { no_tol: statuses.rejected })
      const { submit } = await ready([{ macro: 'a', ruleSetId }, { macro: 'b' }])
      const done = await submit({ a: 1, b: 2 }, { statusId: statuses.approved })
      expect(done.results.map(({ statusId }) => statusId)).toEqual([statuses.approved, statuses.approved])
      expect(done.session).toMatchObject({ allReviewed: true, reviewed: TEST_NOW })
      expect(done.session.reviewedById).toBe(done.session.createdById)
    })

    it('come from the rules of a test, unless somebody has to read a comment', async () => {
      const ruleSetId = await makeRuleSet(database, {
        no_tol: statuses.approved,
        not_done: statuses.approved,
      })
      const { submit } = await ready([
        { macro: 'a', ruleSetId },
        { macro: 'b', ruleSetId },
        { macro: 'c', ruleSetId },
      ])
      const done = await submit({
        a: 1,
        b: { value: 2, comment: 'look' },
        c: { skipped: true, comment: 'broken' },
      })
      expect(done.results.map(({ statusId }) => statusId)).toEqual([
        statuses.approved,
        statuses.unreviewed,
        statuses.approved,
      ])
      expect(done.results.map(({ reviewDate }) => reviewDate)).toEqual([TEST_NOW, null, TEST_NOW])
      const reviewed = await submit({ a: 1, b: 2, c: 3 })
      expect(reviewed.session).toMatchObject({ allReviewed: true, reviewed: null, reviewedById: null })
      const commented = await submit({ a: 1, b: 2, c: 3 }, { comment: 'look here' })
      expect(commented.session.allReviewed).toBe(false)
    })

    it('let an answer flag its session once it is completed', async () => {
      const { submit } = await ready([{ macro: 'b', type: 'boolean', flagWhen: true }])
      expect((await submit({ b: true })).session.flagged).toBe(true)
      expect((await submit({ b: false })).session.flagged).toBe(false)
      expect((await submit({ b: true }, { inProgress: true })).session.flagged).toBe(false)
    })
  })

  describe('verdicts', () => {
    it('need neither reference nor number for texts', async () => {
      const tolerance = await makeChoiceTolerance(database, { mcPassChoices: 'yes', mcTolChoices: 'maybe' })
      const { submit } = await ready([
        { macro: 'a', type: 'multchoice', tolerance },
        { macro: 'b', type: 'string', tolerance },
        { macro: 'c', type: 'scomposite', procedure: "c = 'No'", tolerance },
      ])
      const done = await submit({ a: 'YES', b: 'maybe' })
      expect(done.results.map(({ passFail }) => passFail)).toEqual(['ok', 'tolerance', 'action'])
    })

    it('of per cent of a zero reference keep the value', async () => {
      const reference = await makeReference(database, 0)
      const tolerance = await makeTolerance(database, {
        type: 'percent',
        actLow: -3,
        tolLow: -2,
        tolHigh: 2,
        actHigh: 3,
      })
      const { submit } = await ready([
        { macro: 'a', reference, tolerance },
        { macro: 'b', reference, tolerance },
      ])
      const done = await submit({ a: 0, b: 0.5 })
      expect(resultOf(done, 'a')).toMatchObject({ passFail: 'ok', diffDisplay: 'Zero ref with % diff tol' })
      expect(resultOf(done, 'b')).toMatchObject({ passFail: 'action', result: { value: 0.5 } })
    })
  })

  describe('the assignment', () => {
    it('is due again, and the session keeps when it was due before', async () => {
      const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
      const dueDate = new Date('2019-07-25T04:00:00Z')
      const { submit, assignmentId } = await ready([{ macro: 'a' }], { frequency, dueDate })
      const done = await submit({ a: 1 })
      expect(done.session.dueDate).toEqual(dueDate)
      expect(await findAssignment(database.db, assignmentId)).toMatchObject({
        dueDate: new Date('2019-07-26T14:49:47Z'),
        lastSessionId: done.session.id,
      })
    })

    it.each([
      ['in progress', { inProgress: true }],
      ['not meant for scheduling', { includeForScheduling: false }],
    ])('stays due when the session is %s', async (_, changes) => {
      const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
      const dueDate = new Date('2019-07-25T04:00:00Z')
      const { submit, assignmentId } = await ready([{ macro: 'a' }], { frequency, dueDate })
      await submit({ a: 1 }, changes)
      expect((await findAssignment(database.db, assignmentId))?.dueDate).toEqual(dueDate)
    })

    it('is due now when nothing but invalid work was done', async () => {
      const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
      const { submit, assignmentId } = await ready([{ macro: 'a' }], {
        frequency,
        dueDate: new Date('2019-08-01T04:00:00Z'),
      })
      await submit({ a: 1 }, { statusId: statuses.rejected })
      expect((await findAssignment(database.db, assignmentId))?.dueDate).toEqual(TEST_NOW)
    })
  })

  it('performs the tests of sublists where they stand', async () => {
    const unitId = await makeUnit(database)
    const ids: number[] = []
    for (const macro of ['own1', 'own2', 'sub1', 'sub2']) {
      const id = await makeTest(database, { macro })
      await makeInfo(database, unitId, id)
      ids.push(id)
    }
    const sublist = await makeTestList(database, { tests: ids.slice(2) })
    const list = await makeTestList(database, { tests: ids.slice(0, 2), sublists: [sublist] })
    const assignmentId = await makeAssignment(database, { unit: unitId, testList: list })
    const done = await createSession(ctx, {
      assignmentId,
      workStarted: STARTED,
      tests: tests({ own1: 1, own2: 2, sub1: 3, sub2: 4 }),
    })
    expect(done.results.map(({ test }) => test.macro)).toEqual(['own1', 'sub1', 'sub2', 'own2'])
  })
})
