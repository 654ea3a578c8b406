import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'

/** A test as a pack describes it; what a newer system adds besides is not read. */
export type PackTest = {
  readonly name: string
  readonly displayName: string
  readonly macro: string
  readonly description: string
  readonly procedure: string
  readonly category: string
  readonly chartVisibility: boolean
  readonly type: string
  readonly flagWhen: boolean | null
  readonly hidden: boolean
  readonly skipWithoutComment: boolean
  readonly requireComment: boolean
  readonly displayImage: boolean
  readonly choices: string
  readonly constantValue: number | null
  readonly wrapLow: number | null
  readonly wrapHigh: number | null
  readonly calculationProcedure: string
  readonly formatting: string
}

export type PackCategory = { readonly name: string; readonly slug: string; readonly description: string }

export type PackList = {
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly javascript: string
  readonly warningMessage: string
  /** test names with their places */
  readonly tests: readonly { readonly name: string; readonly order: number }[]
  /** list slugs with their places */
  readonly sublists: readonly { readonly slug: string; readonly order: number; readonly outline: boolean }[]
}

export type PackCycle = {
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly javascript: string
  readonly dropDownLabel: string
  readonly dayOptionText: 'day' | 'tlname'
  /** list slugs in their order; the same may come again */
  readonly lists: readonly string[]
}

/** What a pack brings; everything once, whatever names it. */
export type TestPack = {
  readonly name: string
  readonly description: string
  readonly contact: string
  readonly version: string
  readonly categories: readonly PackCategory[]
  readonly tests: readonly PackTest[]
  readonly lists: readonly PackList[]
  readonly cycles: readonly PackCycle[]
  /** names, slugs, slugs of what the pack was made to bring; the rest is there because of them */
  readonly chosen: {
    readonly tests: readonly string[]
    readonly lists: readonly string[]
    readonly cycles: readonly string[]
  }
}

const MOST_OBJECTS = 10_000
const LONGEST = 2_000_000

/**
 * Reads the file of a test pack.
 *
 * @throws RefusedError `invalid-input` naming the place of what is no part of a pack, and what a pack lacks
 */
export function parseTestPack(text: string): TestPack {
  const file = objectOf(parseJson(text, 'file'), 'file')
  const objects = objectOf(file.objects, 'objects')
  const meta = objectOf(file.meta ?? {}, 'meta')
  const found = [
    ...readObjects(objects, 'tests', 'qa.test'),
    ...readObjects(objects, 'testlists', 'qa.testlist'),
    ...readObjects(objects, 'testlistcycles', 'qa.testlistcycle'),
  ]
  const rows = found.flatMap(({ object, dependencies }) => [object, ...dependencies])
  if (rows.length > MOST_OBJECTS) throw wrong('objects', `These are more than ${MOST_OBJECTS} objects.`)
  const keysOf = (model: string) =>
    found.filter(({ object }) => object.model === model).map(({ object }) => object.key)
  const chosen = {
    tests: keysOf('qa.test'),
    lists: keysOf('qa.testlist'),
    cycles: keysOf('qa.testlistcycle'),
  }
  return completed({ ...readRows(rows), ...readMeta(meta), chosen })
}

type PackedObject = { readonly object: KeyedRow; readonly dependencies: readonly KeyedRow[] }

function readObjects(objects: Fields, member: string, model: string): readonly PackedObject[] {
  return listOf(objects[member] ?? [], `objects.${member}`).map((item, index) => {
    const at = `objects.${member}.${index}`
    if (typeof item !== 'string') throw wrong(at, 'This must be JSON as text.')
    const given = objectOf(parseJson(item, at), at)
    const object = modelRow(given.object, `${at}.object`)
    if (object.model !== model) throw wrong(`${at}.object.model`, `This must be ${model}.`)
    const dependencies = listOf(given.dependencies ?? [], `${at}.dependencies`)
    return { object, dependencies: dependencies.map((each) => modelRow(each, `${at}.dependencies`)) }
  })
}

type Fields = Readonly<Record<string, unknown>>
type ModelRow = { readonly model: string; readonly fields: Fields }
type KeyedRow = ModelRow & { readonly key: string }

