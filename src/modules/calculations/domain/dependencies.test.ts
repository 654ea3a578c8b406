import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderCalculations } from './dependencies.ts'

const order = (sources: Record<string, string>) => {
  const { order: ordered, cyclic } = orderCalculations(new Map(Object.entries(sources)))
  return { order: ordered, cyclic }
}

describe('order of calculations', () => {
  it.each([
    ['alphabetical without dependencies', { b: '1', c: '2', a: '3' }, ['a', 'b', 'c'], []],
    ['dependencies first', { a: 'b + 1', b: 'c + 1', c: '1' }, ['c', 'b', 'a'], []],
    ['ties alphabetical', { z: '1', a: 'm', m: '2', b: '1' }, ['b', 'm', 'a', 'z'], []],
    ['upper case before lower case', { b: '1', B: '1' }, ['B', 'b'], []],
    ['a mention of itself does not count', { a: 'a = b', b: 'b = 1' }, ['b', 'a'], []],
    ['members of a cycle', { a: 'b', b: 'a', c: '1' }, ['c'], ['a', 'b']],
    ['what depends on a cycle', { a: 'b', b: 'a', c: 'b', d: 'c', e: '1' }, ['e'], ['a', 'b', 'c', 'd']],
    ['what a cycle depends on is calculated', { a: 'b + e', b: 'a', e: '1' }, ['e'], ['a', 'b']],
    ['a mention in text or after a dot is none', { a: '"b" + x.b # b', b: 'a' }, ['a', 'b'], []],
    ['a mention in an f-string is one', { a: 'f"{b}"', b: '1' }, ['b', 'a'], []],
    ['nothing', {}, [], []],
  ] as const)('%s', (_, sources, expectedOrder, expectedCyclic) => {
    expect(order(sources)).toEqual({ order: expectedOrder, cyclic: expectedCyclic })
  })

  it('respects every dependency and accounts for every calculation', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const graph = fc.dictionary(fc.constantFrom(...names), fc.subarray(names))
    fc.assert(
      fc.property(graph, (mentions) => {
        const sources = Object.fromEntries(
          Object.entries(mentions).map(([name, used]) => [name, used.join(' + ')]),
        )
        const { order: ordered, cyclic } = order(sources)
        expect([...ordered, ...cyclic].sort()).toEqual(Object.keys(sources).sort())
        for (const [position, name] of ordered.entries()) {
          const needed = (mentions[name] ?? []).filter((used) => used !== name && used in sources)
          expect(needed.every((used) => ordered.indexOf(used) < position && ordered.includes(used))).toBe(
            true,
          )
        }
        for (const name of cyclic) {
          expect((mentions[name] ?? []).some((used) => used !== name && cyclic.includes(used))).toBe(true)
        }
      }),
    )
  })
})
