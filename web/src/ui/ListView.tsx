import { Button } from '@mantine/core'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import type { Query } from '../api/client.ts'
import type { Page } from '../api/records.ts'
import { ColumnChooser } from './ColumnChooser.tsx'
import { DataTable } from './DataTable.tsx'
import { type TableColumn, visibleColumns } from './data-table-model.ts'
import { EmptyNote } from './EmptyNote.tsx'
import { ErrorPanel } from './ErrorPanel.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterBar } from './FilterBar.tsx'
import { type FilterField, readFilter } from './filters.ts'
import classes from './ListView.module.css'
import { type ListControl, listQuery, useListControl } from './list-state.ts'
import { Pager } from './Pager.tsx'
import { SavedViewTabs } from './SavedViewTabs.tsx'

export interface ListOptions<Row> {
  /** Name of the list: key of its cache, its saved views and its exports. */
  readonly name: string
  readonly defaultOrder: string
  readonly read: (query: Query, signal: AbortSignal) => Promise<Page<Row>>
  /** Conditions that always hold, such as the unit whose page this is. */
  readonly always?: Query
}

export interface ListHandle<Row> {
  readonly name: string
  readonly defaultOrder: string
  readonly control: ListControl
  readonly query: Query
  readonly result: UseQueryResult<Page<Row>>
  readonly total: number | null | undefined
}

/** The rows for what stands in the address. Give the result to `ListView`, and its `total` to the header. */
export function useList<Row>(options: ListOptions<Row>): ListHandle<Row> {
  const control = useListControl(options.defaultOrder)
  const query: Query = { ...listQuery(control), ...options.always }
  const result = useQuery({
    queryKey: ['list', options.name, query],
    queryFn: ({ signal }) => options.read(query, signal),
    placeholderData: keepPreviousData,
  })
  return {
    name: options.name,
    defaultOrder: options.defaultOrder,
    control,
    query,
    result,
    total: result.data?.total,
  }
}

export interface ListViewProps<Row extends object> {
  readonly list: ListHandle<Row>
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly filters: readonly FilterField[]
  readonly rowKey: (row: Row) => string
  readonly rowTo?: (row: Row) => string
  readonly isDimmed?: (row: Row) => boolean
  readonly searchPlaceholder?: string
  /** Address for exports; without it the list cannot be exported. */
  readonly exportPath?: string
  /** Actions for the selected rows; without it rows cannot be selected. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** Shown when nothing exists yet: one sentence and the action that fills the list. */
  readonly empty: ReactNode
  readonly savedViews?: 'tabs' | 'none'
}

/** A list as every part of the product has it: views, filters, table, pages, export. */
export function ListView<Row extends object>(props: ListViewProps<Row>): ReactElement {
  const { list, columns } = props
  const { control, result } = list
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const chosen = control.columns?.join(',')
  const shown = useMemo(() => visibleColumns(columns, chosen?.split(',')), [columns, chosen])
  const rows = result.data?.items
  const selectedRows = (rows ?? []).filter((row) => selected.has(props.rowKey(row)))
  return (
    <div className={classes.list}>
      {props.savedViews === 'none' ? null : <SavedViewTabs list={list.name} />}
      <FilterBar control={control} fields={props.filters} placeholder={props.searchPlaceholder ?? 'Search'}>
        <ColumnChooser
          columns={columns}
          shown={shown}
          onChoose={(ids) => control.patch({ columns: ids?.join(',') }, 'replace')}
        />
        {props.exportPath === undefined ? null : <ExportMenu path={props.exportPath} query={list.query} />}
      </FilterBar>
      <ListRows {...props} columns={shown} selected={selected} onSelect={setSelected} />
      {selectedRows.length > 0 && props.bulk ? (
        <BulkBar count={selectedRows.length} onClear={() => setSelected(new Set())}>
          {props.bulk(selectedRows, () => setSelected(new Set()))}
        </BulkBar>
      ) : (
        <Pager control={control} shown={rows?.length ?? 0} total={list.total} />
      )}
    </div>
  )
}

interface ListRowsProps<Row extends object> extends ListViewProps<Row> {
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
}

/** The table, or why it could not be read. */
function ListRows<Row extends object>(props: ListRowsProps<Row>): ReactElement {
  const { list, rowTo, isDimmed, bulk, selected, onSelect } = props
  const { control, result } = list
  if (result.isError && result.data === undefined) {
    return (
      <div className={classes.failed}>
        <ErrorPanel error={result.error} onRetry={() => void result.refetch()}>
          {control.isFiltered ? <ClearButton control={control} /> : null}
        </ErrorPanel>
      </div>
    )
  }
  return (
    <DataTable
      label={props.label}
      columns={props.columns}
      rows={result.data?.items}
      rowKey={props.rowKey}
      order={control.order}
      defaultOrder={list.defaultOrder}
      onOrder={(order) => control.filter({ order })}
      isStale={result.isPlaceholderData}
      expectedRows={12}
      empty={control.isFiltered ? <NoResult control={control} fields={props.filters} /> : props.empty}
      {...(rowTo ? { rowTo } : {})}
      {...(isDimmed ? { isDimmed } : {})}
      {...(bulk ? { selected, onSelect } : {})}
    />
  )
}

interface BulkBarProps {
  readonly count: number
  readonly onClear: () => void
  readonly children: ReactNode
}

/** What can be done with the selected rows; takes the place of the pages. */
function BulkBar({ count, onClear, children }: BulkBarProps): ReactElement {
  return (
    <section className={classes.bulk} aria-label="Selected rows">
      <strong className="ts-num">{count} selected</strong>
      {children}
      <Button variant="subtle" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  )
}

function ClearButton({ control }: { readonly control: ListControl }): ReactElement {
  return (
    <Button variant="default" onClick={control.clearFilters}>
      Clear search and filters
    </Button>
  )
}

/** Names what excludes everything, so that the reader can judge which condition was wrong. */
function NoResult({
  control,
  fields,
}: {
  readonly control: ListControl
  readonly fields: readonly FilterField[]
}): ReactElement {
  const names = fields
    .filter((field) => Object.keys(readFilter(control.filters, field.name)).length > 0)
    .map(({ label }) => label)
  const search = control.q === '' ? [] : [`the search “${control.q}”`]
  const filters = names.length === 0 ? [] : [`the filter${names.length > 1 ? 's' : ''} ${names.join(', ')}`]
  const causes = [...search, ...filters].join(' and ')
  return (
    <EmptyNote action={<ClearButton control={control} />}>
      Nothing matches {causes === '' ? 'these conditions' : causes}.
    </EmptyNote>
  )
}
