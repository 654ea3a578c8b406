import { type ColumnDef, createColumnHelper, rowSelectionFeature, tableFeatures } from '@tanstack/react-table'
import type { ReactNode } from 'react'

/** A column of a list. */
export interface TableColumn<Row> {
  /** Also the name in the address and, for sorting, the path on the server. */
  readonly id: string
  readonly header: string
  /** Shown small in the head; cells then hold numbers alone. */
  readonly unit?: string
  readonly cell: (row: Row) => ReactNode
  /** `end` for numbers. */
  readonly align?: 'start' | 'end'
  readonly sortable?: boolean
  /** Pixels; without it the content decides. */
  readonly width?: number
  /** Not shown until chosen. */
  readonly hidden?: boolean
}

export const features = tableFeatures({ rowSelectionFeature })
export type ListFeatures = typeof features

/** The columns as TanStack Table wants them; cells keep their own function. */
export function columnDefs<Row extends object>(
  columns: readonly TableColumn<Row>[],
): ColumnDef<ListFeatures, Row>[] {
  const helper = createColumnHelper<ListFeatures, Row>()
  return columns.map((column) =>
    helper.display({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) }),
  )
}

/** Which columns are shown: those chosen, or the list's own. The first one always is, it carries the link. */
export function visibleColumns<Row>(
  columns: readonly TableColumn<Row>[],
  chosen: readonly string[] | undefined,
): readonly TableColumn<Row>[] {
  const known = columns.filter((column, index) =>
    chosen === undefined ? column.hidden !== true : index === 0 || chosen.includes(column.id),
  )
  return known.length === 0 ? columns.slice(0, 1) : known
}

/** The order after a click on a head: ascending, descending, then the list's own again. */
export function nextOrder(current: string, id: string, defaultOrder: string): string | undefined {
  if (current === id) return `-${id}`
  if (current === `-${id}`) return defaultOrder === `-${id}` ? id : undefined
  return id
}
