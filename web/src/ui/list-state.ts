import type { Query } from '../api/client.ts'
import { type SearchText, stringifySearchText } from './search-text.ts'
import { type HistoryMode, type SearchPatch, useUrlState } from './url-state.ts'

/** Names in the address that are not filters. */
const RESERVED: ReadonlySet<string> = new Set([
  'q',
  'order',
  'page',
  'size',
  'columns',
  'view',
  'tab',
  'open',
])
export const PAGE_SIZES = [25, 50, 100, 500] as const
const DEFAULT_SIZE = 50

/** Filters, order, page and columns of a list: everything that stands in the address. */
export interface ListState {
  readonly q: string
  readonly order: string
  /** From 1. */
  readonly page: number
  readonly size: number
  /** Conditions as the server reads them: `name:icontains` → `linac`. */
  readonly filters: SearchText
  /** Chosen columns, in order; undefined for the list's own. */
  readonly columns: readonly string[] | undefined
  readonly view: string | undefined
}

export interface ListControl extends ListState {
  readonly patch: (changes: SearchPatch, mode?: HistoryMode) => void
  /** Changes filters or text and goes back to the first page. */
  readonly filter: (changes: SearchPatch, mode?: HistoryMode) => void
  readonly clearFilters: () => void
  readonly isFiltered: boolean
}

/** Reads the state of a list from a query; what makes no sense falls back to the default. */
export function parseListState(search: SearchText, defaultOrder: string): ListState {
  const size = Number(search.size)
  const page = Number(search.page)
  return {
    q: search.q ?? '',
    order: search.order ?? defaultOrder,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    size: PAGE_SIZES.find((known) => known === size) ?? DEFAULT_SIZE,
    filters: Object.fromEntries(Object.entries(search).filter(([name]) => !RESERVED.has(name))),
    columns: search.columns?.split(',').filter(Boolean),
    view: search.view,
  }
}

/** What is asked of the server for this state. */
export function listQuery(state: ListState): Query {
  return {
    ...state.filters,
    q: state.q,
    order: state.order,
    limit: state.size,
    offset: state.page > 1 ? (state.page - 1) * state.size : undefined,
  }
}

/** The part of an address that a saved view keeps: all but page and the view itself. */
export function viewQuery(search: SearchText): string {
  const { page: _page, view: _view, open: _open, ...kept } = search
  return stringifySearchText(kept).slice(1)
}

/** The state of the list on this page, from the address and into it. */
export function useListControl(defaultOrder: string): ListControl {
  const [search, patch] = useUrlState()
  const state = parseListState(search, defaultOrder)
  const none = Object.fromEntries(Object.keys(state.filters).map((name) => [name, undefined]))
  return {
    ...state,
    patch,
    filter: (changes, mode) => patch({ ...changes, page: undefined }, mode),
    clearFilters: () => patch({ ...none, q: undefined, page: undefined }),
    isFiltered: state.q !== '' || Object.keys(state.filters).length > 0,
  }
}
