import { describe, expect, it } from 'vitest'
import {
  dayBounds,
  dayIn,
  formatDuration,
  formatInstant,
  instantOf,
  parseDuration,
  wallClock,
} from './site-time.ts'

const TORONTO = 'America/Toronto'

describe('instantOf', () => {
  it.each([
    ['2026-01-15T08:00', TORONTO, '2026-01-15T13:00:00.000Z'],
    ['2026-07-15T08:00', TORONTO, '2026-07-15T12:00:00.000Z'],
    ['2026-03-08T03:00', TORONTO, '2026-03-08T07:00:00.000Z'],
    ['2026-11-01T01:30', TORONTO, '2026-11-01T05:30:00.000Z'],
    ['2026-06-01T00:00', 'Asia/Kolkata', '2026-05-31T18:30:00.000Z'],
    ['2026-06-01T00:00', 'UTC', '2026-06-01T00:00:00.000Z'],
  ])('of %s in %s is %s', (text, zone, instant) => {
    expect(instantOf(text, zone)?.toISOString()).toBe(instant)
  })

  it('finds no instant for a time that the clocks skip', () => {
    expect(instantOf('2026-03-08T02:30', TORONTO)).toBeUndefined()
  })

  it.each(['', 'tomorrow', '2026-13-01T00:00'])('finds no instant for %j', (text) => {
    expect(instantOf(text, TORONTO)).toBeUndefined()
  })
})

describe('days', () => {
  it('fall where the zone says', () => {
    expect(dayIn(new Date('2026-01-15T04:59:00Z'), TORONTO)).toBe('2026-01-14')
    expect(wallClock(new Date('2026-01-15T04:59:00Z'), TORONTO)).toBe('2026-01-14T23:59')
  })

  it('have 23 hours in spring', () => {
    const bounds = dayBounds('2026-03-08', TORONTO)
    expect(bounds?.map((end) => end.toISOString())).toEqual([
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ])
  })
})

describe('instants as shown', () => {
  const now = new Date('2026-03-08T15:00:00Z')
  it.each([
    ['2026-03-08T05:30:00Z', 'today 00:30'],
    ['2026-03-08T04:30:00Z', 'yesterday 23:30'],
    ['2026-03-10T03:59:00Z', 'tomorrow 23:59'],
    ['2026-03-01T12:00:00Z', 'Mar 1, 07:00'],
    ['2024-12-31T12:00:00Z', 'Dec 31, 2024, 07:00'],
  ])('%s as %s in Toronto', (instant, text) => {
    expect(formatInstant(new Date(instant), TORONTO, 'auto', now, 'en-US')).toBe(text)
  })
})

describe('durations', () => {
  it.each([
    ['1:30', 5400],
    ['1:30:05', 5405],
    ['90 min', 5400],
    ['1 h 30 min', 5400],
    ['2 d 4:00:00', 187_200],
    ['45s', 45],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each(['', 'soon', '1:2:3:4', '-5 min'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it.each([0, 59, 5405, 187_200])('reads back %d seconds', (seconds) => {
    expect(parseDuration(formatDuration(seconds))).toBe(seconds)
  })
})
