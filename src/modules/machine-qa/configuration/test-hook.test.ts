import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { changeRecord, createRecord } from '../../records/save-record.ts'
import { refusalOf } from '../performing/testing.ts'
import { autoReviewRuleSet } from '../records/auto-review-rule-set.ts'
import { category } from '../records/category.ts'
import { test } from '../records/test.ts'
import { testList } from '../records/test-list.ts'
import { makeInfo, makeReference, makeUnit, QA_TEST_MIGRATIONS } from '../testing.ts'
import { insertResultOf, make, makeConfigurationContext } from './testing.ts'

forEachDatabase('tests', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  let categoryId: number
  let named = 0
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
    categoryId = await make(ctx, category, { name: 'Dosimetry' })
  })

  function valuesOf(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
    named += 1
    return { name: `Test ${named}`, slug: `macro_${named}`, category: categoryId, type: 'simple', ...parts }
  }

  const makeTest = (parts: Readonly<Record<string, unknown>> = {}) => make(ctx, test, valuesOf(parts))

  async function change(id: number, values: Readonly<Record<string, unknown>>, by = ctx) {
    const { version } = await getRecord(by, test, id)
    return changeRecord(by, test, id, version, values)
  }

  it('keeps choices trimmed and without empty ones', async () => {
    const id = await makeTest({ type: 'multchoice', choices: ' pass , fail,, see note ' })
    expect(await getRecord(ctx, test, id)).toMatchObject({ choices: 'pass,fail,see note' })
  })

  describe('refuses', () => {
    it.each([
      [
        'a word of Python as macro',
        { slug: 'lambda' },
        'slug',
        'lambda is a word of Python and can not be a macro name',
      ],
      [
        'a multiple choice without choices',
        { type: 'multchoice', choices: ' , ' },
        'choices',
        'Give at least one choice',
      ],
      ['choices of a number', { choices: 'a' }, 'choices', 'Only multiple choice tests have choices'],
      [
        'a constant without value',
        { type: 'constant' },
        'constantValue',
        'A constant test needs its constant',
      ],
      [
        'wraparound limits the wrong way round',
        { type: 'wraparound', wrapLow: 360, wrapHigh: 0 },
        'wrapHigh',
        'The upper limit must be above the lower one',
      ],
      [
        'a composite without result',
        { slug: 'm', type: 'composite', calculationProcedure: 'x = 1' },
        'calculationProcedure',
        'Snippet must set macro name to a value or contain a result line (e.g. m = my_var/another_var*2 or result = my_var/another_var*2)',
      ],
      [
        'a format that formats nothing',
        { formatting: 'two' },
        'formatting',
        'This is not a number format such as %.2f or {:.2f}',
      ],
    ])('%s', async (_, parts, field, problem) => {
      expect(await refusalOf(makeTest(parts))).toEqual({
        kind: 'invalid-input',
        problems: [{ field, problem }],
      })
    })

    it('what Python cannot read, in the words of Python', async () => {
      const message = "Calculation procedure invalid: line 1: '(' was never closed"
      const picky = await makeConfigurationContext(database, {
        check: async ({ macro, language }) => [{ line: 1, message: `${message} (${macro}, ${language})` }],
      })
      const parts = { slug: 'broken', type: 'composite', calculationProcedure: 'result = (' }
      expect(await refusalOf(createRecord(picky, test, valuesOf(parts)))).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'calculationProcedure', problem: `${message} (broken, procedure)` }],
      })
    })
  })

  it('asks Python only about a procedure that is new, or whose macro name is', async () => {
    const asked: string[] = []
    const counting = await makeConfigurationContext(database, {
      check: async ({ macro, source }) => {
        asked.push(`${macro}: ${source}`)
        return []
      },
    })
    const id = await make(
      counting,
      test,
      valuesOf({ slug: 'asked', type: 'composite', calculationProcedure: 'result = 1' }),
    )
    await change(id, { description: 'Something else' }, counting)
    await change(id, { calculationProcedure: 'result = 2' }, counting)
    await change(id, { slug: 'renamed' }, counting)
    await make(counting, test, valuesOf({ type: 'upload', calculationProcedure: '' }))
    expect(asked).toEqual(['asked: result = 1', 'asked: result = 2', 'renamed: result = 2'])
  })

  it('gives a new test the default auto-review rules, and no other', async () => {
    expect(await getRecord(ctx, test, await makeTest())).toMatchObject({ autoreviewruleset: null })
    const first = await make(ctx, autoReviewRuleSet, { name: 'first', isDefault: true })
    const second = await make(ctx, autoReviewRuleSet, { name: 'second', isDefault: true })
    const id = await makeTest()
    expect(await getRecord(ctx, test, id)).toMatchObject({ autoreviewruleset: second })
    expect(await getRecord(ctx, autoReviewRuleSet, first)).toMatchObject({ isDefault: false })
    expect(await change(id, { autoreviewruleset: null })).toMatchObject({ autoreviewruleset: null })
  })

  describe('the type of a test with results', () => {
    it.each([
      ['simple', 'constant', { constantValue: 1 }],
      ['simple', 'wraparound', { wrapLow: 0, wrapHigh: 360 }],
      ['multchoice', 'string', { choices: null }],
    ])('may change from %s to %s', async (from, to, parts) => {
      const id = await makeTest({ type: from, choices: from === 'multchoice' ? 'a' : null })
      await insertResultOf(database, id)
      expect(await change(id, { type: to, ...parts })).toMatchObject({ type: to })
    })

    it.each([
      ['simple', 'string', 'Simple Numerical', 'String'],
      ['boolean', 'simple', 'Boolean', 'Simple Numerical'],
      ['date', 'datetime', 'Date', 'Date & Time'],
    ])('may not change from %s to %s', async (from, to, fromLabel, toLabel) => {
      const id = await makeTest({ type: from })
      await insertResultOf(database, id)
      expect(await refusalOf(change(id, { type: to }))).toEqual({
        kind: 'invalid-input',
        problems: [
          { field: 'type', problem: `A test with results can not change from ${fromLabel} to ${toLabel}` },
        ],
      })
    })

    it('may change at will before there are results', async () => {
      const id = await makeTest({ type: 'date' })
      expect(await change(id, { type: 'boolean' })).toMatchObject({ type: 'boolean' })
    })

    it('may not become a yes/no while a unit expects another number', async () => {
      const id = await makeTest()
      await makeInfo(database, await makeUnit(database), id, { reference: await makeReference(database, 5) })
      expect(await refusalOf(change(id, { type: 'boolean' }))).toEqual({
        kind: 'invalid-input',
        problems: [
          { field: 'type', problem: 'A test with a reference other than 0 and 1 can not become Boolean' },
        ],
      })
    })
  })

  it('keeps macro names apart in every list that is performed with the test', async () => {
    const [inner, outer, alone] = [
      await makeTest({ slug: 'output' }),
      await makeTest({ slug: 'energy' }),
      await makeTest({ slug: 'output' }),
    ]
    const sublist = await make(ctx, testList, { name: 'Inner', tests: [inner] })
    await make(ctx, testList, { name: 'Whole', tests: [outer], sublists: [sublist] })
    await make(ctx, testList, { name: 'Apart', tests: [alone] })
    const taken = (macro: string, lists: string) => ({
      kind: 'invalid-input',
      problems: [
        {
          field: 'slug',
          problem: `Macro names must be unique in a list, and ${macro} already is in ${lists}`,
        },
      ],
    })
    expect(await refusalOf(change(inner, { slug: 'energy' }))).toEqual(taken('energy', 'Whole'))
    expect(await refusalOf(change(outer, { slug: 'output' }))).toEqual(taken('output', 'Whole'))
    expect(await change(alone, { slug: 'energy' })).toMatchObject({ slug: 'energy' })
  })
})
