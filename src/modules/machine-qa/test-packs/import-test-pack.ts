import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import type { RecordType } from '../../../core/record.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { sanitizeHtml } from '../../../platform/html/sanitize-html.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { createRecord } from '../../records/save-record.ts'
import { type PackTest, parseTestPack, type TestPack } from '../domain/test-pack.ts'
import { type PackChoices, type PlannedItem, planImport } from '../domain/test-pack-plan.ts'
import { category } from '../records/category.ts'
import { test } from '../records/test.ts'
import { testList } from '../records/test-list.ts'
import { testListCycle } from '../records/test-list-cycle.ts'
import { saveArrangement } from '../store/list-arrangement.ts'
import { findExistingNames, saveJavascript } from '../store/test-packs.ts'

/** What an import will do, or did. */
export type PackImport = {
  readonly pack: Pick<TestPack, 'name' | 'description' | 'contact' | 'version' | 'chosen'>
  readonly items: readonly ImportedItem[]
}

export type ImportedItem = PlannedItem & {
  /** ids of what was made; null in a preview */
  readonly id: number | null
  /** parts of its instructions that are not shown here: `<script>`, `onclick on <p>` */
  readonly removed: readonly string[]
}

const LARGEST = 32 * 2 ** 20

/** Reads the file of a pack and says what importing it would make or use. Nothing is stored. */
export async function previewTestPack(ctx: Context, file: string, choices: PackChoices): Promise<PackImport> {
  const pack = readPack(ctx, file)
  const plan = planImport(pack, await findExistingNames(ctx.db), choices)
  const removed = removedParts(pack)
  return {
    pack,
    items: plan.map((item) => ({
      ...item,
      id: null,
      removed: removed.get(`${item.kind}:${item.key}`) ?? [],
    })),
  }
}

/**
 * Brings what a pack holds, all or nothing: what is named as something that is there gets another name, or what is
 * there is used. Instructions are reduced to what is shown here; scripts are kept and never run.
 *
 * @throws RefusedError `invalid-input` naming what cannot be brought and why
 */
export function importTestPack(ctx: Context, file: string, choices: PackChoices): Promise<PackImport> {
  const pack = readPack(ctx, file)
  return inTransaction(ctx, async (tx) => {
    const plan = planImport(pack, await findExistingNames(tx.db), choices)
    if (plan.length === 0) throw invalidInput('chosen', 'Choose at least one test, list or cycle.')
    const ids: Ids = { category: new Map(), test: new Map(), list: new Map(), cycle: new Map() }
    const removed = removedParts(pack)
    const items: ImportedItem[] = []
    for (const item of plan) {
      const id = item.existingId ?? (await create(tx, pack, item, ids))
      ids[item.kind].set(item.key, id)
      items.push({ ...item, id, removed: removed.get(`${item.kind}:${item.key}`) ?? [] })
    }
    await recordAudit(tx, {
      action: 'machine-qa.test-pack.import',
      record: 'machine-qa.test-pack',
      recordId: pack.name || 'pack',
      after: {
        ...pack.chosen,
        items: items.map(({ kind, id, newName, action }) => ({ kind, id, newName, action })),
      },
    })
    return { pack, items }
  })
}

type Ids = Readonly<Record<PlannedItem['kind'], Map<string, number>>>

function readPack(ctx: Context, file: string): TestPack {
  requirePermission(ctx, test.permissions.add)
  requirePermission(ctx, testList.permissions.add)
  if (file.length > LARGEST) throw invalidInput('file', 'This file is too large for a test pack.')
  return parseTestPack(file)
}

async function create(tx: Context, pack: TestPack, item: PlannedItem, ids: Ids): Promise<number> {
  switch (item.kind) {
    case 'category': {
      const found = pack.categories.find(({ name }) => name === item.key)
      const { newName: name, newSlug: slug } = item
      return make(tx, category, item, { name, slug, description: found?.description ?? '' })
    }
    case 'test':
      return make(
        tx,
        test,
        item,
        testValues(requireFound(pack.tests.find(({ name }) => name === item.key)), item, ids),
      )
    case 'list':
      return createList(tx, requireFound(pack.lists.find(({ slug }) => slug === item.key)), item, ids)
    case 'cycle':
      return createCycle(tx, requireFound(pack.cycles.find(({ slug }) => slug === item.key)), item, ids)
  }
}

function requireFound<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the plan names something that the pack does not hold')
  return found
}

function idIn(ids: ReadonlyMap<string, number>, key: string): number {
  return requireFound(ids.get(key))
}

function testValues(given: PackTest, { newName }: PlannedItem, ids: Ids): Readonly<Record<string, unknown>> {
  const {
    macro,
    category: categoryName,
    description,
    choices,
    procedure,
    calculationProcedure,
    ...rest
  } = given
  return {
    ...rest,
    name: newName,
    slug: macro,
    category: idIn(ids.category, categoryName),
    description: clean(description),
    procedure: procedure || null,
    choices: choices || null,
    calculationProcedure: calculationProcedure || null,
  }
}

async function createList(
  tx: Context,
  list: TestPack['lists'][number],
  item: PlannedItem,
  ids: Ids,
): Promise<number> {
  const tests = list.tests.map(({ name, order }) => ({ testId: idIn(ids.test, name), place: order }))
  const sublists = list.sublists.map(({ slug, order, outline }) => ({
    listId: idIn(ids.list, slug),
    place: order,
    outline,
  }))
  const id = await make(tx, testList, item, {
    name: item.newName,
    slug: item.newSlug,
    description: clean(list.description),
    warningMessage: list.warningMessage,
    tests: tests.map(({ testId }) => testId),
    sublists: sublists.map(({ listId }) => listId),
  })
  await saveArrangement(tx.db, id, tests, sublists)
  if (list.javascript !== '') await saveJavascript(tx.db, 'list', id, list.javascript)
  return id
}

async function createCycle(
  tx: Context,
  cycle: TestPack['cycles'][number],
  item: PlannedItem,
  ids: Ids,
): Promise<number> {
  const { dropDownLabel, dayOptionText } = cycle
  const id = await make(tx, testListCycle, item, {
    name: item.newName,
    slug: item.newSlug,
    description: clean(cycle.description),
    ...{ dropDownLabel, dayOptionText },
    testLists: cycle.lists.map((slug) => idIn(ids.list, slug)),
  })
  if (cycle.javascript !== '') await saveJavascript(tx.db, 'cycle', id, cycle.javascript)
  return id
}

/** Makes a row by the generic verb; its problems name what the pack calls it. */
async function make(
  tx: Context,
  record: RecordType,
  { name }: PlannedItem,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  try {
    return (await createRecord(tx, record, values)).id
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    const problems = error.refusal.problems.map(({ field, problem }) => ({
      field: `${name}.${field}`,
      problem: `${record.label.one} ${name}: ${problem}`,
    }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}

function clean(description: string): string | null {
  return description === '' ? null : sanitizeHtml(description, 'procedure').html
}

/** What instructions lose, by `test:<name>`, `list:<slug>`, `cycle:<slug>`. */
function removedParts({ tests, lists, cycles }: TestPack): ReadonlyMap<string, readonly string[]> {
  const described = [
    ...tests.map(({ name, description }) => [`test:${name}`, description] as const),
    ...lists.map(({ slug, description }) => [`list:${slug}`, description] as const),
    ...cycles.map(({ slug, description }) => [`cycle:${slug}`, description] as const),
  ]
  return new Map(
    described
      .filter(([, description]) => description.includes('<'))
      .map(([key, description]) => [key, sanitizeHtml(description, 'procedure').removed]),
  )
}
