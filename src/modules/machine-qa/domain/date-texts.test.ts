import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay, readInstant, readNearestInstant } from './date-texts.ts'

const ZONE = 'America/Toronto'

describe('readDay', () => {
  it.each([
    ['2019-08-01', '2019-08-01'],
    ['2019-8-1', '2019-08-01'],
    ['01 Aug 2019', '2019-08-01'],
    ['1 AUG 2019', '2019-08-01'],
    [' 2019-08-01 ', '2019-08-01'],
  ])('reads %j', (text, day) => {
    expect(readDay(text)).toBe(day)
  })

  it.each([
    '',
    'tomorrow',
    '2019-02-29',
    '2019-13-01',
    '32 Jan 2019',
    '01 Foo 2019',
    '01/08/2019',
    '2019-08-01 10:00',
    '01 Aug 2019 10:00',
    '20190801',
  ])('does not read %j', (text) => {
    expect(readDay(text)).toBeUndefined()
  })
})

describe('readInstant', () => {
  it.each([
    ['25 Jul 2019 10:49', '2019-07-25T14:49:00.000Z'],
    ['25 jul 2019 10:49:47', '2019-07-25T14:49:47.000Z'],
    ['2018-07-6 10:00', '2018-07-06T14:00:00.000Z'],
    ['2018-07-06 9:05:07', '2018-07-06T13:05:07.000Z'],
    ['2019-12-25 10:49:47.323848', '2019-12-25T15:49:47.323Z'],
    ['2019-12-25 10:49:47.5', '2019-12-25T15:49:47.500Z'],
    ['2019-07-25T10:49:47.000000Z', '2019-07-25T10:49:47.000Z'],
    ['2019-07-25T10:49:47Z', '2019-07-25T10:49:47.000Z'],
    ['2019-07-25T10:49:47-04:00', '2019-07-25T14:49:47.000Z'],
    ['2019-07-25T10:49-0400', '2019-07-25T14:49:00.000Z'],
    ['2019-07-25 10:49:47+05:30', '2019-07-25T05:19:47.000Z'],
  ])('reads %j', (text, instant) => {
    expect(readInstant(text, ZONE)).toEqual({ kind: 'instant', instant: new Date(instant) })
  })

  it.each([
    ['', undefined],
    ['2019-07-25', undefined],
    ['2019-07-25T10:49:47', undefined],
    ['10:49', undefined],
    ['2019-07-25 10', undefined],
    ['2019-07-32 10:00', { kind: 'invalid' }],
    ['2019-07-25 24:00', { kind: 'invalid' }],
    ['2019-02-30T10:00:00Z', { kind: 'invalid' }],
  ])('does not read %j', (text, meaning) => {
    expect(readInstant(text, ZONE)).toEqual(meaning)
    expect(readNearestInstant(text, ZONE)).toBeUndefined()
  })

  it('tells hours that the clocks skip or repeat', () => {
    expect(readInstant('2019-03-10 02:30', ZONE)?.kind).toBe('nonexistent')
    expect(readInstant('2019-11-03 01:30', ZONE)?.kind).toBe('ambiguous')
    expect(readNearestInstant('2019-03-10 02:30', ZONE)).toEqual(new Date('2019-03-10T07:30:00Z'))
    expect(readNearestInstant('2019-11-03 01:30', ZONE)).toEqual(new Date('2019-11-03T05:30:00Z'))
  })

  it('reads back what ISO-8601 says, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        (date) => {
          expect(readInstant(date.toISOString(), ZONE)).toEqual({ kind: 'instant', instant: date })
        },
      ),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readDay(text)
        readNearestInstant(text, ZONE)
      }),
    )
  })
})
