import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import classes from './EntryRows.module.css'
import { useShortcutHint } from './shortcuts.ts'

/**
 * Rows of inputs that are worked through by keyboard: Enter and Down go to the next input, Up to the one
 * before, whatever kind it is. Every input that takes part carries `data-entry`, or stands inside an
 * element that does.
 */
export function EntryRows({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}): ReactElement {
  useShortcutHint('enter down', 'Go to the next input', 'Entering')
  useShortcutHint('up', 'Go to the input before', 'Entering')
  useShortcutHint('y n', 'Answer yes or no', 'Entering')
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const step = stepOf(event)
    if (step === 0 || event.defaultPrevented) return
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')]
    const here = stops.findIndex((stop) => stop.contains(document.activeElement))
    if (here === -1) return
    event.preventDefault()
    focusStop(stops[here + step])
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as rows of one grid
    <div role="group" aria-label={label} className={classes.rows} onKeyDown={onKey}>
      {children}
    </div>
  )
}

function stepOf(event: KeyboardEvent): number {
  if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return 0
  const target = event.target
  // In long text, lists and buttons these keys have a meaning of their own.
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return 0
  const isButton = target instanceof HTMLButtonElement && target.getAttribute('role') !== 'radio'
  if (event.key === 'ArrowDown') return 1
  if (event.key === 'ArrowUp') return -1
  return event.key === 'Enter' && !isButton ? (event.shiftKey ? -1 : 1) : 0
}

function focusStop(stop: HTMLElement | undefined): void {
  if (stop === undefined) return
  const isControl = stop.matches('input, textarea, select, button')
  const target = isControl
    ? stop
    : firstOf(stop, ['input:not([type="file"])', 'textarea', '[tabindex="0"]', 'button'])
  target?.focus()
  if (target instanceof HTMLInputElement) target.select()
  target?.scrollIntoView({ block: 'nearest' })
}

/** The first kind of control that is there: in a group of answers the chosen one carries the tab stop. */
function firstOf(stop: HTMLElement, selectors: readonly string[]): HTMLElement | undefined {
  for (const selector of selectors) {
    const found = stop.querySelector<HTMLElement>(selector)
    if (found !== null) return found
  }
  return undefined
}

export interface EntryRowProps {
  readonly number?: number
  readonly name: ReactNode
  readonly unit?: string | undefined
  /** The control; give it or an element around it `data-entry`. */
  readonly input: ReactNode
  readonly reference?: ReactNode
  readonly difference?: ReactNode
  readonly trend?: ReactNode
  readonly status: ReactNode
  /** Small buttons: skip, comment, chart. */
  readonly actions?: ReactNode
  /** Opens under the row: comment, problem, interim values. */
  readonly below?: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
}

/** One row of a performing or entry page. Fixed columns and height: results appear without moving anything. */
export function EntryRow(props: EntryRowProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the row's own input, such as s and c
    <div className={classes.row} onKeyDown={props.onKeyDown}>
      <div className={classes.number}>{props.number}</div>
      <div className={classes.name}>{props.name}</div>
      <div className={classes.unit}>{props.unit}</div>
      <div className={classes.input}>{props.input}</div>
      <div className={classes.reference}>{props.reference}</div>
      <div className={classes.difference}>{props.difference}</div>
      <div className={classes.trend}>{props.trend}</div>
      <div className={classes.status} aria-live="polite">
        {props.status}
      </div>
      <div className={classes.actions}>{props.actions}</div>
      {props.below === undefined || props.below === null ? null : (
        <div className={classes.below}>{props.below}</div>
      )}
    </div>
  )
}
