import { randomUUID } from 'node:crypto'
import { type Context, requirePermission } from '../../../context.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { userRecord } from '../../access/records/user.ts'
import { findRecords } from '../../records/list-records.ts'
import { type PythonValue, pythonJson } from '../domain/python-json.ts'
import { category } from '../records/category.ts'
import { test } from '../records/test.ts'
import { testList } from '../records/test-list.ts'
import { testListCycle } from '../records/test-list-cycle.ts'
import {
  findPackedDays,
  findPackedSublists,
  findPackedTests,
  type PackedMember,
} from '../store/test-packs.ts'

export type PackRequest = {
  readonly name: string
  readonly description: string
  readonly testIds: readonly number[]
  readonly listIds: readonly number[]
  readonly cycleIds: readonly number[]
}

/** The format's version that the file claims; the other system reads packs of its own and earlier ones. */
const FORMAT_VERSION = '3.1.1.3'
const MOST = 500

/**
 * The file of a test pack with chosen tests, lists and cycles and all they consist of, as the other system writes it.
 * References, tolerances, units and results do not travel.
 */
export async function exportTestPack(ctx: Context, request: PackRequest): Promise<string> {
  requirePermission(ctx, 'machine-qa.access')
  const { testIds, listIds, cycleIds } = request
  const count = testIds.length + listIds.length + cycleIds.length
  if (count === 0) throw invalidInput('', 'Choose at least one test, list or cycle.')
  if (count > MOST) throw invalidInput('', `A pack holds ${MOST} chosen things at most.`)
  const stock = await gather(ctx, request)
  const pack = {
    objects: {
      tests: testIds.map((id) => pythonJson(testObject(stock, id))),
      testlists: listIds.map((id) => pythonJson(listObject(stock, id))),
      testlistcycles: cycleIds.map((id) => pythonJson(cycleObject(stock, id))),
    },
    meta: {
      version: FORMAT_VERSION,
      datetime: `${ctx.now().toISOString().replace('T', ' ').replace('Z', '')}000+00:00`,
      description: request.description,
      contact: await contactOf(ctx),
      name: request.name,
      id: randomUUID(),
    },
  }
  return pythonJson(pack, 2)
}

/** Everything that the chosen things consist of, by id. */
type Stock = {
  readonly categories: ReadonlyMap<number, AnyRow>
  readonly tests: ReadonlyMap<number, AnyRow>
  readonly lists: ReadonlyMap<number, AnyRow>
  readonly cycles: ReadonlyMap<number, AnyRow>
  readonly testsOf: ReadonlyMap<number, readonly PackedMember[]>
  readonly sublistsOf: ReadonlyMap<number, readonly PackedMember[]>
  readonly daysOf: ReadonlyMap<number, readonly PackedMember[]>
}

async function gather(ctx: Context, { testIds, listIds, cycleIds }: PackRequest): Promise<Stock> {
  const days = await findPackedDays(ctx.db, cycleIds)
  const parents = [...new Set([...listIds, ...days.map(({ memberId }) => memberId)])]
  const sublists = await findPackedSublists(ctx.db, parents)
  const allLists = [...new Set([...parents, ...sublists.map(({ memberId }) => memberId)])]
  const members = await findPackedTests(ctx.db, allLists)
  const allTests = [...new Set([...testIds, ...members.map(({ memberId }) => memberId)])]
  const [tests, lists, cycles] = await Promise.all([
    findRecords(ctx, test, allTests),
    findRecords(ctx, testList, allLists),
    findRecords(ctx, testListCycle, cycleIds),
  ])
  const categoryIds = [...new Set(tests.map((row) => Number(row.category)))]
  const byId = (rows: readonly AnyRow[]) => new Map(rows.map((row) => [row.id, row]))
  const byList = (rows: readonly PackedMember[]) => Map.groupBy(rows, ({ listId }) => listId)
  return {
    categories: byId(await findRecords(ctx, category, categoryIds)),
    tests: byId(tests),
    lists: byId(lists),
    cycles: byId(cycles),
    testsOf: byList(members),
    sublistsOf: byList(sublists),
    daysOf: byList(days),
  }
}

function getOf(rows: ReadonlyMap<number, AnyRow>, what: string, id: number): AnyRow {
  const row = rows.get(id)
  if (!row) throw new RefusedError({ kind: 'not-found', what, id })
  return row
}

function testObject(stock: Stock, id: number): PythonValue {
  const row = getOf(stock.tests, 'test', id)
  const object = packedTest(stock, row)
  return { key: [text(row.name)], object, dependencies: [packedCategory(stock, Number(row.category))] }
}

function listObject(stock: Stock, id: number): PythonValue {
  const row = getOf(stock.lists, 'test list', id)
  return { key: [text(row.slug)], object: packedList(row), dependencies: dependenciesOf(stock, [id]) }
}

