import { Button, Checkbox, Group, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import classes from './FilterBar.module.css'
import {
  choiceFilter,
  chosenValues,
  describeFilter,
  type FilterField,
  type FilterValue,
  periodDays,
  periodFilter,
} from './filters.ts'
import { ReferencesSelect } from './ReferenceSelect.tsx'
import { type ReferenceOption, useReferenceSource } from './reference-source.ts'
import { useSiteZone } from './site.ts'

export interface FilterChipProps {
  readonly field: FilterField
  readonly value: FilterValue
  readonly onChange: (value: FilterValue) => void
  /** Opens at once, when it has just been added. */
  readonly startsOpen?: boolean
}

/** One filter: its name and value, opening to change it, with a cross to take it away. */
export function FilterChip({ field, value, onChange, startsOpen = false }: FilterChipProps): ReactElement {
  const [isOpen, setOpen] = useState(startsOpen)
  const zone = useSiteZone()
  const chosen = useChosen(field, value)
  const isActive = Object.keys(value).length > 0
  const labelOf = (id: string): string =>
    field.choices?.find((choice) => choice.value === id)?.label ??
    chosen.find((option) => String(option.id) === id)?.label ??
    '…'
  const apply = (next: FilterValue): void => {
    onChange(next)
    setOpen(false)
  }
  return (
    <span className={classes.chip} data-active={isActive}>
      <Popover opened={isOpen} onChange={setOpen} width={300} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.chipButton}
            onClick={() => setOpen(!isOpen)}
            aria-haspopup="dialog"
          >
            {field.label}
            {isActive ? (
              <span className={classes.chipValue}>: {describeFilter(field, value, zone, labelOf)}</span>
            ) : (
              <IconChevronDown size={14} aria-hidden="true" />
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={`Filter by ${field.label}`}>
          <FilterEditor
            field={field}
            value={value}
            chosen={chosen}
            zone={zone}
            onApply={apply}
            onChange={onChange}
          />
        </Popover.Dropdown>
      </Popover>
      {isActive ? (
        <button
          type="button"
          className={classes.chipClear}
          aria-label={`Remove filter ${field.label}`}
          onClick={() => onChange({})}
        >
          <IconX size={14} aria-hidden="true" />
        </button>
      ) : null}
    </span>
  )
}

/** Titles of the referenced rows that stand in the address as ids. */
function useChosen(field: FilterField, value: FilterValue): readonly ReferenceOption[] {
  const source = useReferenceSource()
  const ids = chosenValues(value).map(Number).filter(Number.isInteger)
  const target = field.kind === 'reference' ? field.target : undefined
  const { data } = useQuery({
    queryKey: ['reference', target, 'ids', ids],
    queryFn: ({ signal }) => source.byIds(target ?? '', ids, signal),
    enabled: target !== undefined && ids.length > 0,
    staleTime: 60_000,
  })
  return data ?? []
}

interface EditorProps {
  readonly field: FilterField
  readonly value: FilterValue
  readonly chosen: readonly ReferenceOption[]
  readonly zone: string
  /** Applies and closes. */
  readonly onApply: (value: FilterValue) => void
  /** Applies and stays open for more. */
  readonly onChange: (value: FilterValue) => void
}

function FilterEditor(props: EditorProps): ReactElement {
  switch (props.field.kind) {
    case 'boolean':
      return <BooleanEditor {...props} />
    case 'choice':
      return <ChoiceEditor {...props} />
    case 'reference':
      return <ReferenceEditor {...props} />
    case 'day':
    case 'instant':
      return <PeriodEditor {...props} />
    case 'number':
      return <TextsEditor {...props} inputs={NUMBER_INPUTS} />
    case 'text':
      return <TextsEditor {...props} inputs={TEXT_INPUTS} />
  }
}

const NUMBER_INPUTS = [
  { comparison: 'gte', label: 'From' },
  { comparison: 'lte', label: 'To' },
] as const
const TEXT_INPUTS = [{ comparison: 'icontains', label: 'Contains' }] as const

function BooleanEditor({ value, onApply, field }: EditorProps): ReactElement {
  return (
    <SegmentedControl
      fullWidth
      aria-label={field.label}
      value={value[''] ?? 'any'}
      data={[
        { value: 'any', label: 'Any' },
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]}
      onChange={(chosen) => onApply(chosen === 'any' ? {} : { '': chosen })}
    />
  )
}

function ChoiceEditor({ field, value, onChange }: EditorProps): ReactElement {
  return (
    <Checkbox.Group
      label={field.label}
      value={[...chosenValues(value)]}
      onChange={(values) => onChange(choiceFilter(values))}
    >
      <Stack gap={8} mt={8}>
        {field.choices?.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function ReferenceEditor({ field, chosen, onChange }: EditorProps): ReactElement {
  const [values, setValues] = useState(chosen)
  const choose = (next: readonly ReferenceOption[]): void => {
    setValues(next)
    onChange(choiceFilter(next.map(({ id }) => String(id))))
  }
  return (
    <ReferencesSelect
      target={field.target ?? ''}
      label={field.label}
      value={values}
      onChange={choose}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function PeriodEditor({ field, value, zone, onApply }: EditorProps): ReactElement {
  const kind = field.kind === 'instant' ? 'instant' : 'day'
  const [initialFrom, initialTo] = periodDays(kind, value, zone)
  const [from, setFrom] = useState(initialFrom)
  const [to, setTo] = useState(initialTo)
  const isBackwards = from !== '' && to !== '' && from > to
  return (
    <EditorForm onApply={() => !isBackwards && onApply(periodFilter(kind, from, to, zone))}>
      <TextInput
        type="date"
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="To"
        value={to}
        error={isBackwards ? 'Before the first day' : undefined}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </EditorForm>
  )
}

interface TextsEditorProps extends EditorProps {
  readonly inputs: readonly { readonly comparison: string; readonly label: string }[]
}

function TextsEditor({ field, value, inputs, onApply }: TextsEditorProps): ReactElement {
  const [texts, setTexts] = useState<FilterValue>(value)
  return (
    <EditorForm onApply={() => onApply(texts)}>
      {inputs.map(({ comparison, label }) => (
        <TextInput
          key={comparison}
          label={label}
          value={texts[comparison] ?? ''}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          onChange={(event) =>
            setTexts({ ...texts, [comparison]: decimalPoint(field, event.currentTarget.value) })
          }
        />
      ))}
    </EditorForm>
  )
}

function EditorForm({
  children,
  onApply,
}: {
  readonly children: React.ReactNode
  readonly onApply: () => void
}): ReactElement {
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    onApply()
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={12}>
        {children}
        <Group justify="flex-end">
          <Button type="submit">Apply</Button>
        </Group>
      </Stack>
    </form>
  )
}

function decimalPoint(field: FilterField, text: string): string {
  return field.kind === 'number' ? text.replace(',', '.') : text
}
