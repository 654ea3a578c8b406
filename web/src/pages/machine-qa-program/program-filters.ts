import type { Query } from '../../api/client.ts'
import type { FilterField } from '../../ui/filters.ts'
import { type ListControl, useListControl } from '../../ui/list-state.ts'

export const PROGRAM_FILTERS: readonly FilterField[] = [
  { name: 'unit', label: 'Unit', kind: 'reference', target: 'machine-qa.unit' },
  { name: 'site', label: 'Site', kind: 'reference', target: 'equipment.site' },
  { name: 'frequency', label: 'Frequency', kind: 'reference', target: 'machine-qa.frequency' },
]

/** Names in the address that say what is looked at, not what is left out. */
const PLACES: ReadonlySet<string> = new Set(['month', 'day', 'from'])

export interface ProgramControl {
  readonly control: ListControl
  /** filters as the server reads them */
  readonly query: Query
}

/** The filters that overview, months and calendar have in common; they stand in the address. */
export function useProgramControl(): ProgramControl {
  const list = useListControl('unit')
  const filters = Object.fromEntries(Object.entries(list.filters).filter(([name]) => !PLACES.has(name)))
  const none = Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]))
  return {
    control: {
      ...list,
      filters,
      isFiltered: list.q !== '' || Object.keys(filters).length > 0,
      clearFilters: () => list.patch({ ...none, q: undefined, page: undefined }),
    },
    query: { ...filters, q: list.q },
  }
}
