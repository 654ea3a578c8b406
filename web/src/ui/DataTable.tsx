import { Checkbox } from '@mantine/core'
import { useTable } from '@tanstack/react-table'
import { type ReactElement, type ReactNode, useMemo, useRef, useState } from 'react'
import classes from './DataTable.module.css'
import { columnDefs, features, nextOrder, type TableColumn } from './data-table-model.ts'
import { SkeletonRows } from './SkeletonRows.tsx'
import { useShortcutHint } from './shortcuts.ts'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'
import { useRemainingHeight } from './use-remaining-height.ts'
import { useFrozenWidths, useRowWindow } from './use-row-window.ts'

const NO_ROWS: readonly never[] = []

export interface DataTableProps<Row extends object> {
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  /** `undefined` while the first page is read. */
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  /** Page of a row; the first column becomes its link, Enter and a click follow it. */
  readonly rowTo?: (row: Row) => string
  readonly order?: string
  readonly defaultOrder?: string
  readonly onOrder?: (order: string | undefined) => void
  /** Keys of the selected rows; without it rows cannot be selected. */
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
  /** Rows are those of the previous question while the next is read. */
  readonly isStale?: boolean
  /** How many rows to keep room for while loading. */
  readonly expectedRows?: number
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode
  /** Retired or voided rows are dimmed. */
  readonly isDimmed?: (row: Row) => boolean
}

/** The table of every list: sticky head, keyboard, selection, thousands of rows. Sorts nothing itself. */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactElement {
  const { columns, rows = NO_ROWS, selected, onSelect, rowTo, isDimmed } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const isSelectable = selected !== undefined && onSelect !== undefined
  useShortcutHint('up down', 'Go to the row above or below', 'List')
  useShortcutHint('enter', 'Open the row', 'List')
  useShortcutHint('space', 'Select the row', 'List')

  const definitions = useMemo(() => columnDefs(columns), [columns])
  const rowSelection = useMemo(
    () => Object.fromEntries([...(selected ?? [])].map((key) => [key, true as const])),
    [selected],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: props.rowKey,
    state: { rowSelection },
    onRowSelectionChange: (change) => {
      const next = typeof change === 'function' ? change(rowSelection) : change
      onSelect?.(new Set(Object.keys(next)))
    },
  })
  const model = table.getRowModel().rows
  const range = useRowWindow(model.length, scroller)
  const widths = useFrozenWidths(scroller, range.isWindowed, columns)
  const focusable = Math.min(current, Math.max(0, model.length - 1))

  useRemainingHeight(scroller)

  const goTo = (index: number): void => {
    const target = Math.min(model.length - 1, Math.max(0, index))
    setCurrent(target)
    range.scrollTo(target)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${target}"]`)?.focus(),
    )
  }
  const sortBy = (id: string): void =>
    props.onOrder?.(nextOrder(props.order ?? '', id, props.defaultOrder ?? ''))

  return (
    <div ref={scroller} className={classes.scroller} data-stale={props.isStale === true}>
      <table
        className={classes.table}
        aria-label={props.label}
        aria-rowcount={range.isWindowed ? model.length + 1 : undefined}
        style={widths === undefined ? undefined : { tableLayout: 'fixed' }}
      >
        <ColumnWidths widths={widths} />
        <TableHead
          columns={columns}
          order={props.order}
          onOrder={props.onOrder && sortBy}
          leading={
            isSelectable ? (
              <th className={classes.tick} scope="col">
                <Checkbox
                  aria-label="Select all rows of this page"
                  size="sm"
                  disabled={model.length === 0}
                  checked={model.length > 0 && table.getIsAllRowsSelected()}
                  indeterminate={table.getIsSomeRowsSelected()}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            ) : null
          }
        />
        {props.rows === undefined ? (
          <SkeletonRows count={props.expectedRows ?? 10} columns={columns.length + Number(isSelectable)} />
        ) : null}
        <tbody>
          <Spacer height={range.before} />
          {model.slice(range.from, range.to).map((row, offset) => (
            <TableRow
              key={row.id}
              row={row.original}
              columns={columns}
              index={range.from + offset}
              isFocusable={range.from + offset === focusable}
              isSelected={row.getIsSelected()}
              isDimmed={isDimmed?.(row.original) === true}
              isVirtual={range.isWindowed}
              to={rowTo?.(row.original)}
              onGoTo={goTo}
              onFocus={() => setCurrent(range.from + offset)}
              onToggle={isSelectable ? () => row.toggleSelected() : undefined}
            />
          ))}
          <Spacer height={range.after} />
        </tbody>
      </table>
      {props.rows !== undefined && model.length === 0 ? props.empty : null}
    </div>
  )
}

function ColumnWidths({ widths }: { readonly widths: readonly number[] | undefined }): ReactElement | null {
  if (widths === undefined) return null
  return (
    <colgroup>
      {widths.map((width, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by position here
        <col key={position} style={{ width }} />
      ))}
    </colgroup>
  )
}

/** Stands for the rows that are not in the document. */
function Spacer({ height }: { readonly height: number }): ReactElement | null {
  return height > 0 ? <tr style={{ height }} /> : null
}
