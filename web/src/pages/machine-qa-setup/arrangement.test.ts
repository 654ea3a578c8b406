import { describe, expect, it } from 'vitest'
import {
  flatten,
  type MemberTest,
  moved,
  problemsOf,
  type SublistMember,
  toArrangement,
} from './arrangement.ts'

const test = (id: number, macro: string): MemberTest => ({ kind: 'test', id, name: `Test ${id}`, macro })
const sublist = (id: number, tests: readonly MemberTest[], hasSublists = false): SublistMember => ({
  ...{ kind: 'sublist', id, name: `List ${id}`, outline: id % 2 === 0, tests, hasSublists },
})

const [a, b, c, d] = [test(1, 'a'), test(2, 'b'), test(3, 'c'), test(4, 'd')]
const inner = sublist(10, [c, d])

describe('toArrangement', () => {
  it('says before how many own tests a sublist stands', () => {
    expect(toArrangement([sublist(11, []), a, inner, b])).toEqual({
      tests: [1, 2],
      sublists: [
        { id: 11, outline: false, after: 0 },
        { id: 10, outline: true, after: 1 },
      ],
    })
  })
})

describe('flatten', () => {
  it('puts the tests of a sublist where the sublist stands', () => {
    const names = flatten([a, inner, b]).map(({ test: { macro }, sublist: within }) => [macro, within?.id])
    expect(names).toEqual([
      ['a', undefined],
      ['c', 10],
      ['d', 10],
      ['b', undefined],
    ])
  })

  it('marks macro names that occur twice', () => {
    const marks = flatten([a, test(9, 'c'), inner]).map(({ isRepeated }) => isRepeated)
    expect(marks).toEqual([false, true, true, false])
  })
})

describe('problemsOf', () => {
  it.each([
    [[a, inner, b], []],
    [[test(9, 'c'), inner], ['The macro name c stands in the list more than once.']],
    [[sublist(12, [], true)], ['List 12 has sublists of its own; lists nest one level deep only.']],
    [[sublist(5, [])], ['A list cannot be its own sublist.']],
  ])('finds in case %# what the server would refuse', (members, problems) => {
    expect(problemsOf(5, members)).toEqual(problems)
  })
})

describe('moved', () => {
  it.each([
    [0, 1, ['y', 'x', 'z']],
    [2, 0, ['z', 'x', 'y']],
    [0, -1, ['x', 'y', 'z']],
    [2, 3, ['x', 'y', 'z']],
    [7, 0, ['x', 'y', 'z']],
  ])('takes the member at %i to %i', (from, to, expected) => {
    expect(moved(['x', 'y', 'z'], from, to)).toEqual(expected)
  })
})
