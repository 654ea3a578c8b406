import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from 'react'
import { moved } from './arrangement.ts'
import classes from './OrderedRows.module.css'

export interface OrderedRowsProps<Item> {
  /** What is ordered, for screen readers: `Tests and sublists`. */
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly nameOf: (item: Item) => string
  /** First cell of a row; the number of the row unless given. */
  readonly positionOf?: (index: number) => string
  readonly children: (item: Item) => ReactNode
  readonly onChange: (items: readonly Item[]) => void
}

/**
 * Things in an order that matters. Up and down go from row to row, with Alt they take the row along; Delete removes it.
 * One stop of the Tab key for the rows; each has the same by buttons.
 */
export function OrderedRows<Item>(props: OrderedRowsProps<Item>): ReactElement {
  const { items, nameOf, onChange } = props
  const [current, setCurrent] = useState(0)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const focusable = Math.min(current, items.length - 1)

  const focusRow = (index: number): void => {
    setCurrent(index)
    // The row is at its new place only once it has been drawn there.
    requestAnimationFrame(() => {
      const row = list.current?.children[index]
      if (row instanceof HTMLElement) row.focus()
    })
  }
  const move = (from: number, to: number): void => {
    const item = items[from]
    if (item === undefined) return
    onChange(moved(items, from, to))
    setCurrent(to)
    setSaid(`${nameOf(item)} is now number ${to + 1} of ${items.length}.`)
  }
  const remove = (index: number): void => {
    const item = items[index]
    if (item === undefined) return
    onChange(items.toSpliced(index, 1))
    setSaid(`${nameOf(item)} removed.`)
    focusRow(Math.max(0, Math.min(index, items.length - 2)))
  }
  const step = (index: number, by: -1 | 1, takeAlong: boolean): void => {
    if (items[index + by] === undefined) return
    if (takeAlong) move(index, index + by)
    focusRow(index + by)
  }
  const onKey = (event: KeyboardEvent<HTMLLIElement>, index: number): void => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowDown') step(index, 1, event.altKey)
    else if (event.key === 'ArrowUp') step(index, -1, event.altKey)
    else if (event.key === 'Delete') remove(index)
    else return
    event.preventDefault()
  }
  return (
    <>
      <ol ref={list} className={classes.rows} aria-label={props.label}>
        {items.map((item, index) => (
          <li
            key={props.keyOf(item)}
            className={classes.row}
            tabIndex={index === focusable ? 0 : -1}
            onFocus={() => setCurrent(index)}
            onKeyDown={(event) => onKey(event, index)}
          >
            <span className={`${classes.position} ts-num`}>
              {props.positionOf?.(index) ?? String(index + 1)}
            </span>
            <div className={classes.content}>{props.children(item)}</div>
            <span className={classes.buttons}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Move ${nameOf(item)} up`}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                <IconArrowUp size={18} stroke={1.7} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Move ${nameOf(item)} down`}
                disabled={index === items.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <IconArrowDown size={18} stroke={1.7} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${nameOf(item)}`}
                onClick={() => remove(index)}
              >
                <IconX size={18} stroke={1.7} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      <p className="ts-hidden" role="status">
        {said}
      </p>
    </>
  )
}
