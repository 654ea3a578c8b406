import type { ReactElement } from 'react'
import type { FieldKind, FieldMeta } from '../api/record-meta.ts'
import { AppLink } from './AppLink.tsx'
import { Num } from './Num.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import { describeRecurrence } from './recurrence-text.ts'
import { type ReferenceOption, useReferenceSource } from './reference-source.ts'
import { formatDay, formatDuration } from './site-time.ts'

export interface FieldValueProps {
  readonly field: FieldMeta
  readonly value: unknown
  /** In a table cell there is one line and no links inside links. */
  readonly place?: 'cell' | 'page'
}

const NOTHING = <span className="ts-dim">–</span>

/** A stored value of any declared kind, to be read. */
export function FieldValue({ field, value, place = 'page' }: FieldValueProps): ReactElement {
  if (value === null || value === undefined || value === '') return NOTHING
  const Shown = SHOWN[field.kind] ?? TextValue
  return <Shown field={field} value={value} place={place} />
}

function NumberValue({ field, value, place }: Required<FieldValueProps>): ReactElement {
  return typeof value === 'number' ? (
    <Num value={value} {...unitAt(field, place)} />
  ) : (
    <TextValue field={field} value={value} place={place} />
  )
}

/** How each kind is shown; what is not listed is text. */
const SHOWN: Partial<Record<FieldKind, (props: Required<FieldValueProps>) => ReactElement>> = {
  integer: NumberValue,
  number: NumberValue,
  decimal: NumberValue,
  minutes: NumberValue,
  boolean: ({ value }) => (
    <span className={value === true ? '' : 'ts-dim'}>{value === true ? 'Yes' : 'No'}</span>
  ),
  day: ({ value }) => <time dateTime={String(value)}>{formatDay(String(value))}</time>,
  instant: ({ value, place }) => (
    <RelativeTime at={String(value)} hint={place === 'cell' ? 'tooltip' : 'beside'} />
  ),
  duration: ({ value }) => (
    <span className="ts-num">{typeof value === 'number' ? formatDuration(value) : String(value)}</span>
  ),
  choice: ({ field, value }) => (
    <span>{field.choices?.find((choice) => choice.value === value)?.label ?? String(value)}</span>
  ),
  reference: ({ field, value, place }) => (
    <ReferenceValue options={[value]} target={field.target ?? ''} place={place} />
  ),
  references: ({ field, value, place }) => (
    <ReferenceValue options={[value].flat()} target={field.target ?? ''} place={place} />
  ),
  recurrence: ({ value }) => <span>{describeRecurrence(String(value))}</span>,
}

/** In a column the head names the unit. */
function unitAt(field: FieldMeta, place: 'cell' | 'page'): { unit?: string } {
  return place === 'page' && field.unit !== undefined ? { unit: field.unit } : {}
}

function isOption(value: unknown): value is ReferenceOption {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value
}

interface ReferenceValueProps {
  readonly options: readonly unknown[]
  readonly target: string
  readonly place: 'cell' | 'page'
}

function ReferenceValue({ options, target, place }: ReferenceValueProps): ReactElement {
  const source = useReferenceSource()
  const known = options.filter(isOption)
  if (known.length === 0) return NOTHING
  if (place === 'cell') return <>{known.map(({ label }) => label).join(', ')}</>
  return (
    <>
      {known.map(({ id, label }, index) => {
        const to = source.pathOf(target, id)
        return (
          <span key={id}>
            {index > 0 ? ', ' : null}
            {to === undefined ? label : <AppLink to={to}>{label}</AppLink>}
          </span>
        )
      })}
    </>
  )
}

function TextValue({ field, value, place }: Required<FieldValueProps>): ReactElement {
  const text = typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
  if (field.kind === 'colour' || field.kind === 'color') {
    return (
      <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
        <span
          style={{ width: 14, height: 14, borderRadius: 3, background: text, border: 'var(--ts-hairline)' }}
        />
        <span className="ts-mono">{text}</span>
      </span>
    )
  }
  if (place === 'cell') return <span className={isCode(field) ? 'ts-mono' : ''}>{text}</span>
  const isLong = field.kind === 'long-text' || field.kind === 'html'
  if (isCode(field)) return <pre style={{ margin: 0, fontSize: 13.5, whiteSpace: 'pre-wrap' }}>{text}</pre>
  return <span style={isLong ? { whiteSpace: 'pre-wrap' } : {}}>{text}</span>
}

function isCode({ kind }: FieldMeta): boolean {
  return kind === 'code' || kind === 'json'
}
