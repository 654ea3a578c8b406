import type { KeyboardEvent, ReactElement } from 'react'
import type { WireProgramCalendar } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { daysSinceMonday, weekdayNames } from './month.ts'
import classes from './program.module.css'

type ProgramDay = WireProgramCalendar['days'][number]

export interface CalendarGridProps {
  readonly days: readonly ProgramDay[]
  readonly today: string
  readonly chosen: string | undefined
  readonly onChoose: (day: string) => void
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** The days of a month as weeks; arrows move between them, Enter opens one. */
export function CalendarGrid({ days, today, chosen, onChoose }: CalendarGridProps): ReactElement {
  const lead = daysSinceMonday(days[0]?.day ?? today)
  const move = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const step = STEPS[event.key]
    const target = step === undefined ? undefined : days[index + step]
    if (target === undefined) return
    event.preventDefault()
    document.getElementById(`day-${target.day}`)?.focus()
  }
  const focusable = chosen ?? (days.some(({ day }) => day === today) ? today : days[0]?.day)
  return (
    <div className={classes.calendar}>
      {weekdayNames().map((name) => (
        <span key={name} className={classes.weekday}>
          {name}
        </span>
      ))}
      <Blanks count={lead} place="before" />
      {days.map((day, index) => (
        <button
          key={day.day}
          id={`day-${day.day}`}
          type="button"
          className={classes.day}
          data-today={day.day === today}
          aria-pressed={day.day === chosen}
          tabIndex={day.day === focusable ? 0 : -1}
          onKeyDown={(event) => move(event, index)}
          onClick={() => onChoose(day.day)}
        >
          <span className={classes.dayNumber} aria-hidden="true">
            {Number(day.day.slice(8))}
          </span>
          <span className="ts-hidden">{describeDay(day)}</span>
          <span className={classes.marks} aria-hidden="true">
            <Mark token="late" count={day.overdue} word="overdue" />
            <Mark token="todo" count={day.due} word="due" />
            <Mark token="ok" count={day.done} word="done" />
            <Mark token="none" count={day.planned} word="planned" />
          </span>
        </button>
      ))}
      <Blanks count={(7 - ((lead + days.length) % 7)) % 7} place="after" />
    </div>
  )
}

/** Places of the first and the last week that belong to other months. */
function Blanks({ count, place }: { readonly count: number; readonly place: string }): ReactElement[] {
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: nothing tells one from another
    <span key={`${place} ${index}`} className={classes.blank} />
  ))
}

interface MarkProps {
  readonly token: 'late' | 'todo' | 'ok' | 'none'
  readonly count: number
  readonly word: string
}

function Mark({ token, count, word }: MarkProps): ReactElement | null {
  if (count === 0) return null
  return (
    <span className={classes.mark}>
      <StatusIcon token={token} size={13} />
      {count} <span className={classes.markWord}>{word}</span>
    </span>
  )
}

function describeDay({ day, done, unreviewed, due, overdue, planned }: ProgramDay): string {
  const parts = [
    [overdue, 'overdue'],
    [due, 'due'],
    [done, 'done'],
    [unreviewed, 'unreviewed'],
    [planned, 'planned'],
  ] as const
  const said = parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
  return `${formatDay(day)}: ${said.join(', ') || 'nothing'}`
}
