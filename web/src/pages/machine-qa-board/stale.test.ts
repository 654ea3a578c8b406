import { expect, it } from 'vitest'
import { staleWords } from './stale.ts'

const AT = new Date('2026-11-22T10:00:00Z')
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000)

it.each([
  [0, undefined],
  [149, undefined],
  [150, 'the states are 2 minutes old'],
  [3600, 'the states are 60 minutes old'],
])('a board that was read %d seconds ago says %s', (seconds, words) => {
  expect(staleWords(AT, after(seconds))).toBe(words)
})
