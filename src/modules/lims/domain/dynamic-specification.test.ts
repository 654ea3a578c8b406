import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dynamicRange, parseDynamicSpecification } from './dynamic-specification.ts'

const TABLE = [
  ['keyword', 'min', 'max', 'max_operator', 'Method', 'Sex', 'MinAge', 'MaxAge'],
  ['Ca', '1', '9', '', '', '', '', ''],
  ['Ca', '2', '8', '', 'ICP', '', '', ''],
  ['Ca', '3', '7', '<', 'ICP', 'f', '', ''],
  ['Ca', '4', '6', '', '', '', '18', '65'],
  ['', '', '', '', '', '', '', ''],
]

describe('a dynamic specification', () => {
  const { rows, problems } = parseDynamicSpecification(TABLE)

  it('is read from a table', () => {
    expect(problems).toEqual([])
    expect(rows[2]).toEqual({
      range: { keyword: 'Ca', min: '3', max: '7', max_operator: '<' },
      conditions: { Method: 'ICP', Sex: 'f' },
    })
  })

  it.each([
    ['nothing known', {}, '1'],
    ['a method', { Method: 'ICP' }, '2'],
    ['a method and a sex', { Method: 'ICP', Sex: 'f' }, '3'],
    ['another sex', { Method: 'ICP', Sex: 'm' }, '2'],
    ['the youngest of an age', { Age: '18' }, '4'],
    ['one at its end', { Age: '65' }, '1'],
  ])('takes the most specific range for %s', (_, facts: Readonly<Record<string, string>>, min) => {
    expect(dynamicRange(rows, 'Ca', facts)?.min).toBe(min)
    expect(dynamicRange(rows, 'Cu', facts)).toBeUndefined()
  })

  it.each([
    [[['min'], ['1']], '1', 'There is no column keyword.'],
    [
      [
        ['keyword', 'min', 'min'],
        ['Ca', '1', '2'],
      ],
      '1',
      'There are two columns min.',
    ],
    [
      [
        ['keyword', 'min'],
        ['Ca', 'x'],
      ],
      '2',
      'min must be a number.',
    ],
    [[['keyword', 'min', 'max'], [], ['Ca', '3', '2']], '3', 'max must not be below min.'],
    [
      [
        ['keyword', 'min_operator'],
        ['Ca', '<'],
      ],
      '2',
      'min_operator must be >= or >.',
    ],
    [
      [
        ['keyword', 'Sex'],
        ['', 'f'],
      ],
      '2',
      'There is no keyword.',
    ],
  ])('that says %j is refused with its line', (table, field, problem) => {
    expect(parseDynamicSpecification(table).problems).toEqual([{ field, problem }])
  })

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 6 }), { maxLength: 6 }), (table) => {
        const read = parseDynamicSpecification([['keyword', 'min', 'max', 'Sex'], ...table])
        for (const { range } of read.rows) expect(range.keyword).not.toBe('')
      }),
    )
  })
})
