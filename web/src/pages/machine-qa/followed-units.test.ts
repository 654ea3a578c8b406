import { describe, expect, it } from 'vitest'
import { followedIds, toggled } from './followed-units.ts'

const SHOWN = [{ path: '/app/machine-qa/units/5' }, { path: '/app/research/samples/7' }]

describe('followed units', () => {
  it.each<[unknown, readonly number[]]>([
    [
      [3, 1],
      [3, 1],
    ],
    [[], []],
    [null, [5]],
    [undefined, [5]],
    ['1,2', [5]],
    [[1, 'x', 2.5], [1]],
  ])('of the preference %j are %j', (preference, ids) => {
    expect(followedIds(preference, SHOWN)).toEqual(ids)
  })

  it('gain a unit at the end and lose it again', () => {
    expect(toggled([1, 2], 3)).toEqual([1, 2, 3])
    expect(toggled([1, 2, 3], 2)).toEqual([1, 3])
  })
})
