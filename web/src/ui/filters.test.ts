import { describe, expect, it } from 'vitest'
import { choiceFilter, describeFilter, periodDays, periodFilter, readFilter, writeFilter } from './filters.ts'

const TORONTO = 'America/Toronto'

describe('filters', () => {
  it('are found by field, whatever the comparison', () => {
    const filters = { 'name:icontains': 'x', site: '1', 'made:gte': '2026-01-01', 'made:lte': '2026-02-01' }
    expect(readFilter(filters, 'made')).toEqual({ gte: '2026-01-01', lte: '2026-02-01' })
    expect(readFilter(filters, 'site')).toEqual({ '': '1' })
    expect(readFilter(filters, 'mad')).toEqual({})
  })

  it('take away the comparisons they no longer need', () => {
    expect(writeFilter({ site: '1' }, 'site', choiceFilter(['1', '2']))).toEqual({
      site: undefined,
      'site:in': '1,2',
    })
    expect(writeFilter({ 'site:in': '1,2' }, 'site', choiceFilter([]))).toEqual({ 'site:in': undefined })
  })

  it('turn days into the instants between which they lie', () => {
    const value = periodFilter('instant', '2026-03-08', '2026-03-08', TORONTO)
    expect(value).toEqual({ gte: '2026-03-08T05:00:00.000Z', lt: '2026-03-09T04:00:00.000Z' })
    expect(periodDays('instant', value, TORONTO)).toEqual(['2026-03-08', '2026-03-08'])
  })

  it.each([
    ['number', { gte: '3' }, 'from 3'],
    ['number', { gte: '3', lte: '5' }, '3 – 5'],
    ['number', { '': '4' }, '4'],
    ['boolean', { '': 'false' }, 'no'],
    ['text', { icontains: 'linac' }, 'linac'],
    ['reference', { in: '1,2' }, 'one, two'],
  ] as const)('of kind %s with %j say %s', (kind, value, words) => {
    const labelOf = (id: string): string => ({ '1': 'one', '2': 'two' })[id] ?? id
    expect(describeFilter({ name: 'x', label: 'X', kind }, value, TORONTO, labelOf)).toBe(words)
  })
})
