import { expect, it } from 'vitest'
import { followingIds } from './following-ids.ts'

it.each([
  ['240616_125138_010102', 3, ['240616_125138_010102', '240616_125139_010102', '240616_125140_010102']],
  ['241231_235959_010102', 2, ['241231_235959_010102', '250101_000000_010102']],
  ['of another form', 2, ['of another form', '']],
])('counts the seconds of %s on', (first, count, expected) => {
  expect(followingIds(first, count)).toEqual(expected)
})
