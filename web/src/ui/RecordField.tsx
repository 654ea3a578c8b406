import { ColorInput, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { FieldMeta } from '../api/record-meta.ts'
import { NumberEntry } from './NumberEntry.tsx'
import { RecurrenceField } from './RecurrenceField.tsx'
import { ReferenceSelect, ReferencesSelect } from './ReferenceSelect.tsx'
import type { FormValue } from './record-values.ts'
import type { ReferenceOption } from './reference-source.ts'

export interface RecordFieldProps {
  readonly field: FieldMeta
  readonly value: FormValue
  readonly onChange: (value: FormValue) => void
  readonly onBlur: () => void
  readonly error: string | undefined
  readonly id: string
}

/** Widths by what is typed; help and problems below may be longer. */
const SHORT = { wrapper: { maxWidth: 260 } } as const
const MEDIUM = { wrapper: { maxWidth: 420 } } as const

interface Shared {
  readonly id: string
  readonly label: ReactNode
  readonly description: ReactNode
  readonly error: ReactNode
  readonly onBlur: () => void
}

/** One field of a form, by its declared kind: label above, help below, unit inside. */
export function RecordField({ field, value, onChange, onBlur, error, id }: RecordFieldProps): ReactElement {
  const label = (
    <>
      {field.label}
      {field.required ? <span className="ts-dim"> required</span> : null}
    </>
  )
  const shared: Shared = { id, label, description: field.help, error, onBlur }
  if (field.kind === 'boolean') {
    return (
      <Switch
        {...shared}
        label={field.label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (field.kind === 'reference') {
    const chosen = isOption(value) ? value : null
    return <ReferenceSelect {...shared} target={field.target ?? ''} value={chosen} onChange={onChange} />
  }
  if (field.kind === 'references') {
    const chosen = Array.isArray(value) ? value : []
    return <ReferencesSelect {...shared} target={field.target ?? ''} value={chosen} onChange={onChange} />
  }
  return (
    <TextualField
      field={field}
      shared={shared}
      text={typeof value === 'string' ? value : ''}
      onChange={onChange}
    />
  )
}

function isOption(value: FormValue): value is ReferenceOption {
  return typeof value === 'object' && value !== null && 'id' in value
}

interface TextualFieldProps {
  readonly field: FieldMeta
  readonly shared: Shared
  readonly text: string
  readonly onChange: (text: string) => void
}

function TextualField({ field, shared, text, onChange }: TextualFieldProps): ReactElement {
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'minutes':
      return (
        <NumberEntry
          {...shared}
          value={text}
          onChange={onChange}
          unit={field.unit ?? (field.kind === 'minutes' ? 'min' : undefined)}
          align="start"
          styles={SHORT}
        />
      )
    case 'day':
    case 'instant':
      return (
        <TextInput
          {...shared}
          type={field.kind === 'day' ? 'date' : 'datetime-local'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          styles={SHORT}
        />
      )
    case 'choice':
      return <ChoiceField field={field} shared={shared} text={text} onChange={onChange} />
    case 'long-text':
    case 'html':
    case 'code':
    case 'json':
      return <LongField field={field} shared={shared} text={text} onChange={onChange} />
    case 'recurrence':
      return <RecurrenceField {...shared} value={text} onChange={onChange} />
    case 'colour':
    case 'color':
      return (
        <ColorInput
          {...shared}
          format="rgba"
          withEyeDropper={false}
          value={text}
          onChange={onChange}
          styles={SHORT}
        />
      )
    default:
      return <LineField field={field} shared={shared} text={text} onChange={onChange} />
  }
}

function ChoiceField({ field, shared, text, onChange }: TextualFieldProps): ReactElement {
  return (
    <NativeSelect
      {...shared}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={MEDIUM}
    >
      {field.required && text !== '' ? null : (
        <option value="">{field.required ? 'Choose …' : 'None'}</option>
      )}
      {field.choices?.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </NativeSelect>
  )
}

function LineField({ field, shared, text, onChange }: TextualFieldProps): ReactElement {
  return (
    <TextInput
      {...shared}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      {...(field.kind === 'duration' ? { placeholder: '1:30:00', styles: SHORT } : {})}
      {...(field.unit === undefined ? {} : { rightSection: field.unit })}
    />
  )
}

function LongField({ field, shared, text, onChange }: TextualFieldProps): ReactElement {
  const isCode = field.kind === 'code' || field.kind === 'json'
  return (
    <Textarea
      {...shared}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={isCode ? 8 : 3}
      maxRows={24}
      spellCheck={!isCode}
      {...(isCode
        ? { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13.5 } } }
        : {})}
    />
  )
}