const KEYS: Readonly<Record<string, readonly string[]>> = {
  'qa.category': ['name'],
  'qa.test': ['name'],
  'qa.testlist': ['slug'],
  'qa.testlistcycle': ['slug'],
  'qa.testlistmembership': ['test_list', 'test'],
  'qa.sublist': ['parent', 'child'],
  // a list may come several times in a cycle
  'qa.testlistcyclemembership': ['cycle', 'test_list', 'order'],
}

function keyOf({ model, fields }: ModelRow, at: string): string {
  const names = KEYS[model]
  if (!names) throw wrong(at, `${model.slice(0, 50)} is no part of a test pack.`)
  return names
    .map((name) => (name === 'order' ? wholeOf(fields, name, at) : referenceOf(fields, name, at)))
    .join('\n')
}

function modelRow(given: unknown, at: string): KeyedRow {
  const { model, fields } = objectOf(given, at)
  if (typeof model !== 'string') throw wrong(`${at}.model`, 'This is required.')
  const row = { model, fields: objectOf(fields, `${at}.fields`) }
  return { ...row, key: keyOf(row, at) }
}

type Contents = Pick<TestPack, 'categories' | 'tests' | 'lists' | 'cycles'>

/** What several objects of a pack depend on stands in it several times; the first is read. */
function readRows(rows: readonly KeyedRow[]): Contents {
  const unique = new Map(rows.toReversed().map((row) => [`${row.model}\n${row.key}`, row]))
  const kept = rows.filter((row) => unique.get(`${row.model}\n${row.key}`) === row)
  const all = (model: string) => kept.filter((row) => row.model === model).map(({ fields }) => fields)
  const memberships = Map.groupBy(all('qa.testlistmembership'), (row) => referenceOf(row, 'test_list', ''))
  const sublists = Map.groupBy(all('qa.sublist'), (row) => referenceOf(row, 'parent', ''))
  const days = Map.groupBy(all('qa.testlistcyclemembership'), (row) => referenceOf(row, 'cycle', ''))
  return {
    categories: all('qa.category').map((row) => ({
      name: textOf(row, 'name', 'category', 255, 'required'),
      slug: textOf(row, 'slug', 'category', 255),
      description: textOf(row, 'description', 'category'),
    })),
    tests: all('qa.test').map(readTest),
    lists: all('qa.testlist').map((row) => {
      const slug = textOf(row, 'slug', 'test list', 255, 'required')
      return {
        ...readCollection(row, slug),
        warningMessage: textOf(row, 'warning_message', slug, 255),
        tests: byOrder(memberships.get(slug) ?? [], slug).map(({ row: member, order }) => ({
          name: referenceOf(member, 'test', slug),
          order,
        })),
        sublists: byOrder(sublists.get(slug) ?? [], slug).map(({ row: member, order }) => ({
          slug: referenceOf(member, 'child', slug),
          order,
          outline: flagOf(member, 'outline', slug) ?? false,
        })),
      }
    }),
    cycles: all('qa.testlistcycle').map((row) => {
      const slug = textOf(row, 'slug', 'cycle', 255, 'required')
      return {
        ...readCollection(row, slug),
        dropDownLabel: textOf(row, 'drop_down_label', slug, 128) || 'Choose Day',
        dayOptionText: row.day_option_text === 'tlname' ? ('tlname' as const) : ('day' as const),
        lists: byOrder(days.get(slug) ?? [], slug).map(({ row: member }) =>
          referenceOf(member, 'test_list', slug),
        ),
      }
    }),
  }
}

function readCollection(row: Fields, slug: string) {
  return {
    name: textOf(row, 'name', slug, 255, 'required'),
    slug,
    description: textOf(row, 'description', slug),
    javascript: textOf(row, 'javascript', slug),
  }
}

function byOrder(rows: readonly Fields[], at: string): readonly { row: Fields; order: number }[] {
  return rows
    .map((row) => ({ row, order: wholeOf(row, 'order', at) }))
    .toSorted((one, other) => one.order - other.order)
}

