import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { EVERYTHING } from '../../../core/query.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { createRecord } from '../../records/save-record.ts'
import { arrangeTestList } from '../arrange-test-list.ts'
import { machineQaHooks } from '../configuration/hooks.ts'
import { parseTestPack } from '../domain/test-pack.ts'
import { category } from '../records/category.ts'
import { test } from '../records/test.ts'
import { testList } from '../records/test-list.ts'
import { testListCycle } from '../records/test-list-cycle.ts'
import { withServiceRecords } from '../service/testing.ts'
import { findPackedSublists, findPackedTests } from '../store/test-packs.ts'
import { makeQaContext, QA_TEST_MIGRATIONS } from '../testing.ts'
import { exportTestPack } from './export-test-pack.ts'
import { importTestPack, previewTestPack } from './import-test-pack.ts'

const FOREIGN = await readFile(new URL('./foreign-pack.tpk', import.meta.url), 'utf8')
const NO_CHOICES = { conflicts: {} }

/** What a file refuses, without the values. */
function problemsOf(file: string): readonly string[] {
  try {
    parseTestPack(file)
    return []
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    return error.refusal.problems.map(({ field, problem }) => `${field}: ${problem}`)
  }
}

describe('the file of a test pack', () => {
  it('is read with everything once, and without what is newer', () => {
    const pack = parseTestPack(FOREIGN)
    expect(pack).toMatchObject({
      name: 'Daily pack',
      contact: 'Ada Lovelace (ada@lab.example)',
      chosen: { tests: ['Room temperature'], lists: ['daily-qa'], cycles: ['two-days'] },
      categories: [{ name: 'Dosimetry' }],
    })
    expect(pack.tests.map(({ name }) => name)).toEqual(['Room temperature', 'Output 6 MV', 'Door interlock'])
    expect(pack.tests[1]).toMatchObject({ type: 'constant', constantValue: 5, wrapLow: null, flagWhen: null })
    expect(pack.lists.find(({ slug }) => slug === 'daily-qa')).toMatchObject({
      tests: [{ name: 'Output 6 MV', order: 1 }],
      sublists: [{ slug: 'safety', order: 0, outline: true }],
    })
    expect(pack.cycles[0]?.lists).toEqual(['daily-qa', 'safety', 'daily-qa'])
  })

  const wrap = (object: unknown, member = 'tests') =>
    JSON.stringify({ objects: { [member]: [JSON.stringify(object)] }, meta: {} })
  const aTest = { name: 'T', slug: 't', type: 'simple', category: ['C'] }

  it.each([
    ['', 'file: This is not JSON.'],
    ['[]', 'file: This must be an object.'],
    ['{}', 'objects: This must be an object.'],
    ['{"objects":{"tests":{}}}', 'objects.tests: This must be a list.'],
    ['{"objects":{"tests":[5]}}', 'objects.tests.0: This must be JSON as text.'],
    ['{"objects":{"tests":["{"]}}', 'objects.tests.0: This is not JSON.'],
    [
      wrap({ object: { model: 'auth.user', fields: {} } }),
      'objects.tests.0.object: auth.user is no part of a test pack.',
    ],
    [
      wrap({ object: { model: 'qa.test', fields: aTest }, dependencies: [] }),
      'T: The pack lacks its category C.',
    ],
    [
      wrap({ object: { model: 'qa.test', fields: { ...aTest, wrap_low: '1' } }, dependencies: [] }),
      'T.wrap_low: This must be a number.',
    ],
    [
      wrap({ object: { model: 'qa.test', fields: { ...aTest, category: ['a', 'b'] } } }),
      'T.category: This must name one thing.',
    ],
    [
      wrap(
        {
          object: { model: 'qa.testlist', fields: { name: 'L', slug: 'l' } },
          dependencies: [
            { model: 'qa.testlistmembership', fields: { test_list: ['l'], test: ['x'], order: 0 } },
          ],
        },
        'testlists',
      ),
      'L: The pack lacks its test x.',
    ],
  ])('%# is refused', (file, problem) => {
    expect(problemsOf(file)).toEqual([problem])
  })

  it('never fails otherwise', () => {
    const object = fc.oneof(
      fc.anything(),
      fc.record({
        object: fc.record({ model: fc.constant('qa.test'), fields: fc.object() }),
        dependencies: fc.array(fc.object()),
      }),
    )
    fc.assert(
      fc.property(object, fc.string(), (value, text) => {
        problemsOf(wrap(value))
        problemsOf(text)
        problemsOf(JSON.stringify({ objects: value }))
      }),
    )
  })
})

