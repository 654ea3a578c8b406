import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { changeRecord } from '../../records/save-record.ts'
import { arrangeTestList, type ListArrangement } from '../arrange-test-list.ts'
import { refusalOf } from '../performing/testing.ts'
import { assignment } from '../records/assignment.ts'
import { testList } from '../records/test-list.ts'
import { testListCycle } from '../records/test-list-cycle.ts'
import { findListedTests } from '../store/listed-tests.ts'
import { makeGroup, makeTest, makeUnit, makeUser, QA_TEST_MIGRATIONS } from '../testing.ts'
import { make, makeConfigurationContext } from './testing.ts'

forEachDatabase('test lists', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  let named = 0
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
  })

  async function makeTests<const M extends readonly string[]>(...macros: M) {
    const ids = await Promise.all(macros.map((macro) => makeTest(database, { macro })))
    return ids as { readonly [K in keyof M]: number }
  }

  function makeList(parts: Readonly<Record<string, unknown>>): Promise<number> {
    named += 1
    return make(ctx, testList, { name: `A list ${named}`, ...parts })
  }

  async function change(id: number, values: Readonly<Record<string, unknown>>) {
    const { version } = await getRecord(ctx, testList, id)
    return changeRecord(ctx, testList, id, version, values)
  }

  async function assign(parts: Readonly<Record<string, unknown>>) {
    const unit = await makeUnit(database)
    return {
      unit,
      id: await make(ctx, assignment, { unit, visibleTo: [await makeGroup(database)], ...parts }),
    }
  }

  async function reachedOn(unit: number): Promise<string[]> {
    const { rows } = await sql<{ slug: string }>`select t.slug from qa_unit_test_info as i
      join qa_test as t on t.id = i.test_id where i.unit_id = ${unit} order by t.slug`.execute(database.db)
    return rows.map(({ slug }) => slug)
  }

  const refused = (field: string, problem: string) => ({
    kind: 'invalid-input',
    problems: [{ field, problem }],
  })

  it('get an address from their name', async () => {
    const id = await make(ctx, testList, { name: 'Größe & Form: täglich' })
    expect(await getRecord(ctx, testList, id)).toMatchObject({
      slug: 'grosse-form-taglich',
      warningMessage: 'Do not treat',
    })
  })

  describe('refuse', () => {
    it('the same macro name twice, also through a sublist and through the lists that contain it', async () => {
      const [a, otherA, b, otherB] = await makeTests('a', 'a', 'b', 'b')
      const twice = refused('tests', 'Macro names must be unique in a list: a')
      expect(await refusalOf(makeList({ tests: [a, otherA] }))).toEqual(twice)
      const inner = await makeList({ tests: [a] })
      expect(await refusalOf(makeList({ tests: [otherA], sublists: [inner] }))).toEqual(twice)
      expect(await refusalOf(makeList({ tests: [a], sublists: [inner] }))).toEqual(twice)
      const outer = await makeList({ name: 'Outer', tests: [b], sublists: [inner] })
      expect(await refusalOf(change(inner, { tests: [a, otherB] }))).toEqual(
        refused('tests', 'In Outer: Macro names must be unique in a list: b'),
      )
      expect(await change(outer, { tests: [b] })).toMatchObject({ tests: [b], sublists: [inner] })
    })

    it('a second level of lists, and a list within itself', async () => {
      const inner = await makeList({ name: 'Innermost' })
      const middle = await makeList({ name: 'Middle', sublists: [inner] })
      expect(await refusalOf(makeList({ sublists: [middle] }))).toEqual(
        refused('sublists', 'Test Lists can not be nested more than 1 level. Middle has sublists of its own'),
      )
      const other = await makeList({})
      expect(await refusalOf(change(inner, { sublists: [other] }))).toEqual(
        refused(
          'sublists',
          'Test Lists can not be nested more than 1 level. This list is a sublist of Middle',
        ),
      )
      expect(await refusalOf(change(other, { sublists: [other] }))).toEqual(
        refused('sublists', 'A list can not be its own sublist'),
      )
    })

    it('more tests than the site allows, counting those of the lists that contain them', async () => {
      const macros = Array.from({ length: 11 }, (_, index) => `many_${index}`)
      const tests = await makeTests(...macros)
      expect(await refusalOf(makeList({ tests }))).toEqual(
        refused('tests', 'A list has at most 10 tests, this one has 11'),
      )
      const inner = await makeList({ tests: tests.slice(0, 5) })
      await makeList({ name: 'Full', tests: tests.slice(6), sublists: [inner] })
      expect(await refusalOf(change(inner, { tests: tests.slice(0, 6) }))).toEqual(
        refused('tests', 'In Full: A list has at most 10 tests, this one has 11'),
      )
    })

    it('a cycle without a list', async () => {
      const none = refused('testLists', 'You must select at least one test list')
      expect(await refusalOf(make(ctx, testListCycle, { name: 'Empty', testLists: [] }))).toEqual(none)
      expect(await refusalOf(make(ctx, testListCycle, { name: 'Empty' }))).toEqual(none)
    })
  })

  it('give their name to their assignments, and their tests a place on every unit', async () => {
    const [own, later, nested, second] = await makeTests('own', 'later', 'nested', 'second')
    const inner = await makeList({ tests: [nested] })
    const list = await makeList({ name: 'Daily', tests: [own], sublists: [inner] })
    const [direct, other] = [await assign({ testList: list }), await assign({ testList: list })]
    expect(await reachedOn(direct.unit)).toEqual(['nested', 'own'])
    await change(list, { name: 'Daily photons', tests: [own, later] })
    await change(inner, { tests: [nested, second] })
    expect(await reachedOn(direct.unit)).toEqual(['later', 'nested', 'own', 'second'])
    expect(await reachedOn(other.unit)).toEqual(['later', 'nested', 'own', 'second'])
    expect(await getRecord(ctx, assignment, direct.id)).toMatchObject({ name: 'Daily photons' })
  })

  it('are reached through cycles too, with every day and its sublists', async () => {
    const [first, second, nested, third] = await makeTests('first', 'second', 'nested', 'third')
    const inner = await makeList({ tests: [nested] })
    const days = [await makeList({ tests: [first] }), await makeList({ tests: [second], sublists: [inner] })]
    const cycle = await make(ctx, testListCycle, { name: 'Two days', testLists: [days[0], days[1], days[0]] })
    const assigned = await assign({ testListCycle: cycle })
    expect(await reachedOn(assigned.unit)).toEqual(['first', 'nested', 'second'])
    const { version } = await getRecord(ctx, testListCycle, cycle)
    const third_ = await makeList({ tests: [third] })
    await changeRecord(ctx, testListCycle, cycle, version, {
      name: 'Three',
      testLists: [days[0], days[1], third_],
    })
    expect(await reachedOn(assigned.unit)).toEqual(['first', 'nested', 'second', 'third'])
    expect(await getRecord(ctx, assignment, assigned.id)).toMatchObject({ name: 'Three' })
  })

  describe('arrangeTestList', () => {
    async function order(listId: number): Promise<string[]> {
      const listed = await findListedTests(database.db, listId, 0)
      return listed.map(({ test, sublist }) => `${test.macro}${sublist?.outline ? ' (outlined)' : ''}`)
    }

    async function arrange(id: number, arrangement: ListArrangement) {
      const { version } = await getRecord(ctx, testList, id)
      return arrangeTestList(ctx, id, version, arrangement)
    }

    it('puts tests and sublists into one order, and draws frames', async () => {
      const [a, b, c, d, e] = await makeTests('a', 'b', 'c', 'd', 'e')
      const [x, y] = [await makeList({ tests: [d] }), await makeList({ tests: [e] })]
      const list = await makeList({})
      await arrange(list, {
        tests: [b, a, c],
        sublists: [
          { id: x, outline: true, after: 1 },
          { id: y, outline: false },
        ],
      })
      expect(await order(list)).toEqual(['b', 'd (outlined)', 'a', 'c', 'e'])
      const links =
        await sql`select id from qa_test_list_membership where test_list_id = ${list} and test_id = ${a}`.execute(
          database.db,
        )
      await arrange(list, {
        tests: [a, c],
        sublists: [
          { id: y, outline: true, after: 0 },
          { id: x, outline: false, after: 0 },
        ],
      })
      expect(await order(list)).toEqual(['e (outlined)', 'd', 'a', 'c'])
      const kept =
        await sql`select id from qa_test_list_membership where test_list_id = ${list} and test_id = ${a}`.execute(
          database.db,
        )
      expect(kept.rows).toEqual(links.rows)
      await arrange(list, { tests: [], sublists: [] })
      expect(await order(list)).toEqual([])
    })

    it('prepares the tests on the units of the list', async () => {
      const [a, b] = await makeTests('a', 'b')
      const list = await makeList({ tests: [a] })
      const { unit } = await assign({ testList: list })
      await arrange(list, { tests: [b, a], sublists: [] })
      expect(await reachedOn(unit)).toEqual(['a', 'b'])
    })

    it('refuses what cannot be performed together, the unknown, and another version', async () => {
      const [a, other] = await makeTests('a', 'a')
      const list = await makeList({ tests: [a] })
      expect(await refusalOf(arrange(list, { tests: [a, other], sublists: [] }))).toEqual(
        refused('tests', 'Macro names must be unique in a list: a'),
      )
      expect(await refusalOf(arrange(list, { tests: [a, a], sublists: [] }))).toEqual(
        refused('tests', 'A list can contain each of them only once'),
      )
      expect(await refusalOf(arrange(list, { tests: [999_999], sublists: [] }))).toEqual(
        refused('tests', 'This names a record that does not exist.'),
      )
      expect(await refusalOf(arrangeTestList(ctx, list, 99, { tests: [], sublists: [] }))).toMatchObject({
        kind: 'conflict',
      })
      const stranger = {
        ...ctx,
        actor: await makeUser(database, { permissions: new Set(['machine-qa.access']) }),
      }
      expect(() => arrangeTestList(stranger, list, 1, { tests: [], sublists: [] })).toThrow(
        'machine-qa.test-list.change',
      )
      expect(await getRecord(ctx, testList, list)).toMatchObject({ tests: [a], version: 1 })
    })
  })
})
