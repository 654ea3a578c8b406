import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { parseFilters, type ReportFilter, resolveFilters } from './report-filter.ts'

const FILTERS: readonly ReportFilter[] = [
  { name: 'completed', label: 'Completed', kind: 'period', direction: 'past', required: true },
  { name: 'units', label: 'Units', kind: 'records', record: 'machine-qa.unit', most: 2 },
  {
    name: 'due',
    label: 'Due',
    kind: 'choice',
    choices: [
      { value: 'due', label: 'Due' },
      { value: 'overdue', label: 'Overdue' },
    ],
    default: ['overdue'],
  },
  { name: 'active', label: 'Only active', kind: 'flag', default: true },
]

function problemsOf(given: unknown): readonly string[] {
  try {
    parseFilters(FILTERS, given)
    return []
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    return error.refusal.problems.map(({ field }) => field)
  }
}

describe('filters of a report', () => {
  it('are read with their defaults, and resolved on a day', () => {
    const values = parseFilters(FILTERS, { completed: 'last-7-days', units: [3, 3, 4] })
    expect(values).toEqual({ completed: 'last-7-days', units: [3, 4], due: ['overdue'], active: true })
    const filters = resolveFilters(values, toDay('2026-11-22'))
    expect(filters.period('completed')).toEqual({ from: '2026-11-15', to: '2026-11-22' })
    expect(filters.ids('units')).toEqual([3, 4])
    expect(filters.words('due')).toEqual(['overdue'])
    expect(filters.words('units')).toEqual([])
    expect(filters.flag('active')).toBe(true)
    expect(filters.ids('nothing')).toBeUndefined()
  })

  it.each([
    [{}, ['filters.completed']],
    [{ completed: '' }, ['filters.completed']],
    [{ completed: 'soon' }, ['filters.completed']],
    [{ completed: 'today', units: [1, 2, 3] }, ['filters.units']],
    [{ completed: 'today', units: ['1'] }, ['filters.units']],
    [{ completed: 'today', units: 1 }, ['filters.units']],
    [{ completed: 'today', due: ['never'] }, ['filters.due']],
    [{ completed: 'today', active: 'yes' }, ['filters.active']],
    [{ completed: 'today', sites: [1] }, ['filters.sites']],
    [[], ['filters']],
    [null, ['filters']],
    [{ completed: 'today', due: 'due' }, []],
  ])('refuse %j because of %j', (given, fields) => {
    expect(problemsOf(given)).toEqual(fields)
  })

  it('never fail otherwise', () => {
    fc.assert(fc.property(fc.anything(), (given) => void problemsOf(given)))
  })
})
