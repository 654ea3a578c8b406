import type { Context } from '../../../context.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import { listProblems } from '../domain/test-list.ts'
import { findListContents, findMacros, findParents, type ListContents } from '../store/list-contents.ts'

/** Members that a list is to have; without an id it is a new one. */
export type WantedMembers = {
  readonly id: number | null
  readonly testIds: readonly number[]
  readonly sublistIds: readonly number[]
}

/**
 * Requires that a list may have these members: sublists one level deep, macro names unique in it and in every list
 * that contains it, no more tests than the site allows.
 *
 * @throws RefusedError `invalid-input`
 */
export async function requireMembers(tx: Context, wanted: WantedMembers, mostTests: number): Promise<void> {
  const macros = await findMacros(tx.db, wanted.testIds)
  const parentIds = wanted.id === null ? [] : await findParents(tx.db, wanted.id)
  const involved = await findInvolved(tx, wanted.sublistIds, parentIds)
  const parents = parentIds.flatMap((id) => involved.get(id) ?? [])
  const problems = [
    ...listProblems(
      {
        id: wanted.id,
        macros,
        sublists: wanted.sublistIds.flatMap((id) => involved.get(id) ?? []).map(asSublist),
        parents: parents.map(({ name }) => name),
      },
      mostTests,
    ),
    ...parents.flatMap((parent) => problemsOfParent(parent, { id: wanted.id, macros }, involved, mostTests)),
  ]
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
}

/** The lists that a list consists of or belongs to, and those that stand beside it there. */
async function findInvolved(
  tx: Context,
  sublistIds: readonly number[],
  parentIds: readonly number[],
): Promise<ReadonlyMap<number, ListContents>> {
  const near = await findListContents(tx.db, [...new Set([...sublistIds, ...parentIds])])
  const known = new Map(near.map((list) => [list.id, list]))
  const siblings = parentIds.flatMap((id) => known.get(id)?.sublistIds ?? []).filter((id) => !known.has(id))
  for (const list of await findListContents(tx.db, [...new Set(siblings)])) known.set(list.id, list)
  return known
}

function asSublist({ id, name, macros, sublistIds }: ListContents) {
  return { id, name, macros, hasSublists: sublistIds.length > 0 }
}

/** What would be wrong with a list that contains the changed one. Its nesting is the changed list's own matter. */
function problemsOfParent(
  parent: ListContents,
  changed: { readonly id: number | null; readonly macros: readonly string[] },
  involved: ReadonlyMap<number, ListContents>,
  mostTests: number,
): FieldProblem[] {
  const sublists = parent.sublistIds.flatMap((id) => {
    const list = involved.get(id)
    if (!list) return []
    return [
      { ...asSublist(list), hasSublists: false, macros: id === changed.id ? changed.macros : list.macros },
    ]
  })
  const problems = listProblems({ id: parent.id, macros: parent.macros, sublists, parents: [] }, mostTests)
  return problems.map(({ field, problem }) => ({ field, problem: `In ${parent.name}: ${problem}` }))
}
