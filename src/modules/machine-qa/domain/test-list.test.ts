import { describe, expect, it } from 'vitest'
import { listProblems, orderedTests, type Placed } from './test-list.ts'

function placed(...members: readonly (readonly [number, string])[]): Placed<string>[] {
  return members.map(([order, member]) => ({ order, member }))
}

describe('orderedTests', () => {
  it('puts the tests of a sublist together where the sublist stands', () => {
    const sublists = [{ order: 1, member: { id: 9, outline: true, tests: placed([5, 's2'], [0, 's1']) } }]
    const ordered = orderedTests({ tests: placed([2, 'b'], [0, 'a']), sublists })
    expect(ordered.map(({ test, sublist }) => [test, sublist?.id ?? null])).toEqual([
      ['a', null],
      ['s1', 9],
      ['s2', 9],
      ['b', null],
    ])
    expect(ordered[1]?.sublist).toEqual({ id: 9, outline: true })
  })

  it('is stable where places repeat', () => {
    const sublists = [{ order: 0, member: { id: 9, outline: false, tests: placed([0, 's1'], [1, 's2']) } }]
    expect(orderedTests({ tests: placed([0, 'a'], [0, 'b']), sublists }).map(({ test }) => test)).toEqual([
      'a',
      'b',
      's1',
      's2',
    ])
  })

  it('of nothing is nothing', () => {
    expect(orderedTests({ tests: [], sublists: [] })).toEqual([])
  })
})

describe('listProblems', () => {
  const list = { id: 1, macros: ['a', 'b'], sublists: [], parents: [] }
  const sublist = { id: 2, name: 'Inner', macros: ['c'], hasSublists: false }

  it('accepts one level of lists with different macro names', () => {
    expect(listProblems({ ...list, sublists: [sublist] })).toEqual([])
  })

  it.each([
    [
      'a repeated macro name',
      { sublists: [{ ...sublist, macros: ['a'] }] },
      'Macro names must be unique in a list: a',
    ],
    ['itself', { sublists: [{ ...sublist, id: 1 }] }, 'A list can not be its own sublist'],
    [
      'nested sublists',
      { sublists: [{ ...sublist, hasSublists: true }] },
      'Test Lists can not be nested more than 1 level. Inner has sublists of its own',
    ],
    [
      'a parent',
      { sublists: [sublist], parents: ['Outer'] },
      'Test Lists can not be nested more than 1 level. This list is a sublist of Outer',
    ],
    [
      'a list twice',
      { sublists: [sublist, { ...sublist, macros: [] }] },
      'A list can contain another one only once',
    ],
    [
      'too many tests',
      { macros: Array.from({ length: 251 }, (_, index) => `m${index}`) },
      'A list has at most 250 tests, this one has 251',
    ],
  ] as const)('refuses %s', (_, changes, problem) => {
    expect(listProblems({ ...list, ...changes }).map((each) => each.problem)).toEqual([problem])
  })
})
