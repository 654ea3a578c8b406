import { describe, expect, it } from 'vitest'
import { describeRecurrence, formatRecurrence, parseRecurrence } from './recurrence-text.ts'

describe('recurrences', () => {
  it.each([
    ['DTSTART:20200101T000000Z\nRRULE:FREQ=DAILY', 'every day'],
    ['DTSTART:20200101T000000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Mon, Thu'],
    ['DTSTART;TZID=America/Toronto:20200101T080000\nRRULE:FREQ=MONTHLY;INTERVAL=3', 'every 3 months'],
  ])('%j are read, described and written back unchanged', (text, words) => {
    const recurrence = parseRecurrence(text)
    expect(describeRecurrence(text)).toBe(words)
    expect(recurrence && formatRecurrence(recurrence, text)).toBe(text)
  })

  it.each([
    'DTSTART:20200101T000000Z\nRRULE:FREQ=MONTHLY;BYDAY=1MO',
    'DTSTART:20200101T000000Z\nRRULE:FREQ=DAILY;COUNT=5',
    'DTSTART:20200101T000000Z\nRRULE:FREQ=DAILY\nEXDATE:20200102T000000Z',
    'RRULE:FREQ=DAILY',
    '',
  ])('%j are left to be typed', (text) => {
    expect(parseRecurrence(text)).toBeUndefined()
  })
})
