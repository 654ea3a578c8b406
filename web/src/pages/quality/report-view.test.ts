import { describe, expect, it } from 'vitest'
import { nextSort } from './metric-columns.ts'
import { readTabs, readView, writeTabs } from './report-view.ts'

const REPORT = 'f1d0e056-2440-43bd-b640-f6753ccf4496'
const METRIC = 'd4c0dea1-b072-417f-804e-6045544748db'

describe('the address of a report', () => {
  it('shows everything when it says nothing', () => {
    expect(readView({}, REPORT)).toEqual({
      date: undefined,
      hiddenColumns: [],
      hideEmpty: false,
      hiddenTags: [],
      hide: 'none',
      sortColumn: '',
      isDescending: false,
      search: '',
      tabs: new Map(),
      hideIgnored: [],
    })
  })

  it('takes a key with the id of the report before the plain one', () => {
    const search = { hidden_columns: 'trend', [`hidden_columns_${REPORT}`]: 'target,nonsense' }
    expect(readView(search, REPORT).hiddenColumns).toEqual(['target'])
    expect(readView(search, METRIC).hiddenColumns).toEqual(['trend'])
  })

  it.each([
    ['no_action_needed', 'no_action_needed'],
    ['no_action_required', 'no_action_needed'],
    ['no_issues', 'no_issues'],
    ['all', 'all'],
    ['everything', 'none'],
  ])('reads metrics_to_hide=%s as %s', (text, hide) => {
    expect(readView({ metrics_to_hide: text }, REPORT).hide).toBe(hide)
  })

  it.each([
    ['2026-10-01', '2026-10-01'],
    ['yesterday', undefined],
    ['', undefined],
  ])('travels with report_date=%s to %s', (text, date) => {
    expect(readView({ report_date: text }, REPORT).date).toBe(date)
  })

  it.each([
    [`${METRIC}:2`, [[METRIC, 2]]],
    [`${METRIC}`, [[METRIC, 0]]],
    [
      'a:1,b:x,,c:12',
      [
        ['a', 1],
        ['b', 0],
        ['c', 12],
      ],
    ],
    ['', []],
  ] as const)('reads tabs=%s', (text, tabs) => {
    expect([...readTabs(text)]).toEqual(tabs)
  })

  it('writes tabs as it reads them, and nothing for none', () => {
    expect(writeTabs(readTabs(`${METRIC}:2,a:0`))).toBe(`${METRIC}:2,a:0`)
    expect(writeTabs(new Map())).toBeUndefined()
  })
})

it.each([
  ['', false, { sort_column: 'name', sort_direction: undefined }],
  ['name', false, { sort_column: 'name', sort_direction: 'descending' }],
  ['name', true, { sort_column: undefined, sort_direction: undefined }],
  ['status', true, { sort_column: 'name', sort_direction: undefined }],
])('a click on the name after sorting by "%s" (descending: %s) goes on', (sortColumn, isDescending, next) => {
  expect(nextSort({ sortColumn, isDescending }, 'name')).toEqual(next)
})
