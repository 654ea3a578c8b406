/** Columns of metrics beside the name, by the names that addresses have for them. */
export const METRIC_COLUMNS = [
  { id: 'trend', header: 'Trend', sortable: false },
  { id: 'status', header: 'Status', sortable: true },
  { id: 'measurement', header: 'Measurement', sortable: true },
  { id: 'target', header: 'Target', sortable: true },
  { id: 'unit', header: 'Unit', sortable: true },
  { id: 'time_left', header: 'Time left', sortable: true },
  { id: 'source', header: 'Sources', sortable: true },
  { id: 'comment', header: 'Comment', sortable: true },
  { id: 'issues', header: 'Issues', sortable: true },
  { id: 'tags', header: 'Tags', sortable: true },
] as const

export type ColumnId = (typeof METRIC_COLUMNS)[number]['id']

/** Those of the names that are columns. */
export function asColumns(names: readonly string[]): readonly ColumnId[] {
  return METRIC_COLUMNS.map(({ id }) => id).filter((id) => names.includes(id))
}

/** What follows a click on a head: ascending, descending, the order of the report. */
export function nextSort(
  view: { readonly sortColumn: string; readonly isDescending: boolean },
  column: string,
): { readonly sort_column: string | undefined; readonly sort_direction: string | undefined } {
  if (view.sortColumn !== column) return { sort_column: column, sort_direction: undefined }
  if (!view.isDescending) return { sort_column: column, sort_direction: 'descending' }
  return { sort_column: undefined, sort_direction: undefined }
}
