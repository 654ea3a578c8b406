import { expect, it } from 'vitest'
import { type CombinationRule, type Contribution, combineValues, percentage } from './combine-values.ts'

const SUM: CombinationRule = { scale: 'count', combine: 'sum', direction: '<', defaultDirection: '<' }
const MIN: CombinationRule = { scale: 'count', combine: 'min', direction: '>', defaultDirection: '>' }
const MAX: CombinationRule = { scale: 'count', combine: 'max', direction: '<', defaultDirection: '<' }

function from(
  ...values: readonly (readonly [value: string, total?: string | null, ignored?: number])[]
): Contribution[] {
  return values.map(([value, total = '100', ignored = 0]) => ({ value, total, ignored }))
}

it.each<[string, Contribution[], CombinationRule, string | null]>([
  ['no source', [], SUM, null],
  ['a sum', from(['3'], ['4']), SUM, '7'],
  ['a sum without what is ignored', from(['3', '100', 1], ['4', '100', 4]), SUM, '2'],
  ['the least', from(['3'], ['4']), MIN, '3'],
  ['the most', from(['3'], ['4']), MAX, '4'],
  ['the least, turned round', from(['3'], ['4']), { ...MIN, direction: '<' }, '4'],
  ['the most, turned round', from(['3'], ['4']), { ...MAX, direction: '>' }, '3'],
  ['a share of all', from(['1', '3'], ['1', '5']), { ...SUM, scale: 'percentage' }, '25'],
  ['half rounds up', from(['1', '200']), { ...SUM, scale: 'percentage' }, '1'],
  ['a missing total is 100', from(['7', null]), { ...SUM, scale: 'percentage' }, '7'],
  ['a total of 0 is 100', from(['7', '0']), { ...SUM, scale: 'percentage' }, '7'],
  [
    'a total of 0 beside another is none',
    from(['2', '4'], ['0', '0']),
    { ...SUM, scale: 'percentage' },
    '50',
  ],
  ['the least share', from(['1', '2'], ['1', '4']), { ...MIN, scale: 'percentage' }, '25'],
  ['decimals round half up', from(['12.5']), SUM, '13'],
  ['the oldest version', from(['1.10'], ['1.9']), { ...MIN, scale: 'version_number' }, '1.9'],
  [
    'the newest version, turned round',
    from(['1.10'], ['1.9']),
    { ...MIN, scale: 'version_number', direction: '<' },
    '1.10',
  ],
])('gives %s', (_what, contributions, rule, expected) => {
  expect(combineValues(contributions, rule)).toBe(expected)
})

it('calls nothing of nothing the best', () => {
  expect([percentage(0, 0, '<'), percentage(0, 0, '>')]).toEqual([0, 100])
})