forEachDatabase('test packs', QA_TEST_MIGRATIONS, (open) => {
  async function prepare(): Promise<Context> {
    const ctx = withServiceRecords(
      await makeQaContext(await open('fresh'), { now: () => new Date('2021-03-16T12:34:56.789Z') }),
    )
    return { ...ctx, recordHooks: machineQaHooks({ check: async () => [] }) }
  }
  const all = async (ctx: Context, record: typeof test | typeof testList) =>
    (
      await listRecords(ctx, record, {
        where: EVERYTHING,
        order: [{ path: ['id'], direction: 'asc' }],
        limit: 100,
        offset: 0,
      })
    ).rows

  it('say before what they will make, and then make just that', async () => {
    const ctx = await prepare()
    const preview = await previewTestPack(ctx, FOREIGN, NO_CHOICES)
    expect(await all(ctx, test)).toEqual([])
    expect(preview.items.map(({ kind, newName, action }) => `${kind} ${newName}: ${action}`)).toEqual([
      'category Dosimetry: create',
      'test Room temperature: create',
      'test Output 6 MV: create',
      'test Door interlock: create',
      'list Safety: create',
      'list Daily QA: create',
      'cycle Two days: create',
    ])
    expect(preview.items.find(({ key }) => key === 'daily-qa')?.removed).toEqual([
      '<script>',
      'onclick on <p>',
    ])
    const { items } = await importTestPack(ctx, FOREIGN, NO_CHOICES)
    const lists = await all(ctx, testList)
    const daily = lists.find(({ slug }) => slug === 'daily-qa')
    expect(String(daily?.description)).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Set-up" />',
    )
    expect(String(daily?.description)).not.toContain('script')
    expect(daily?.javascript).toBe('alert(1)')
    const output = items.find(({ key }) => key === 'Output 6 MV')?.id ?? 0
    expect(await findPackedTests(ctx.db, [daily?.id ?? 0])).toMatchObject([{ memberId: output, order: 1 }])
    expect(await findPackedSublists(ctx.db, [daily?.id ?? 0])).toMatchObject([{ order: 0, outline: true }])
    const [imported] = await findRecords(ctx, test, [output])
    expect(imported).toMatchObject({ type: 'constant', constantValue: 5, slug: 'output_6mv' })
  })

  it('rename what is there already, or use it, as was chosen', async () => {
    const ctx = await prepare()
    await importTestPack(ctx, FOREIGN, NO_CHOICES)
    const again = await importTestPack(ctx, FOREIGN, { conflicts: { 'test:Door interlock': 'use-existing' } })
    expect(again.items.map(({ newName, newSlug, action }) => `${newName} (${newSlug}): ${action}`)).toEqual([
      'Dosimetry (dosimetry): match',
      'Room temperature-1 (temp): rename',
      'Output 6 MV-1 (output_6mv): rename',
      'Door interlock (door): match',
      'Safety-1 (safety-1): rename',
      'Daily QA-1 (daily-qa-1): rename',
      'Two days-1 (two-days-1): rename',
    ])
    const third = await previewTestPack(ctx, FOREIGN, {
      chosen: { tests: [], lists: ['safety'], cycles: [] },
      conflicts: {},
    })
    expect(third.items.map(({ newName }) => newName)).toEqual(['Dosimetry', 'Door interlock-1', 'Safety-2'])
  })

  it('bring nothing where something cannot be brought', async () => {
    const ctx = await prepare()
    const broken = FOREIGN.replace('\\"slug\\": \\"output_6mv\\"', '\\"slug\\": \\"6 mv\\"')
    expect(broken).not.toBe(FOREIGN)
    await expect(importTestPack(ctx, broken, NO_CHOICES)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field: 'Output 6 MV.slug' }] },
    })
    expect(await all(ctx, test)).toEqual([])
    const { rows } = await listRecords(ctx, category, { where: EVERYTHING, order: [], limit: 5, offset: 0 })
    expect(rows).toEqual([])
  })

  it('ask for the permission to add', async () => {
    const ctx = await prepare()
    const viewer: Context = { ...ctx, actor: { kind: 'anonymous' } }
    await expect(previewTestPack(viewer, FOREIGN, NO_CHOICES)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })

  describe('that were written here', () => {
    let ctx: Context
    let made: { readonly list: number; readonly cycle: number; readonly test: number }
    beforeAll(async () => {
      ctx = await prepare()
      const { id: about } = await createRecord(ctx, category, { name: 'Größe', slug: 'groesse' })
      const make = (name: string, slug: string, parts = {}) =>
        createRecord(ctx, test, { name, slug, category: about, type: 'simple', ...parts })
      const one = await make('One µ', 'one')
      const two = await make('Two', 'two', { type: 'wraparound', wrapLow: 0, wrapHigh: 360 })
      const sub = await createRecord(ctx, testList, { name: 'Sub', tests: [two.id] })
      const list = await createRecord(ctx, testList, { name: 'Whole', warningMessage: '' })
      await arrangeTestList(ctx, list.id, list.version, {
        tests: [one.id],
        sublists: [{ id: sub.id, outline: true, after: 0 }],
      })
      const cycle = await createRecord(ctx, testListCycle, {
        name: 'Round',
        testLists: [list.id, sub.id, list.id],
      })
      made = { list: list.id, cycle: cycle.id, test: two.id }
    })

    it('stand in the file byte for byte as the other system writes it', async () => {
      const file = await exportTestPack(ctx, {
        ...{ name: 'Pack', description: 'Ä', testIds: [made.test], listIds: [], cycleIds: [] },
      })
      const fields =
        '{\\"name\\": \\"Two\\", \\"display_name\\": \\"\\", \\"slug\\": \\"two\\", \\"description\\": null, \\"procedure\\": null, ' +
        '\\"category\\": [\\"Gr\\\\u00f6\\\\u00dfe\\"], \\"chart_visibility\\": true, \\"type\\": \\"wraparound\\", \\"flag_when\\": null, ' +
        '\\"hidden\\": false, \\"skip_without_comment\\": false, \\"require_comment\\": false, \\"display_image\\": false, ' +
        '\\"choices\\": null, \\"constant_value\\": null, \\"wrap_low\\": 0.0, \\"wrap_high\\": 360.0, ' +
        '\\"calculation_procedure\\": null, \\"formatting\\": \\"\\"}'
      const category =
        '{\\"name\\": \\"Gr\\\\u00f6\\\\u00dfe\\", \\"slug\\": \\"groesse\\", \\"description\\": \\"\\"}'
      expect(file.replace(/"contact": "[^"]*"/, '"contact": ""').replace(/"id": "[^"]*"/, '"id": ""')).toBe(
        [
          '{',
          '  "objects": {',
          '    "tests": [',
          `      "{\\"key\\": [\\"Two\\"], \\"object\\": {\\"model\\": \\"qa.test\\", \\"fields\\": ${fields}}, \\"dependencies\\": [{\\"model\\": \\"qa.category\\", \\"fields\\": ${category}}]}"`,
          '    ],',
          '    "testlists": [],',
          '    "testlistcycles": []',
          '  },',
          '  "meta": {',
          '    "version": "3.1.1.3",',
          '    "datetime": "2021-03-16 12:34:56.789000+00:00",',
          '    "description": "\\u00c4",',
          '    "contact": "",',
          '    "name": "Pack",',
          '    "id": ""',
          '  }',
          '}',
        ].join('\n'),
      )
    })

    it('come back as they were', async () => {
      const request = {
        name: 'P',
        description: '',
        testIds: [],
        listIds: [made.list],
        cycleIds: [made.cycle],
      }
      const file = await exportTestPack(ctx, request)
      const pack = parseTestPack(file)
      expect(pack.cycles[0]?.lists).toEqual(['whole', 'sub', 'whole'])
      const { items } = await importTestPack(ctx, file, NO_CHOICES)
      const copy = items.find(({ kind }) => kind === 'cycle')?.id ?? 0
      const second = parseTestPack(await exportTestPack(ctx, { ...request, listIds: [], cycleIds: [copy] }))
      const plain = JSON.stringify(second).replaceAll('-1', '')
      expect(JSON.parse(plain)).toMatchObject({
        tests: pack.tests.toSorted((a, b) => a.name.localeCompare(b.name)),
      })
      expect(JSON.parse(plain).lists.find(({ slug }: { slug: string }) => slug === 'whole')).toEqual(
        pack.lists.find(({ slug }) => slug === 'whole'),
      )
    })
  })
})
