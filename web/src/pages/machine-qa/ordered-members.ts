/** A test or a list inside an ordered list. `key` tells repeats of the same list apart. */
export interface Member {
  readonly key: string
  readonly kind: 'test' | 'sublist'
  readonly id: number
  readonly label: string
  readonly outline: boolean
}

/** Moves a member by one or more places; it stops at the ends. */
export function moveMember(members: readonly Member[], from: number, by: number): readonly Member[] {
  const member = members[from]
  if (member === undefined) return members
  const to = Math.min(members.length - 1, Math.max(0, from + by))
  const others = members.filter((_, place) => place !== from)
  return [...others.slice(0, to), member, ...others.slice(to)]
}

/** The order as the server takes it: own tests, and sublists with how many of these come before each. */
export function arrangementOf(members: readonly Member[]): {
  readonly tests: readonly number[]
  readonly sublists: readonly { readonly id: number; readonly outline: boolean; readonly after: number }[]
} {
  const tests: number[] = []
  const sublists: { id: number; outline: boolean; after: number }[] = []
  for (const { kind, id, outline } of members) {
    if (kind === 'test') tests.push(id)
    else sublists.push({ id, outline, after: tests.length })
  }
  return { tests, sublists }
}
