import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTROL_RULES, RULE_SETS, type RuleSet } from './control-rules.data.ts'
import { findViolations } from './control-rules.ts'

const broken = (set: RuleSet, values: readonly number[]) =>
  findViolations(values, set).map(({ rule, from, at }) => `${rule.name} ${from}-${at}`)

describe('rules of control charts', () => {
  it.each<[string, RuleSet, readonly number[], readonly string[]]>([
    ['one value beyond 3 s', 'western-electric', [0, 3.1], ['WE1 1-1']],
    ['3 s itself is not beyond', 'western-electric', [3], []],
    ['two of three beyond 2 s on one side', 'western-electric', [2.1, 0, 2.5], ['WE2 0-2']],
    ['not on two sides', 'western-electric', [2.1, 0, -2.5], []],
    ['not again at a value that lies within', 'western-electric', [2.1, 2.2, 0], []],
    ['four of five beyond 1 s', 'western-electric', [-1.1, -1.2, 0, -1.3, -1.4], ['WE3 0-4']],
    ['eight on one side', 'western-electric', [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2], ['WE4 0-7']],
    ['a value on the centre ends a run', 'western-electric', [0.1, 0.2, 0, 0.1, 0.2, 0.3, 0.1, 0.2], []],
    ['nine on one side', 'nelson', [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2, 0.1], ['N2 0-8']],
    ['six rising', 'nelson', [-0.3, -0.2, -0.1, 0.1, 0.2, 0.3], ['N3 0-5']],
    ['six falling', 'nelson', [0.3, 0.2, 0.1, -0.1, -0.2, -0.3], ['N3 0-5']],
    ['equal values rise no further', 'nelson', [-0.3, -0.2, -0.2, 0.1, 0.2, 0.3], []],
    ['fourteen in turn', 'nelson', [1.5, 0, 1.5, 0, 1.5, 0, 1.5, 0, 1.5, 0, 1.5, 0, 1.5, 0], ['N4 0-13']],
    ['eight beyond 1 s on both sides', 'nelson', [1.1, 1.2, -1.2, -1.1, 1.3, 1.1, -1.4, -1.2], ['N8 0-7']],
    ['warns beyond 2 s', 'westgard', [2.1], ['1-2s 0-0']],
    ['rejects beyond 3 s', 'westgard', [-3.2], ['1-2s 0-0', '1-3s 0-0']],
    ['two beyond 2 s on one side', 'westgard', [2.1, 2.2], ['1-2s 0-0', '1-2s 1-1', '2-2s 0-1']],
    ['two beyond 2 s on opposite sides', 'westgard', [2.1, -2.2], ['1-2s 0-0', '1-2s 1-1', 'R-4s 0-1']],
    ['not if another lies between', 'westgard', [2.1, 0, -2.2], ['1-2s 0-0', '1-2s 2-2']],
    ['four beyond 1 s on one side', 'westgard', [1.1, 1.2, 1.3, 1.1], ['4-1s 0-3']],
    [
      'ten on one side',
      'westgard',
      [-0.1, -0.2, -0.1, -0.2, -0.1, -0.2, -0.1, -0.2, -0.1, -0.3],
      ['10-x 0-9'],
    ],
  ])('%s', (_, set, values, expected) => {
    expect(broken(set, values)).toEqual(expected)
  })

  it('report fifteen within 1 s (Nelson 7)', () => {
    const calm = [0.1, -0.1, 0.2, 0.2, -0.2, 0.1, 0.1, -0.3, 0.2, -0.1, -0.1, 0.3, 0.1, -0.2, 0.1]
    expect(broken('nelson', calm)).toEqual(['N7 0-14'])
  })

  it('look only at values up to the one they are reported at', () => {
    const deviations = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 40 })
    fc.assert(
      fc.property(deviations, fc.constantFrom(...RULE_SETS), (values, set) => {
        const all = findViolations(values, set)
        const known = findViolations(values.slice(0, -1), set)
        expect(all.filter(({ at }) => at < values.length - 1)).toEqual(known)
      }),
    )
  })

  it('have names of their own within a set', () => {
    for (const set of RULE_SETS) {
      const names = CONTROL_RULES.filter((rule) => rule.set === set).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
