import type { TestPack } from './test-pack.ts'

/** Names that are taken, with the ids of those that have them. */
export type ExistingNames = {
  readonly categories: ReadonlyMap<string, number>
  readonly tests: ReadonlyMap<string, number>
  /** by slug */
  readonly lists: ReadonlyMap<string, number>
  readonly listNames: ReadonlySet<string>
  readonly cycles: ReadonlyMap<string, number>
  readonly cycleNames: ReadonlySet<string>
}

/** What to do with something whose name is taken: bring it under another name, or use what is there. */
export type ConflictChoice = 'rename' | 'use-existing'

export type PackChoices = {
  /** what to bring, by name or slug; everything the pack was made to bring unless given */
  readonly chosen?: Partial<TestPack['chosen']>
  /** by `test:<name>`, `list:<slug>`, `cycle:<slug>`; `rename` unless given */
  readonly conflicts: Readonly<Record<string, ConflictChoice>>
}

export type PlannedItem = {
  readonly kind: 'category' | 'test' | 'list' | 'cycle'
  /** its name in the pack, or its slug */
  readonly key: string
  readonly name: string
  readonly action: 'create' | 'rename' | 'match'
  /** what it will be called, and its slug */
  readonly newName: string
  readonly newSlug: string
  /** of what is there, where that is used */
  readonly existingId: number | null
}

/** What an import will make, in an order in which everything is there before it is needed. */
export function planImport(
  pack: TestPack,
  existing: ExistingNames,
  { chosen = {}, conflicts }: PackChoices,
): readonly PlannedItem[] {
  const needed = neededBy(pack, { ...pack.chosen, ...chosen })
  const tests = pack.tests.filter(({ name }) => needed.tests.has(name))
  const lists = pack.lists.filter(({ slug }) => needed.lists.has(slug))
  const cycles = pack.cycles.filter(({ slug }) => needed.cycles.has(slug))
  const categories = new Set(tests.map(({ category }) => category))
  const given = [pack.tests.map(({ name }) => name), lists.map(({ slug }) => slug)]
  const testNames = new Set([...existing.tests.keys(), ...(given[0] ?? [])])
  const isSublist = new Set(lists.flatMap((list) => list.sublists.map(({ slug }) => slug)))
  return [
    ...pack.categories
      .filter(({ name }) => categories.has(name))
      .map((each): PlannedItem => {
        const id = existing.categories.get(each.name) ?? null
        const action = id === null ? 'create' : 'match'
        const { name, slug } = each
        return { kind: 'category', key: name, name, action, newName: name, newSlug: slug, existingId: id }
      }),
    ...tests.map((each): PlannedItem => {
      const { name, macro } = each
      const id = existing.tests.get(name)
      const common = { kind: 'test', key: name, name, newSlug: macro } as const
      if (id === undefined) return { ...common, action: 'create', newName: name, existingId: null }
      if (conflicts[`test:${name}`] === 'use-existing')
        return { ...common, action: 'match', newName: name, existingId: id }
      const newName = withSuffix((suffix) => (testNames.has(name + suffix) ? undefined : name + suffix), name)
      testNames.add(newName)
      return { ...common, action: 'rename', newName, existingId: null }
    }),
    ...lists
      // sublists are there before the lists that hold them
      .toSorted((one, other) => Number(isSublist.has(other.slug)) - Number(isSublist.has(one.slug)))
      .map((each) => plannedCollection('list', each, existing.lists, existing.listNames, conflicts)),
    ...cycles.map((each) =>
      plannedCollection('cycle', each, existing.cycles, existing.cycleNames, conflicts),
    ),
  ]
}

function plannedCollection(
  kind: 'list' | 'cycle',
  { name, slug }: { readonly name: string; readonly slug: string },
  slugs: ReadonlyMap<string, number>,
  names: ReadonlySet<string>,
  conflicts: PackChoices['conflicts'],
): PlannedItem {
  const common = { kind, key: slug, name }
  const id = slugs.get(slug)
  if (id !== undefined && conflicts[`${kind}:${slug}`] === 'use-existing')
    return { ...common, action: 'match', newName: name, newSlug: slug, existingId: id }
  if (id === undefined && !names.has(name))
    return { ...common, action: 'create', newName: name, newSlug: slug, existingId: null }
  const suffix = withSuffix(
    (each) => (slugs.has(slug + each) || names.has(name + each) ? undefined : each),
    '',
  )
  return { ...common, action: 'rename', newName: name + suffix, newSlug: slug + suffix, existingId: null }
}

const MOST_SUFFIXES = 10_000

/** Tries `-1`, `-2`, … until something comes of it. */
function withSuffix(attempt: (suffix: string) => string | undefined, fallback: string): string {
  for (let number = 1; number <= MOST_SUFFIXES; number += 1) {
    const found = attempt(`-${number}`)
    if (found !== undefined) return found
  }
  return `${fallback}-${MOST_SUFFIXES + 1}`
}

/** Everything that the chosen things consist of. */
function neededBy(
  pack: TestPack,
  chosen: TestPack['chosen'],
): {
  readonly tests: ReadonlySet<string>
  readonly lists: ReadonlySet<string>
  readonly cycles: ReadonlySet<string>
} {
  const cycles = new Set(chosen.cycles)
  const lists = new Set([
    ...chosen.lists,
    ...pack.cycles.filter(({ slug }) => cycles.has(slug)).flatMap((cycle) => cycle.lists),
  ])
  for (const list of pack.lists) {
    if (lists.has(list.slug)) for (const { slug } of list.sublists) lists.add(slug)
  }
  const tests = new Set([
    ...chosen.tests,
    ...pack.lists.filter(({ slug }) => lists.has(slug)).flatMap((list) => list.tests.map(({ name }) => name)),
  ])
  return { tests, lists, cycles }
}
