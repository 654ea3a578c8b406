import { describe, expect, it } from 'vitest'
import { arrangementOf, type Member, moveMember } from './ordered-members.ts'

function member(kind: Member['kind'], id: number): Member {
  return { key: `${kind}${id}`, kind, id, label: '', outline: id === 9 }
}

const MEMBERS = [member('test', 1), member('sublist', 9), member('test', 2), member('sublist', 8)]

describe('moveMember', () => {
  it.each([
    [0, 1, [9, 1, 2, 8]],
    [3, -2, [1, 8, 9, 2]],
    [0, -1, [1, 9, 2, 8]],
    [2, 5, [1, 9, 8, 2]],
    [7, 1, [1, 9, 2, 8]],
  ])('moves the member at %d by %d', (from, by, expected) => {
    expect(moveMember(MEMBERS, from, by).map(({ id }) => id)).toEqual(expected)
  })
})

describe('arrangementOf', () => {
  it('counts the own tests before each sublist', () => {
    expect(arrangementOf(MEMBERS)).toEqual({
      tests: [1, 2],
      sublists: [
        { id: 9, outline: true, after: 1 },
        { id: 8, outline: false, after: 2 },
      ],
    })
  })
})
