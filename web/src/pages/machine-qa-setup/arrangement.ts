import type { WireArrangement } from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'

export interface MemberTest {
  readonly kind: 'test'
  readonly id: number
  readonly name: string
  /** The variable of the test in calculations. */
  readonly macro: string
}

export interface SublistMember {
  readonly kind: 'sublist'
  readonly id: number
  readonly name: string
  /** Whether a frame is drawn around its tests. */
  readonly outline: boolean
  readonly tests: readonly MemberTest[]
  readonly hasSublists: boolean
}

/** A test or a sublist at its place among all members of a list. */
export type ListMember = MemberTest | SublistMember

export function memberKey({ kind, id }: ListMember): string {
  return `${kind}-${id}`
}

/** What the server stores: own tests in order, and before how many of them each sublist stands. */
export function toArrangement(members: readonly ListMember[]): Pick<WireArrangement, 'tests' | 'sublists'> {
  const tests: number[] = []
  const sublists: { id: number; outline: boolean; after: number }[] = []
  for (const member of members) {
    if (member.kind === 'test') tests.push(member.id)
    else sublists.push({ id: member.id, outline: member.outline, after: tests.length })
  }
  return { tests, sublists }
}

export interface PerformedTest {
  readonly test: MemberTest
  readonly sublist: SublistMember | null
  /** Whether another test of the list has the same macro name. */
  readonly isRepeated: boolean
}

/** All tests in the order in which they are performed. */
export function flatten(members: readonly ListMember[]): readonly PerformedTest[] {
  const tests = members.flatMap((member): Omit<PerformedTest, 'isRepeated'>[] =>
    member.kind === 'test'
      ? [{ test: member, sublist: null }]
      : member.tests.map((test) => ({ test, sublist: member })),
  )
  const counts = Map.groupBy(tests, ({ test }) => test.macro)
  return tests.map((each) => ({ ...each, isRepeated: (counts.get(each.test.macro)?.length ?? 0) > 1 }))
}

/** What the server would refuse, as far as it is known here. */
export function problemsOf(listId: number, members: readonly ListMember[]): readonly string[] {
  const repeated = new Set(
    flatten(members)
      .filter(({ isRepeated }) => isRepeated)
      .map(({ test }) => test.macro),
  )
  const nested = members
    .filter((member) => member.kind === 'sublist')
    .filter(({ hasSublists }) => hasSublists)
  return [
    ...[...repeated].map((macro) => `The macro name ${macro} stands in the list more than once.`),
    ...nested.map(({ name }) => `${name} has sublists of its own; lists nest one level deep only.`),
    ...(members.some(({ kind, id }) => kind === 'sublist' && id === listId)
      ? ['A list cannot be its own sublist.']
      : []),
  ]
}

/** The list with one member moved; as it was where there is no such place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return items
  const rest = items.toSpliced(from, 1)
  return rest.toSpliced(to, 0, item)
}
