import { Checkbox, MultiSelect, NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Json } from '../../../../src/dialects/native/research/research.schema.ts'
import { unitSign } from '../../api/research/info-text.ts'
import { type InfoField, isObject } from '../../api/research/schema-fields.ts'
import { NumberEntry } from '../../ui/NumberEntry.tsx'
import type { InfoFieldProps, SharedProps } from './info-form-context.ts'
import { QuantityEntry, RangeEntry } from './QuantityEntry.tsx'
import classes from './research.module.css'

/** One field by its kind: label above, help below it, unit inside, problem underneath. */
export function InfoFieldControl(props: InfoFieldProps): ReactElement {
  const { field, pointer, context } = props
  const shared: SharedProps = {
    id: context.idOf(pointer),
    label: (
      <>
        {field.label}
        {field.required ? <span className="ts-dim"> required</span> : null}
      </>
    ),
    description: helpOf(field),
    error: context.problems.get(pointer),
    onBlur: context.onLeave,
  }
  return <div className={isWide(field) ? classes.wide : undefined}>{controlOf(props, shared)}</div>
}

function isWide({ kind }: InfoField): boolean {
  return kind === 'longtext' || kind === 'markdown' || kind === 'series' || kind === 'file'
}

function helpOf({ help, minimum, maximum }: InfoField): string | undefined {
  const limits = [
    minimum === undefined || minimum === 0 ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
  ].filter(Boolean)
  return [help, limits.join(', ')].filter(Boolean).join(' ') || undefined
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
}

function controlOf(props: InfoFieldProps, shared: SharedProps): ReactElement {
  const { field, value, onChange } = props
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
  switch (field.kind) {
    case 'number':
    case 'integer':
      return (
        <NumberEntry
          {...shared}
          value={text}
          onChange={onChange}
          align="start"
          unit={field.units[0] === undefined ? undefined : unitSign(field.units[0])}
        />
      )
    case 'quantity':
    case 'duration':
      return <QuantityEntry {...props} shared={shared} />
    case 'range':
      return <RangeEntry {...props} shared={shared} />
    case 'boolean':
      return <BooleanChoice shared={shared} value={value} onChange={onChange} />
    case 'choice':
      return <ChoiceEntry {...props} shared={shared} text={text} />
    case 'multichoice':
    case 'hazard':
      return <ChoicesEntry {...props} shared={shared} />
    case 'longtext':
    case 'markdown':
      return <LongEntry shared={shared} text={text} onChange={onChange} />
    case 'date':
    case 'time':
      return <DateEntry shared={shared} kind={field.kind} text={text} onChange={onChange} />
    case 'series':
    case 'file':
      return <JsonEntry shared={shared} value={value} onChange={onChange} />
    default:
      if (field.vocabulary !== undefined) return <ChoiceEntry {...props} shared={shared} text={text} />
      return (
        <TextInput
          {...shared}
          value={text}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

interface TextProps {
  readonly shared: SharedProps
  readonly text: string
  readonly onChange: (value: Json) => void
}

function LongEntry({ shared, text, onChange }: TextProps): ReactElement {
  return (
    <Textarea
      {...shared}
      value={text}
      autosize
      minRows={2}
      maxRows={16}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A text that is no day, as other sites have sent it, is shown as it is: a picker would hide it. */
function DateEntry({ shared, kind, text, onChange }: TextProps & { readonly kind: string }): ReactElement {
  const fits = text === '' || (kind === 'date' ? /^\d{4}-\d\d-\d\d$/ : /^\d\d:\d\d/).test(text)
  return (
    <TextInput
      {...shared}
      type={fits ? (INPUT_TYPES[kind] ?? 'text') : 'text'}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

interface BooleanProps {
  readonly shared: SharedProps
  readonly value: Json | undefined
  readonly onChange: (value: Json) => void
}

/** Not answered is an answer of its own. */
function BooleanChoice({ shared, value, onChange }: BooleanProps): ReactElement {
  return (
    <NativeSelect
      {...shared}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')
      }
    >
      <option value="">Not stated</option>
      <option value="true">Yes</option>
      <option value="false">No</option>
    </NativeSelect>
  )
}

type SharedField = InfoFieldProps & { readonly shared: SharedProps }

function optionsOf({ field, context }: InfoFieldProps): { value: string; label: string }[] {
  const terms = field.vocabulary === undefined ? undefined : context.vocabularies.get(field.vocabulary)?.terms
  if (terms !== undefined) return terms.map(({ code, label }) => ({ value: code, label }))
  return field.choices.map((value) => ({ value, label: value }))
}

function ChoiceEntry(props: SharedField & { readonly text: string }): ReactElement {
  const options = optionsOf(props)
  const { text } = props
  // a value that the list no longer has stays visible, and is judged by the server
  const data =
    text === '' || options.some(({ value }) => value === text)
      ? options
      : [...options, { value: text, label: text }]
  return (
    <Select
      {...props.shared}
      data={data}
      value={text === '' ? null : text}
      onChange={(value) => props.onChange(value)}
      searchable={data.length > 8}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${props.field.label}` }}
    />
  )
}

function ChoicesEntry(props: SharedField): ReactElement {
  const { value } = props
  const chosen = Array.isArray(value) ? value.map(String) : []
  const options = optionsOf(props)
  if (options.length > 0 && options.length <= 4)
    return (
      <Checkbox.Group {...props.shared} value={chosen} onChange={(values) => props.onChange(values)}>
        <div className={classes.inline}>
          {options.map((option) => (
            <Checkbox key={option.value} {...option} />
          ))}
        </div>
      </Checkbox.Group>
    )
  return (
    <MultiSelect
      {...props.shared}
      data={options}
      value={chosen}
      onChange={(values) => props.onChange(values)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${props.field.label}` }}
    />
  )
}

/** Kinds that have no control of their own are written as JSON. */
function JsonEntry({ shared, value, onChange }: BooleanProps): ReactElement {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  const read = (typed: string): Json => {
    try {
      const parsed: unknown = JSON.parse(typed)
      return isObject(parsed) || Array.isArray(parsed) ? (parsed as Json) : typed
    } catch {
      return typed // not yet complete: kept as typed, and judged when it is sent
    }
  }
  return (
    <Textarea
      {...shared}
      value={text}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      onChange={(event) => onChange(read(event.currentTarget.value))}
    />
  )
}
