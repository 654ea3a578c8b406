import type { FieldProblem } from '../../../core/refusal.ts'
import { repeatedMacroNames } from './macro-name.ts'

/** Most tests of a list with its sublists, unless a site sets another number. */
export const MOST_TESTS = 250

/** A member of a list at its place. */
export type Placed<Member> = { readonly order: number; readonly member: Member }

/** A list as another one contains it. */
export type Sublist<Test> = {
  readonly id: number
  readonly outline: boolean
  readonly tests: readonly Placed<Test>[]
}

export type ListMembers<Test> = {
  readonly tests: readonly Placed<Test>[]
  readonly sublists: readonly Placed<Sublist<Test>>[]
}

/** A test in the order of performing, and the sublist it comes from. */
export type OrderedTest<Test> = {
  readonly test: Test
  readonly sublist: Pick<Sublist<Test>, 'id' | 'outline'> | null
}

/**
 * Own tests and those of the sublists in the order of performing: a sublist's tests stand together where the sublist
 * stands, in their own order. Where an own test and a sublist have the same place n, the first n tests of the sublist
 * come before it.
 */
export function orderedTests<Test>({ tests, sublists }: ListMembers<Test>): readonly OrderedTest<Test>[] {
  const own = byOrder(tests).map(({ order, member }) => ({
    order,
    within: order,
    test: member,
    sublist: null,
  }))
  const nested = byOrder(sublists).flatMap(({ order, member: { id, outline, tests: members } }) =>
    byOrder(members).map(({ member }, within) => ({ order, within, test: member, sublist: { id, outline } })),
  )
  return [...own, ...nested]
    .toSorted((a, b) => a.order - b.order || a.within - b.within)
    .map(({ test, sublist }) => ({ test, sublist }))
}

/** What the rules of lists look at. */
export type CheckedList = {
  readonly id: number | null
  /** Macro names of the list's own tests. */
  readonly macros: readonly string[]
  readonly sublists: readonly {
    readonly id: number
    readonly name: string
    readonly macros: readonly string[]
    readonly hasSublists: boolean
  }[]
  /** Names of the lists this one is a sublist of. */
  readonly parents: readonly string[]
}

/** Everything that is wrong with the members of a list. */
export function listProblems(list: CheckedList, mostTests: number = MOST_TESTS): readonly FieldProblem[] {
  const macros = [...list.macros, ...list.sublists.flatMap((sublist) => sublist.macros)]
  const repeated = repeatedMacroNames(macros)
  const problems: FieldProblem[] = nestingProblems(list)
  if (repeated.length > 0) {
    problems.push({ field: 'tests', problem: `Macro names must be unique in a list: ${repeated.join(', ')}` })
  }
  if (macros.length > mostTests) {
    problems.push({
      field: 'tests',
      problem: `A list has at most ${mostTests} tests, this one has ${macros.length}`,
    })
  }
  return problems
}

function nestingProblems({ id, sublists, parents }: CheckedList): FieldProblem[] {
  const field = 'sublists'
  const tooDeep = 'Test Lists can not be nested more than 1 level.'
  const problems: FieldProblem[] = []
  if (sublists.some((sublist) => sublist.id === id)) {
    problems.push({ field, problem: 'A list can not be its own sublist' })
  }
  for (const { id: sublistId, name } of sublists.filter(({ hasSublists }) => hasSublists)) {
    if (sublistId !== id) problems.push({ field, problem: `${tooDeep} ${name} has sublists of its own` })
  }
  if (sublists.length > 0 && parents.length > 0) {
    problems.push({ field, problem: `${tooDeep} This list is a sublist of ${parents.join(', ')}` })
  }
  if (new Set(sublists.map((sublist) => sublist.id)).size < sublists.length) {
    problems.push({ field, problem: 'A list can contain another one only once' })
  }
  return problems
}

function byOrder<Member>(members: readonly Placed<Member>[]): readonly Placed<Member>[] {
  return members.toSorted((a, b) => a.order - b.order)
}
