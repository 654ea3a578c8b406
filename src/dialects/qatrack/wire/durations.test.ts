import fc from 'fast-check'
import { expect, it } from 'vitest'
import { presentDuration } from './date-times.ts'
import { parseDuration } from './durations.ts'

it.each([
  ['08:00:00', 28_800],
  ['1 02:00:00', 93_600],
  ['2 days, 00:00:01', 172_801],
  ['30:00', 1800],
  ['90', 90],
  ['1.6', 2],
  ['00:00:01.500000', 2],
  ['PT1H30M', 5400],
  ['P1DT0.5H', 88_200],
  ['-PT1M', -60],
  ['-00:01:00', -60],
  ['-1 00:00:00', -86_400],
  ['', undefined],
  ['P', undefined],
  ['PT', undefined],
  ['an hour', undefined],
  ['1:2:3:4', undefined],
  ['8 hours', undefined],
  ['1e5', undefined],
])('reads %j as %j seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

it('reads whatever it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (seconds) => {
      expect(parseDuration(presentDuration(seconds) ?? '')).toBe(seconds)
    }),
  )
})

it('never fails at anything', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseDuration(text)))
})
