import { Chip, Group, Input, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { nextDueDays } from './recurrence-dates.ts'
import { formatRecurrence, parseRecurrence, type SimpleRecurrence, WEEKDAYS } from './recurrence-text.ts'
import { formatDay } from './site-time.ts'

export interface RecurrenceFieldProps {
  readonly id: string
  readonly label: ReactNode
  readonly description?: ReactNode
  readonly error?: ReactNode
  /** `DTSTART…\nRRULE…`, or empty for "never by itself". */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur: () => void
}

const FREQUENCIES = [
  { value: '', label: 'No rule' },
  { value: 'DAILY', label: 'days' },
  { value: 'WEEKLY', label: 'weeks' },
  { value: 'MONTHLY', label: 'months' },
  { value: 'YEARLY', label: 'years' },
  { value: 'TEXT', label: 'as RFC 5545 text' },
]

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** How often something falls due: the usual rules by choosing, all others as text. */
export function RecurrenceField(props: RecurrenceFieldProps): ReactElement {
  const { value, onChange } = props
  const simple = parseRecurrence(value)
  const [isText, setText] = useState(simple === undefined && value !== '')
  const change = (changes: Partial<SimpleRecurrence>): void => {
    const base: SimpleRecurrence = simple ?? { start: today(), frequency: 'DAILY', interval: 1, weekdays: [] }
    onChange(formatRecurrence({ ...base, ...changes }, value))
  }
  const chooseFrequency = (chosen: string): void => {
    setText(chosen === 'TEXT')
    if (chosen === '') onChange('')
    else if (chosen !== 'TEXT') change({ frequency: asFrequency(chosen), weekdays: [] })
  }
  return (
    <Input.Wrapper
      label={props.label}
      description={props.description}
      error={props.error}
      labelElement="div"
      onBlur={props.onBlur}
    >
      <Group gap={8} align="center" wrap="wrap">
        <span className="ts-dim">every</span>
        <TextInput
          aria-label="Interval"
          w={64}
          inputMode="numeric"
          disabled={isText || simple === undefined}
          value={simple === undefined ? '' : String(simple.interval)}
          onChange={(event) =>
            change({ interval: Math.max(1, Number.parseInt(event.currentTarget.value, 10) || 1) })
          }
        />
        <NativeSelect
          id={props.id}
          aria-label="Unit of the interval"
          data={FREQUENCIES}
          value={isText ? 'TEXT' : (simple?.frequency ?? '')}
          onChange={(event) => chooseFrequency(event.currentTarget.value)}
        />
        <span className="ts-dim">from</span>
        <TextInput
          aria-label="First day"
          type="date"
          disabled={isText || simple === undefined}
          value={simple?.start ?? ''}
          onChange={(event) => change({ start: event.currentTarget.value || today() })}
        />
      </Group>
      {simple?.frequency === 'WEEKLY' && !isText ? (
        <Chip.Group
          multiple
          value={[...simple.weekdays]}
          onChange={(weekdays) => change({ weekdays: inOrder(weekdays) })}
        >
          <Group gap={4} mt={8}>
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={day} size="sm">
                {day}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      ) : null}
      {simple === undefined || isText ? null : <NextDays recurrence={simple} />}
      {isText ? (
        <Textarea
          mt={8}
          aria-label="Rule as RFC 5545 text"
          autosize
          minRows={2}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13.5 } }}
        />
      ) : null}
    </Input.Wrapper>
  )
}

const SHOWN_DAYS = 5

/** What the rule means, before it is saved. */
function NextDays({ recurrence }: { readonly recurrence: SimpleRecurrence }): ReactElement {
  const days = nextDueDays(recurrence, today(), SHOWN_DAYS)
  return (
    <p className="ts-dim" aria-live="polite" style={{ margin: '8px 0 0', fontSize: 13.5 }}>
      {days.length === 0 ? 'No due date in the next years' : `Next due: ${days.map(shownDay).join(', ')} …`}
    </p>
  )
}

function shownDay(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).toLocaleDateString(undefined, {
    weekday: 'short',
    timeZone: 'UTC',
  })
  return `${weekday} ${formatDay(day)}`
}

function asFrequency(text: string): SimpleRecurrence['frequency'] {
  return text === 'WEEKLY' || text === 'MONTHLY' || text === 'YEARLY' ? text : 'DAILY'
}

function inOrder(days: readonly string[]): readonly string[] {
  return WEEKDAYS.filter((day) => days.includes(day))
}
