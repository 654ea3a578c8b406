import { Checkbox } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { KeyboardEvent, MouseEvent, ReactElement } from 'react'
import { AppLink } from './AppLink.tsx'
import { insideApp, isPlainClick } from './app-path.ts'
import classes from './DataTable.module.css'
import type { TableColumn } from './data-table-model.ts'

export interface TableRowProps<Row> {
  readonly index: number
  readonly row: Row
  readonly columns: readonly TableColumn<Row>[]
  readonly isFocusable: boolean
  readonly isSelected: boolean
  readonly isDimmed: boolean
  readonly isVirtual: boolean
  readonly to: string | undefined
  readonly onGoTo: (index: number) => void
  readonly onFocus: () => void
  readonly onToggle: (() => void) | undefined
}

/** How far a key moves; the table stops at its ends. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** One row: reached by arrows, opened by Enter or a click, selected by the space bar. */
export function TableRow<Row>(props: TableRowProps<Row>): ReactElement {
  const router = useRouter()
  const { index, to } = props
  const open = (): void => {
    if (to !== undefined) void router.navigate({ href: insideApp(to) })
  }
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget) return
    const step = STEPS[event.key]
    if (step !== undefined) props.onGoTo(index + step)
    else if (event.key === 'Enter') open()
    else if (event.key === ' ') props.onToggle?.()
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent<HTMLTableRowElement>): void => {
    const isOnControl =
      event.target instanceof Element && event.target.closest('a, button, input, label') !== null
    const isSelectingText = globalThis.getSelection()?.isCollapsed === false
    if (!isOnControl && !isSelectingText && isPlainClick(event)) open()
  }
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-selected={props.isSelected}
      data-dimmed={props.isDimmed}
      data-link={to !== undefined}
      tabIndex={props.isFocusable ? 0 : -1}
      aria-rowindex={props.isVirtual ? index + 2 : undefined}
      onKeyDown={onKey}
      onFocus={props.onFocus}
      onClick={onClick}
    >
      {props.onToggle === undefined ? null : (
        <td className={classes.tick}>
          <Checkbox
            aria-label={`Select row ${index + 1}`}
            size="sm"
            tabIndex={-1}
            checked={props.isSelected}
            onChange={props.onToggle}
          />
        </td>
      )}
      {props.columns.map((column, position) => (
        <td key={column.id} data-align={column.align}>
          {position === 0 && to !== undefined ? (
            <AppLink to={insideApp(to)} tabIndex={-1} className={classes.title}>
              {column.cell(props.row)}
            </AppLink>
          ) : (
            column.cell(props.row)
          )}
        </td>
      ))}
    </tr>
  )
}
