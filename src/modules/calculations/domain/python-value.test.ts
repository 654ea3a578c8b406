import { describe, expect, it } from 'vitest'
import { jsonOfValue } from './python-value.ts'

describe('values of Python as plain JSON', () => {
  it.each([
    [3, 3],
    ['text', 'text'],
    [null, null],
    [{ $float: 'nan' }, null],
    [{ $int: '12345678901234567890' }, 12345678901234567000],
    [{ $date: '2019-08-01' }, '01 Aug 2019'],
    [{ $datetime: '2019-08-02T23:45:10.5-04:00' }, '02 Aug 2019 23:45:10'],
    [{ $datetime: '2019-08-02T23:45:10' }, '02 Aug 2019 23:45:10'],
    [{ $time: '10:49:00' }, '10:49:00'],
    [{ $tuple: [1, { $tuple: [2] }] }, [1, [2]]],
    [
      { a: [{ $date: '2019-12-31' }], b: { c: null } },
      { a: ['31 Dec 2019'], b: { c: null } },
    ],
    [
      {
        $dict: [
          [1, 'one'],
          ['$x', true],
          [null, { $float: 'inf' }],
        ],
      },
      { 1: 'one', $x: true, null: null },
    ],
  ])('%j becomes %j', (value, expected) => {
    expect(jsonOfValue(value)).toEqual(expected)
  })
})