function readTest(row: Fields): PackTest {
  const name = textOf(row, 'name', 'test', 255, 'required')
  return {
    name,
    displayName: textOf(row, 'display_name', name, 255),
    macro: textOf(row, 'slug', name, 128, 'required'),
    description: textOf(row, 'description', name),
    procedure: textOf(row, 'procedure', name, 512),
    category: referenceOf(row, 'category', name),
    chartVisibility: flagOf(row, 'chart_visibility', name) ?? true,
    type: textOf(row, 'type', name, 20, 'required'),
    flagWhen: flagOf(row, 'flag_when', name),
    hidden: flagOf(row, 'hidden', name) ?? false,
    skipWithoutComment: flagOf(row, 'skip_without_comment', name) ?? false,
    requireComment: flagOf(row, 'require_comment', name) ?? false,
    displayImage: flagOf(row, 'display_image', name) ?? false,
    choices: textOf(row, 'choices', name, 2048),
    constantValue: numberOf(row, 'constant_value', name),
    wrapLow: numberOf(row, 'wrap_low', name),
    wrapHigh: numberOf(row, 'wrap_high', name),
    calculationProcedure: textOf(row, 'calculation_procedure', name),
    formatting: textOf(row, 'formatting', name, 10),
  }
}

function readMeta(meta: Fields): Pick<TestPack, 'name' | 'description' | 'contact' | 'version'> {
  const text = (name: string) => textOf(meta, name, 'meta', 10_000)
  return {
    name: text('name'),
    description: text('description'),
    contact: text('contact'),
    version: text('version'),
  }
}

/** @throws RefusedError for members that the pack names and does not bring */
function completed(pack: TestPack): TestPack {
  const tests = new Set(pack.tests.map(({ name }) => name))
  const lists = new Set(pack.lists.map(({ slug }) => slug))
  const categories = new Set(pack.categories.map(({ name }) => name))
  const problems: FieldProblem[] = [
    ...pack.tests.flatMap(({ name, category }) =>
      categories.has(category) ? [] : [{ field: name, problem: `The pack lacks its category ${category}.` }],
    ),
    ...pack.lists.flatMap((list) => [
      ...list.tests.flatMap(({ name }) =>
        tests.has(name) ? [] : [{ field: list.name, problem: `The pack lacks its test ${name}.` }],
      ),
      ...list.sublists.flatMap(({ slug }) =>
        lists.has(slug) ? [] : [{ field: list.name, problem: `The pack lacks its sublist ${slug}.` }],
      ),
    ]),
    ...pack.cycles.flatMap((cycle) =>
      cycle.lists.flatMap((slug) =>
        lists.has(slug) ? [] : [{ field: cycle.name, problem: `The pack lacks its list ${slug}.` }],
      ),
    ),
  ]
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems: problems.slice(0, 50) })
  return pack
}

function wrong(field: string, problem: string): RefusedError {
  return new RefusedError({ kind: 'invalid-input', problems: [{ field: field.slice(0, 300), problem }] })
}

function parseJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(at, 'This is not JSON.')
    throw error
  }
}

function objectOf(value: unknown, at: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw wrong(at, 'This must be an object.')
}

function listOf(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(at, 'This must be a list.')
}

function textOf(
  row: Fields,
  name: string,
  at: string,
  most = LONGEST,
  need: 'required' | 'optional' = 'optional',
) {
  const value = row[name] ?? ''
  if (typeof value !== 'string') throw wrong(`${at}.${name}`, 'This must be text.')
  if (need === 'required' && value.trim() === '') throw wrong(`${at}.${name}`, 'This is required.')
  if (value.length > most) throw wrong(`${at}.${name}`, `This may have ${most} characters at most.`)
  return value
}

function flagOf(row: Fields, name: string, at: string): boolean | null {
  const value = row[name] ?? null
  if (value === null || typeof value === 'boolean') return value
  throw wrong(`${at}.${name}`, 'This must be true or false.')
}

function numberOf(row: Fields, name: string, at: string): number | null {
  const value = row[name] ?? null
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value
  throw wrong(`${at}.${name}`, 'This must be a number.')
}

function wholeOf(row: Fields, name: string, at: string): number {
  const value = row[name]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw wrong(`${at}.${name}`, 'This must be a whole number.')
}

/** A natural key as it is written in a reference: `["name"]`; names of the row itself stand without brackets. */
function referenceOf(row: Fields, name: string, at: string): string {
  const value = row[name]
  const [only, ...more] = Array.isArray(value) ? value : [value]
  if (typeof only === 'string' && only !== '' && only.length <= 255 && more.length === 0) return only
  throw wrong(`${at}.${name}`, 'This must name one thing.')
}
