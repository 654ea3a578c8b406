import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'
import classes from './DataTable.module.css'
import type { TableColumn } from './data-table-model.ts'

export interface TableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly order: string | undefined
  readonly onOrder: ((id: string) => void) | undefined
  /** A head cell before the first column. */
  readonly leading: ReactNode
}

type Direction = 'ascending' | 'descending' | 'none'

function directionOf(order: string | undefined, id: string): Direction {
  const first = order?.split(',')[0]
  if (first === id) return 'ascending'
  return first === `-${id}` ? 'descending' : 'none'
}

/** The head of a table: names, units, and the order by which the server sorted. */
export function TableHead<Row>({ columns, order, onOrder, leading }: TableHeadProps<Row>): ReactElement {
  return (
    <thead>
      <tr>
        {leading}
        {columns.map((column) => {
          const direction = directionOf(order, column.id)
          const isSortable = onOrder !== undefined && column.sortable === true
          const name = (
            <>
              {column.header}
              {column.unit === undefined ? null : <span className={classes.unit}> {column.unit}</span>}
            </>
          )
          return (
            <th
              key={column.id}
              scope="col"
              data-align={column.align}
              style={column.width === undefined ? undefined : { width: column.width }}
              aria-sort={isSortable ? direction : undefined}
            >
              {isSortable ? (
                <button type="button" className={classes.sort} onClick={() => onOrder(column.id)}>
                  {name}
                  <span className={classes.arrow} data-direction={direction} aria-hidden="true">
                    {direction === 'descending' ? <IconArrowDown size={14} /> : <IconArrowUp size={14} />}
                  </span>
                </button>
              ) : (
                name
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
