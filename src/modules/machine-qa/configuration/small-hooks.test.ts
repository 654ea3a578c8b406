import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { changeRecord } from '../../records/save-record.ts'
import { refusalOf } from '../performing/testing.ts'
import { autoReviewRule } from '../records/auto-review-rule.ts'
import { autoReviewRuleSet } from '../records/auto-review-rule-set.ts'
import { availableTime } from '../records/available-time.ts'
import { availableTimeEdit } from '../records/available-time-edit.ts'
import { category } from '../records/category.ts'
import { status } from '../records/status.ts'
import { tolerance } from '../records/tolerance.ts'
import { unit } from '../records/unit.ts'
import { unitType } from '../records/unit-type.ts'
import { makeInfo, makeTest, makeUnit, QA_TEST_MIGRATIONS } from '../testing.ts'
import { make, makeConfigurationContext } from './testing.ts'

const invalid = (field: string, problem: string) => ({
  kind: 'invalid-input',
  problems: [{ field, problem }],
})

forEachDatabase('units, tolerances and what surrounds tests', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
  })

  describe('a unit', () => {
    let type: number
    beforeAll(async () => {
      type = await make(ctx, unitType, { name: 'Linac' })
    })
    const makeOne = (parts: Readonly<Record<string, unknown>> = {}) =>
      make(ctx, unit, { name: 'Linac', dateAcceptance: '2018-01-01', type, ...parts })

    async function hours(unitId: number): Promise<unknown[]> {
      const { rows } = await sql<Record<string, unknown>>`
        select date_changed as "from", hours_sunday as "sunday", hours_monday as "monday", hours_saturday as "saturday"
        from qa_available_time where unit_id = ${unitId} order by date_changed`.execute(database.db)
      return rows
    }

    it('gets the next free number, and keeps one that is given', async () => {
      const fresh = await makeConfigurationContext(await open('fresh'))
      const freshType = await make(fresh, unitType, { name: 'Linac' })
      const values = { name: 'Linac', dateAcceptance: '2018-01-01', type: freshType }
      const numbers: unknown[] = []
      for (const given of [{}, { number: 7 }, { number: null }]) {
        const id = await make(fresh, unit, { ...values, ...given })
        numbers.push((await getRecord(fresh, unit, id)).number)
      }
      expect(numbers).toEqual([1, 7, 8])
      expect(await refusalOf(make(fresh, unit, { ...values, number: 7 }))).toMatchObject({ kind: 'conflict' })
    })

    it('is available on workdays from its acceptance on, also when that moves', async () => {
      const id = await makeOne()
      const workdays = { sunday: 0, monday: 28_800, saturday: 0 }
      expect(await hours(id)).toEqual([{ from: '2018-01-01', ...workdays }])
      const week = Object.fromEntries(
        ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((name) => [
          `hours${name}`,
          3600,
        ]),
      )
      await make(ctx, availableTime, { unit: id, dateChanged: '2019-06-01', ...week })
      await make(ctx, availableTimeEdit, { unit: id, date: '2018-12-25', hours: 0 })
      await changeRecord(ctx, unit, id, 1, { dateAcceptance: '2019-01-01' })
      const hourly = { from: '2019-06-01', sunday: 3600, monday: 3600, saturday: 3600 }
      expect(await hours(id)).toEqual([{ from: '2019-01-01', ...workdays }, hourly])
      await changeRecord(ctx, unit, id, 2, { dateAcceptance: '2019-07-01' })
      expect(await hours(id)).toEqual([{ ...hourly, from: '2019-07-01' }])
      await changeRecord(ctx, unit, id, 3, { dateAcceptance: '2017-07-01' })
      expect(await hours(id)).toEqual([{ ...hourly, from: '2017-07-01' }])
      const { rows } = await sql`select id from qa_available_time_edit where unit_id = ${id}`.execute(
        database.db,
      )
      expect(rows).toEqual([])
    })

    it('is not available before its acceptance', async () => {
      const id = await makeOne()
      expect(
        await refusalOf(make(ctx, availableTimeEdit, { unit: id, date: '2017-12-31', hours: 3600 })),
      ).toEqual(invalid('date', 'The unit was not accepted before 2018-01-01.'))
    })
  })

  describe('a tolerance', () => {
    it.each([
      [
        { type: 'absolute', actLow: -2, tolLow: -1, tolHigh: 1, actHigh: 2 },
        'Absolute(-2.000, -1.000, 1.000, 2.000)',
      ],
      [{ type: 'percent', tolHigh: 2 }, 'Percent(--, --, 2.00%, --)'],
      [{ type: 'multchoice', mcPassChoices: ' a, b,', mcTolChoices: 'c' }, 'M.C.(OK=a:b, Tolerance=c)'],
    ])('%j is called %s', async (values, name) => {
      const id = await make(ctx, tolerance, values)
      expect(await getRecord(ctx, tolerance, id)).toMatchObject({ name })
      expect(await refusalOf(make(ctx, tolerance, values))).toMatchObject({
        kind: 'conflict',
        reason: 'Tolerance with this name already exists.',
      })
    })

    it.each([
      [{ type: 'boolean' }, 'type', 'Boolean tolerances are kept by the system'],
      [{ type: 'absolute' }, 'actLow', 'Set at least one tolerance or action level'],
      [{ type: 'multchoice' }, 'mcPassChoices', 'Give at least one choice that passes'],
      [
        { type: 'percent', actLow: -1, tolLow: -2 },
        'tolLow',
        'Levels must rise from Action Low over Tolerance Low and Tolerance High to Action High',
      ],
      [
        { type: 'absolute', tolHigh: 1, mcPassChoices: 'a' },
        'mcPassChoices',
        'Choices belong to multiple choice tolerances only',
      ],
    ])('refuses %j', async (values, field, problem) => {
      expect(await refusalOf(make(ctx, tolerance, values))).toEqual(invalid(field, problem))
    })

    it('keeps its limits once a test on a unit is judged by it', async () => {
      const id = await make(ctx, tolerance, { type: 'absolute', tolHigh: 31 })
      await changeRecord(ctx, tolerance, id, 1, { tolHigh: 32 })
      await makeInfo(database, await makeUnit(database), await makeTest(database), { tolerance: id })
      expect(await refusalOf(changeRecord(ctx, tolerance, id, 2, { tolHigh: 33 }))).toEqual({
        kind: 'conflict',
        reason: 'This tolerance is in use and cannot be changed; make a new one and set it for the tests.',
      })
      expect(await changeRecord(ctx, tolerance, id, 2, { tolHigh: 32 })).toMatchObject({ version: 3 })
    })
  })

  it('categories stay a tree', async () => {
    const top = await make(ctx, category, { name: 'Top' })
    const middle = await make(ctx, category, { name: 'Middle', parent: top })
    const bottom = await make(ctx, category, { name: 'Bottom', parent: middle })
    for (const parent of [top, middle, bottom]) {
      expect(await refusalOf(changeRecord(ctx, category, top, 1, { parent }))).toEqual(
        invalid('parent', 'A category cannot stand below itself.'),
      )
    }
    expect(await changeRecord(ctx, category, bottom, 1, { parent: top })).toMatchObject({
      parent: top,
      slug: 'bottom',
    })
  })

  it('a set of auto-review rules says one thing about every outcome', async () => {
    const [unreviewed, approved] = [
      await make(ctx, status, { name: 'Unreviewed' }),
      await make(ctx, status, { name: 'Approved', requiresReview: false }),
    ]
    const ok = await make(ctx, autoReviewRule, { passFail: 'ok', status: approved })
    const also = await make(ctx, autoReviewRule, { passFail: 'ok', status: unreviewed })
    const action = await make(ctx, autoReviewRule, { passFail: 'action', status: unreviewed })
    expect(await refusalOf(make(ctx, autoReviewRuleSet, { name: 'Both', rules: [ok, also] }))).toEqual(
      invalid('rules', 'Choose only one rule for OK.'),
    )
    const set = await make(ctx, autoReviewRuleSet, { name: 'Good', rules: [ok, action] })
    expect(await getRecord(ctx, autoReviewRuleSet, set)).toMatchObject({ rules: [ok, action] })
  })
})
