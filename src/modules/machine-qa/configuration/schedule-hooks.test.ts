import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { retireRecord } from '../../records/retire-record.ts'
import { changeRecord } from '../../records/save-record.ts'
import { refusalOf } from '../performing/testing.ts'
import { assignment } from '../records/assignment.ts'
import { frequency } from '../records/frequency.ts'
import { session } from '../records/session.ts'
import { status } from '../records/status.ts'
import { shipDefaults } from '../ship-defaults.ts'
import {
  makeGroup,
  makeInfo,
  makeTest,
  makeTestList,
  makeUnit,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
} from '../testing.ts'
import { type Done, make, makeConfigurationContext, makeDone } from './testing.ts'

const DAILY = 'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY'
const WEEKLY = 'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY;INTERVAL=7'
const MONTHLY = 'DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY;INTERVAL=28'
const WEDNESDAYS = 'DTSTART:20120101T050000Z\nRRULE:FREQ=WEEKLY;BYDAY=WE'

forEachDatabase('what decides when a list is due', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  let named = 0
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
  })

  function makeFrequency(parts: Readonly<Record<string, unknown>>): Promise<number> {
    named += 1
    return make(ctx, frequency, { name: `Frequency ${named}`, recurrences: DAILY, windowEnd: 0, ...parts })
  }

  async function assign(parts: Readonly<Record<string, unknown>>) {
    const unit = await makeUnit(database)
    const test = await makeTest(database)
    const testListId = await makeTestList(database, { tests: [test] })
    const values = { unit, testList: testListId, visibleTo: [await makeGroup(database)], ...parts }
    const assignmentId = await make(ctx, assignment, values)
    const infoId = await makeInfoOf(unit, test)
    const done = (parts: Omit<Done, 'assignmentId' | 'testListId' | 'infoId'>) =>
      makeDone(database, { assignmentId, testListId, infoId, ...parts })
    return { assignmentId, done, dueDate: () => dueDateOf(assignmentId) }
  }

  async function makeInfoOf(unit: number, test: number): Promise<number> {
    const { rows } = await infosOf(unit, test)
    return rows[0] ?? makeInfo(database, unit, test)
  }

  async function infosOf(unit: number, test: number): Promise<{ rows: number[] }> {
    const rows = await database.db
      .withTables<{ qa_unit_test_info: { id: number; unit_id: number; test_id: number } }>()
      .selectFrom('qa_unit_test_info')
      .select('id')
      .where('unit_id', '=', unit)
      .where('test_id', '=', test)
      .execute()
    return { rows: rows.map(({ id }) => id) }
  }

  async function dueDateOf(id: number): Promise<string | null> {
    const { dueDate } = await getRecord(ctx, assignment, id)
    return dueDate instanceof Date ? dueDate.toISOString() : null
  }

  async function change(
    record: typeof assignment | typeof frequency | typeof status,
    id: number,
    values: object,
  ) {
    const { version } = await getRecord(ctx, record, id)
    return changeRecord(ctx, record, id, version, { ...values })
  }

  describe('a frequency', () => {
    it.each([
      [DAILY, 1],
      [WEEKLY, 7],
      [WEDNESDAYS, 7],
      ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR', 2],
      ['RRULE:FREQ=YEARLY', 365],
      ['RDATE:20300101T050000Z', 2192],
    ])('%s has a mean interval of %i days', async (recurrences, days) => {
      const id = await makeFrequency({ recurrences })
      expect(await getRecord(ctx, frequency, id)).toMatchObject({ nominalInterval: days })
    })

    it.each([
      ['every', 'recurrences', '"every" is not a line of a recurrence'],
      ['DTSTART:20120101T050000Z', 'recurrences', 'Give at least one rule or date.'],
    ])('refuses %s', async (recurrences, field, problem) => {
      expect(await refusalOf(makeFrequency({ recurrences }))).toEqual({
        kind: 'invalid-input',
        problems: [{ field, problem }],
      })
    })

    it('cannot take the address of lists without a frequency', async () => {
      expect(await refusalOf(makeFrequency({ name: 'Ad hoc' }))).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'slug', problem: 'ad-hoc stands for lists without a frequency.' }],
      })
    })

    it('moves what is due by it when its rule changes', async () => {
      const id = await makeFrequency({ recurrences: DAILY })
      const performed = await assign({ frequency: id })
      await performed.done({ completed: new Date('2019-07-20T10:00:00Z') })
      const never = await assign({ frequency: id, dueDate: TEST_NOW })
      const manual = await assign({ frequency: id, autoSchedule: false, dueDate: TEST_NOW })
      await manual.done({ completed: new Date('2019-07-20T10:00:00Z') })
      const other = await assign({ frequency: await makeFrequency({}) })
      await other.done({ completed: new Date('2019-07-20T10:00:00Z') })
      await change(frequency, id, { recurrences: WEEKLY, name: 'Weekly now' })
      expect(await performed.dueDate()).toBe('2019-07-27T10:00:00.000Z')
      expect(await never.dueDate()).toBe(TEST_NOW.toISOString())
      expect(await manual.dueDate()).toBe(TEST_NOW.toISOString())
      expect(await other.dueDate()).toBeNull()
      await change(frequency, id, { windowEnd: 3 })
      expect(await performed.dueDate()).toBe('2019-07-27T10:00:00.000Z')
    })

    it('reckons with a window from the date that the last session settled', async () => {
      const id = await makeFrequency({ recurrences: DAILY, windowStart: 0 })
      const performed = await assign({ frequency: id })
      await performed.done({
        completed: new Date('2018-11-28T18:00:00Z'),
        parts: { dueDate: new Date('2018-11-28T12:00:00Z') },
      })
      await change(frequency, id, { recurrences: WEDNESDAYS })
      expect(await performed.dueDate()).toBe('2018-12-05T12:00:00.000Z')
      await change(frequency, id, { recurrences: DAILY })
      expect(await performed.dueDate()).toBe('2018-11-29T12:00:00.000Z')
    })
  })

  describe('an assignment', () => {
    it('is due anew when it gets another frequency, unless a date is given', async () => {
      const [daily, monthly] = [await makeFrequency({}), await makeFrequency({ recurrences: MONTHLY })]
      const { assignmentId, done, dueDate } = await assign({ frequency: daily })
      await done({ completed: new Date('2018-11-20T12:00:00Z') })
      expect(await change(assignment, assignmentId, { frequency: monthly })).toMatchObject({
        dueDate: new Date('2018-12-18T12:00:00Z'),
      })
      await change(assignment, assignmentId, { frequency: daily, dueDate: TEST_NOW })
      expect(await dueDate()).toBe(TEST_NOW.toISOString())
      await change(assignment, assignmentId, { frequency: null })
      expect(await dueDate()).toBeNull()
    })

    it('is due anew when it schedules itself again, and stays as it is while it does not', async () => {
      const [daily, monthly] = [await makeFrequency({}), await makeFrequency({ recurrences: MONTHLY })]
      const { assignmentId, done, dueDate } = await assign({ frequency: daily, autoSchedule: false })
      await done({ completed: new Date('2018-11-20T12:00:00Z') })
      await change(assignment, assignmentId, { frequency: monthly })
      expect(await dueDate()).toBeNull()
      await change(assignment, assignmentId, { autoSchedule: true })
      expect(await dueDate()).toBe('2018-12-18T12:00:00.000Z')
    })

    it('never done is due when it was', async () => {
      const { assignmentId, dueDate } = await assign({
        frequency: await makeFrequency({}),
        dueDate: TEST_NOW,
      })
      await change(assignment, assignmentId, { frequency: await makeFrequency({}) })
      expect(await dueDate()).toBe(TEST_NOW.toISOString())
    })

    it('needs either a list or a cycle, and a group that sees it', async () => {
      const unit = await makeUnit(database)
      const testList = await makeTestList(database)
      expect(
        await refusalOf(make(ctx, assignment, { unit, visibleTo: [await makeGroup(database)] })),
      ).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'testList', problem: 'Choose either a test list or a cycle.' }],
      })
      expect(await refusalOf(make(ctx, assignment, { unit, testList }))).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'visibleTo', problem: 'Choose at least one group that sees it.' }],
      })
      const group = await makeGroup(database)
      const id = await make(ctx, assignment, { unit, testList, assignedTo: group })
      expect(await getRecord(ctx, assignment, id)).toMatchObject({ visibleTo: [group] })
    })

    it('once performed stays with its unit and its list', async () => {
      const { assignmentId, done } = await assign({})
      const sessionId = await done({ completed: TEST_NOW })
      await database.db
        .withTables<{ qa_assignment: { id: number; last_instance_id: number | null } }>()
        .updateTable('qa_assignment')
        .set({ last_instance_id: sessionId })
        .where('id', '=', assignmentId)
        .execute()
      expect(await refusalOf(change(assignment, assignmentId, { unit: await makeUnit(database) }))).toEqual({
        kind: 'invalid-input',
        problems: [
          { field: 'unit', problem: 'This was already performed; make a new assignment for another unit.' },
        ],
      })
      expect(
        await refusalOf(change(assignment, assignmentId, { testList: await makeTestList(database) })),
      ).toEqual({
        kind: 'invalid-input',
        problems: [
          {
            field: 'testList',
            problem: 'This was already performed; make a new assignment for another list.',
          },
        ],
      })
    })
  })

  describe('a status', () => {
    const makeStatus = (name: string, parts: Readonly<Record<string, unknown>> = {}) =>
      make(ctx, status, { name, ...parts })

    it('is the default when it is the first, and gives that up to another', async () => {
      const fresh = await makeConfigurationContext(await open('fresh'))
      const first = await make(fresh, status, { name: 'Unreviewed' })
      const second = await make(fresh, status, { name: 'Approved' })
      const defaults = async () => [
        (await getRecord(fresh, status, first)).isDefault,
        (await getRecord(fresh, status, second)).isDefault,
      ]
      expect(await defaults()).toEqual([true, false])
      expect(await refusalOf(changeRecord(fresh, status, first, 1, { isDefault: false }))).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'isDefault', problem: 'Make another status the default instead.' }],
      })
      expect(await refusalOf(retireRecord(fresh, status, first, 'retire'))).toEqual({
        kind: 'conflict',
        reason: 'Make another status the default first.',
      })
      await changeRecord(fresh, status, second, 1, { isDefault: true })
      expect(await defaults()).toEqual([false, true])
      expect(await retireRecord(fresh, status, first, 'retire')).toMatchObject({ isDefault: false })
    })

    it('that becomes invalid takes back what its results settled', async () => {
      const [good, doubtful] = [await makeStatus('Good'), await makeStatus('Doubtful')]
      const weekly = await makeFrequency({ recurrences: WEEKLY })
      const both = await assign({ frequency: weekly })
      await both.done({ completed: new Date('2018-11-12T12:00:00Z'), statusId: good })
      await both.done({ completed: new Date('2018-11-20T12:00:00Z'), statusId: doubtful })
      const only = await assign({ frequency: weekly })
      await only.done({ completed: new Date('2018-11-20T12:00:00Z'), statusId: doubtful })
      const none = await assign({ frequency: weekly, dueDate: TEST_NOW })
      await none.done({ completed: new Date('2018-11-20T12:00:00Z'), statusId: good })
      await change(status, doubtful, { valid: false })
      expect(await both.dueDate()).toBe('2018-11-19T12:00:00.000Z')
      expect(await only.dueDate()).toBe(TEST_NOW.toISOString())
      expect(await none.dueDate()).toBe(TEST_NOW.toISOString())
      await change(status, doubtful, { valid: true })
      expect(await both.dueDate()).toBe('2018-11-27T12:00:00.000Z')
      expect(await only.dueDate()).toBe('2018-11-27T12:00:00.000Z')
    })

    it('that needs a review makes its sessions unreviewed, and reviewed again', async () => {
      const seen = await makeStatus('Seen', { requiresReview: false })
      const { done } = await assign({})
      const sessionId = await done({ completed: TEST_NOW, statusId: seen, parts: { allReviewed: true } })
      const isReviewed = async () => (await getRecord(ctx, session, sessionId)).allReviewed
      await change(status, seen, { requiresReview: true })
      expect(await isReviewed()).toBe(false)
      await change(status, seen, { requiresReview: false })
      expect(await isReviewed()).toBe(true)
    })
  })

  it('starts with the shipped statuses and frequencies, once', async () => {
    const fresh = await makeConfigurationContext(await open('fresh'))
    await shipDefaults(fresh)
    await shipDefaults(fresh)
    const listed = await fresh.db
      .withTables<{
        qa_frequency: { id: number; name: string; recurrences: string; nominal_interval: number }
      }>()
      .selectFrom('qa_frequency')
      .select(['id', 'name', 'recurrences', 'nominal_interval as days'])
      .orderBy('id')
      .execute()
    expect(listed.map(({ id, name, days }) => [id, name, days])).toEqual([
      [1, 'Daily', 1],
      [2, 'Weekly', 7],
      [3, 'Monthly', 28],
      [4, 'Semi-Annual', 180],
      [5, 'Annual', 300],
      [6, 'Tues-Thurs', 3],
      [7, 'MWF', 2],
    ])
    expect(listed[0]?.recurrences).toBe('DTSTART:20120101T050000Z\nRRULE:FREQ=DAILY')
    expect(await getRecord(fresh, status, 1)).toMatchObject({ name: 'Unreviewed', isDefault: true })
    expect(await getRecord(fresh, status, 2)).toMatchObject({ name: 'Approved', requiresReview: false })
    expect(await getRecord(fresh, status, 3)).toMatchObject({ name: 'Rejected', valid: false })
    const tolerances = await fresh.db
      .withTables<{ qa_tolerance: { id: number; name: string } }>()
      .selectFrom('qa_tolerance')
      .select('name')
      .orderBy('id')
      .execute()
    expect(tolerances.map(({ name }) => name)).toEqual([
      'Boolean(Action on fail)',
      'Boolean(Tolerance on fail)',
    ])
  })
})