function cycleObject(stock: Stock, id: number): PythonValue {
  const row = getOf(stock.cycles, 'test list cycle', id)
  const days = stock.daysOf.get(id) ?? []
  const listIds = [...new Set(days.map(({ memberId }) => memberId))]
  const lists = listIds.map((listId) => packedList(getOf(stock.lists, 'test list', listId)))
  const memberships = days.map(({ memberId, order }) => ({
    model: 'qa.testlistcyclemembership',
    fields: {
      test_list: [slugOf(stock, memberId)],
      cycle: [text(row.slug)],
      order,
    },
  }))
  const { name, slug, description, javascript } = collection(row)
  return {
    key: [slug],
    object: {
      model: 'qa.testlistcycle',
      fields: {
        ...{ name, slug, description, javascript },
        drop_down_label: text(row.dropDownLabel),
        day_option_text: text(row.dayOptionText),
      },
    },
    dependencies: [...dependenciesOf(stock, listIds), ...lists, ...memberships],
  }
}

/** Categories, tests, memberships, sublists and what ties them, of some lists; each once. */
function dependenciesOf(stock: Stock, listIds: readonly number[]): readonly PythonValue[] {
  const sublists = listIds.flatMap((id) => stock.sublistsOf.get(id) ?? [])
  const childIds = [...new Set(sublists.map(({ memberId }) => memberId))]
  const all = [...new Set([...listIds, ...childIds])]
  const members = all.flatMap((id) => stock.testsOf.get(id) ?? [])
  const tests = [...new Set(members.map(({ memberId }) => memberId))].map((id) =>
    getOf(stock.tests, 'test', id),
  )
  const categoryIds = [...new Set(tests.map((row) => Number(row.category)))]
  return [
    ...categoryIds.map((id) => packedCategory(stock, id)),
    ...tests.map((row) => packedTest(stock, row)),
    ...members.map(({ listId, memberId, order }) => ({
      model: 'qa.testlistmembership',
      fields: {
        test_list: [slugOf(stock, listId)],
        test: [text(stock.tests.get(memberId)?.name)],
        order,
      },
    })),
    ...childIds.map((id) => packedList(getOf(stock.lists, 'test list', id))),
    ...sublists.map(({ listId, memberId, outline, order }) => ({
      model: 'qa.sublist',
      fields: { parent: [slugOf(stock, listId)], child: [slugOf(stock, memberId)], outline, order },
    })),
  ]
}

function slugOf({ lists }: Stock, id: number): string {
  return text(lists.get(id)?.slug)
}

function packedCategory({ categories }: Stock, id: number): PythonValue {
  const row = getOf(categories, 'category', id)
  const fields = { name: text(row.name), slug: text(row.slug), description: text(row.description) }
  return { model: 'qa.category', fields }
}

function packedTest({ categories }: Stock, row: AnyRow): PythonValue {
  return {
    model: 'qa.test',
    fields: {
      name: text(row.name),
      display_name: text(row.displayName),
      slug: text(row.slug),
      description: optional(row.description),
      procedure: optional(row.procedure),
      category: [text(categories.get(Number(row.category))?.name)],
      chart_visibility: row.chartVisibility === true,
      type: text(row.type),
      flag_when: typeof row.flagWhen === 'boolean' ? row.flagWhen : null,
      hidden: row.hidden === true,
      skip_without_comment: row.skipWithoutComment === true,
      require_comment: row.requireComment === true,
      display_image: row.displayImage === true,
      choices: optional(row.choices),
      constant_value: float(row.constantValue),
      wrap_low: float(row.wrapLow),
      wrap_high: float(row.wrapHigh),
      calculation_procedure: optional(row.calculationProcedure),
      formatting: text(row.formatting),
    },
  }
}

function packedList(row: AnyRow): PythonValue {
  return { model: 'qa.testlist', fields: { ...collection(row), warning_message: text(row.warningMessage) } }
}

function collection(row: AnyRow) {
  return {
    name: text(row.name),
    slug: text(row.slug),
    description: optional(row.description),
    javascript: optional(row.javascript),
  }
}

function text(value: AnyRow[string]): string {
  return typeof value === 'string' ? value : ''
}

function optional(value: AnyRow[string]): string | null {
  return typeof value === 'string' ? value : null
}

function float(value: AnyRow[string]): PythonValue {
  return typeof value === 'number' ? { float: value } : null
}

/** `Name (mail)`, as much of it as is known. */
async function contactOf(ctx: Context): Promise<string> {
  if (ctx.actor.kind !== 'user') return ''
  const [row] = await findRecords(ctx, userRecord, [ctx.actor.id])
  const name = `${text(row?.firstName)} ${text(row?.lastName)}`.trim()
  const mail = text(row?.email)
  if (name !== '' && mail !== '') return `${name} (${mail})`
  return name || mail || ctx.actor.username
}
