import { useMemo } from 'react'
import type { SearchText } from '../../ui/search-text.ts'
import { type SearchPatch, useUrlState } from '../../ui/url-state.ts'
import { asColumns, type ColumnId } from './metric-columns.ts'

/** What of a report is shown, as its address says it. */
export interface ReportView {
  readonly date: string | undefined
  readonly hiddenColumns: readonly ColumnId[]
  /** whether columns go that are empty for all metrics of a subject */
  readonly hideEmpty: boolean
  readonly hiddenTags: readonly string[]
  readonly hide: 'none' | 'no_action_needed' | 'no_issues' | 'all'
  readonly sortColumn: string
  readonly isDescending: boolean
  readonly search: string
  /** number of the tab by expanded metric */
  readonly tabs: ReadonlyMap<string, number>
  /** metrics whose ignored entities are not shown */
  readonly hideIgnored: readonly string[]
}

const HIDES = ['none', 'no_action_needed', 'no_issues', 'all'] as const

/** Reads an address. Keys may carry the id of the report behind them; what makes no sense is passed over. */
export function readView(search: SearchText, reportId: string): ReportView {
  const get = (key: string): string => search[`${key}_${reportId}`] ?? search[key] ?? ''
  const wanted = get('metrics_to_hide').replace('no_action_required', 'no_action_needed')
  const date = search.report_date ?? ''
  return {
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined,
    hiddenColumns: asColumns(listOf(get('hidden_columns'))),
    hideEmpty: get('hide_empty_columns') === 'true',
    hiddenTags: listOf(get('hidden_tags')),
    hide: HIDES.find((each) => each === wanted) ?? 'none',
    sortColumn: get('sort_column'),
    isDescending: get('sort_direction') === 'descending',
    search: search.q ?? '',
    tabs: readTabs(get('tabs') || get('expanded')),
    hideIgnored: listOf(get('hide_ignored_entities')),
  }
}

function listOf(text: string): readonly string[] {
  return text.split(',').filter((part) => part !== '')
}

/** `<id>:<number>,…`; what is no number is the first tab. */
export function readTabs(text: string): ReadonlyMap<string, number> {
  const pairs = listOf(text).map((part): [string, number] => {
    const at = part.lastIndexOf(':')
    const [id, tab] = at < 0 ? [part, '0'] : [part.slice(0, at), part.slice(at + 1)]
    return [id, /^\d{1,3}$/.test(tab) ? Number(tab) : 0]
  })
  return new Map(pairs)
}

export function writeTabs(tabs: ReadonlyMap<string, number>): string | undefined {
  return tabs.size === 0 ? undefined : [...tabs].map(([id, tab]) => `${id}:${tab}`).join(',')
}

export type PatchView = (patch: SearchPatch) => void

/** The view of a report and how to change it; a changed key loses the form that carries the id of the report. */
export function useReportView(reportId: string): readonly [ReportView, PatchView] {
  const [search, patch] = useUrlState()
  const view = useMemo(() => readView(search, reportId), [search, reportId])
  const patchView: PatchView = (changes) => {
    const suffixed = Object.keys(changes).map((key) => [`${key}_${reportId}`, undefined] as const)
    patch({ ...Object.fromEntries(suffixed), ...changes }, 'replace')
  }
  return [view, patchView]
}
