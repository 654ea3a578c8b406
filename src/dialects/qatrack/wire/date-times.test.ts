import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilterInstant, parseWireInstant, presentDuration, presentInstant } from './date-times.ts'

const ZONE = 'America/Toronto'
const WRONG =
  'Datetime has wrong format. Use one of these formats instead: DD [Jan-Dec] YYYY hh:mm, DD [Jan-Dec] YYYY hh:mm:ss, ' +
  'YYYY-MM-DD hh:mm, YYYY-MM-DD hh:mm:ss, YYYY-MM-DD hh:mm:ss.uuuuuu, YYYY-MM-DDThh:mm:ss.uuuuuuZ.'
const DST = 'Invalid datetime for the timezone "America/Toronto".'

function read(text: string): string {
  const parsed = parseWireInstant(text, ZONE)
  return 'instant' in parsed ? parsed.instant.toISOString() : parsed.problem
}

describe('parseWireInstant', () => {
  it.each([
    ['2018-07-6 10:00', '2018-07-06T14:00:00.000Z'],
    ['2018-7-6 9:5', '2018-07-06T13:05:00.000Z'],
    ['2019-07-25 10:49:47', '2019-07-25T14:49:47.000Z'],
    ['2019-07-25 10:49:47.9', '2019-07-25T14:49:47.900Z'],
    ['2019-07-25 10:49:47.029999', '2019-07-25T14:49:47.029Z'],
    ['2019-07-25T10:49:47.000000Z', '2019-07-25T10:49:47.000Z'],
    ['2019-07-25T10:49:47-04:00', '2019-07-25T14:49:47.000Z'],
    ['2019-07-25T10:49+0530', '2019-07-25T05:19:00.000Z'],
    ['25 Jul 2019 10:49', '2019-07-25T14:49:00.000Z'],
    ['5 DEC 2019 10:49:01', '2019-12-05T15:49:01.000Z'],
    [' 2019-07-25 10:49 ', '2019-07-25T14:49:00.000Z'],
    ['2019-07-25', WRONG],
    ['2019-07-25T10:49:47', WRONG],
    ['2019-07-25 24:00', WRONG],
    ['2019-07-25 10:60', WRONG],
    ['2019-13-01 10:00', WRONG],
    ['31 Feb 2019 10:00', WRONG],
    ['25 July 2019 10:00', WRONG],
    ['2019-07-25 10:49:47.1234567', WRONG],
    ['2019-07-25T10:49:47+24:00', WRONG],
    ['', WRONG],
    ['2019-03-10 02:30', DST],
    ['2019-11-03 01:30', DST],
    ['2019-11-03T01:30:00-05:00', '2019-11-03T06:30:00.000Z'],
    ['0001-01-01T00:00:00+14:00', 'Datetime value out of range.'],
    ['9999-12-31 23:59', 'Datetime value out of range.'],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (instant) => {
          expect(parseWireInstant(presentInstant(instant, ZONE) ?? '', ZONE)).toEqual({ instant })
        },
      ),
    )
  })
})

describe('parseFilterInstant', () => {
  it.each([
    ['2019-07-25 10:49', '2019-07-25T14:49:00.000Z'],
    ['2019-07-25T10:49:47', '2019-07-25T14:49:47.000Z'],
    ['2019-07-25T10:49:47.123456789Z', '2019-07-25T10:49:47.123Z'],
    ['2019-07-25T10:49:47-04', '2019-07-25T14:49:47.000Z'],
    ['2019-07-25', undefined],
    ['2019-03-10 02:30', undefined],
    ['yesterday', undefined],
  ])('reads %j', (text, expected) => {
    expect(parseFilterInstant(text, ZONE)?.toISOString()).toBe(expected)
  })
})

describe('presentDuration', () => {
  it.each([
    [0, '00:00:00'],
    [28_800, '08:00:00'],
    [93_600, '1 02:00:00'],
    [null, null],
  ])('writes %j seconds', (seconds, text) => {
    expect(presentDuration(seconds)).toBe(text)
  })
})
