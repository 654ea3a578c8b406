import { ActionIcon, Autocomplete, Textarea, TextInput, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { WireFormField } from '../../../../src/dialects/native/dicom/generate.schema.ts'
import { newUid } from './field-values.ts'
import { PersonNameInput } from './PersonNameInput.tsx'
import { fieldId } from './use-generate-form.ts'

export interface FieldInputProps {
  readonly field: WireFormField
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (text: string) => void
}

const LONG_TEXT: ReadonlySet<string> = new Set(['LT', 'ST', 'UT'])
const WHOLE: ReadonlySet<string> = new Set(['IS', 'SL', 'SS', 'SV', 'UL', 'US', 'UV'])
const DECIMAL: ReadonlySet<string> = new Set(['DS', 'FL', 'FD'])

/** The control that suits a VR; what it cannot say is typed as in any field. */
export function FieldInput(props: FieldInputProps): ReactElement {
  const { field, value, problem, onChange } = props
  const common = {
    id: fieldId(field.keyword),
    label: field.name,
    description: describe(field),
    error: problem,
    value,
  }
  const onText = (event: { readonly currentTarget: { readonly value: string } }): void =>
    onChange(event.currentTarget.value)
  if (field.vr === 'PN') return <PersonNameInput {...props} description={describe(field)} />
  if (field.terms.length > 0) return <TermInput {...props} description={describe(field)} />
  if (field.several) return <TextInput {...common} onChange={onText} />
  if (LONG_TEXT.has(field.vr)) return <Textarea {...common} autosize minRows={2} onChange={onText} />
  switch (field.vr) {
    case 'DA':
      return <TextInput {...common} type="date" onChange={onText} />
    case 'TM':
      return <TextInput {...common} type="time" step={1} onChange={onText} />
    case 'DT':
      return <TextInput {...common} type="datetime-local" step={1} onChange={onText} />
    case 'UI':
      return (
        <TextInput {...common} onChange={onText} rightSection={<NewUid onMake={onChange} field={field} />} />
      )
    case 'CS':
      return <TextInput {...common} onChange={(event) => onChange(event.currentTarget.value.toUpperCase())} />
    case 'AS':
      return (
        <TextInput
          {...common}
          placeholder="045Y"
          onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
        />
      )
    default:
      return <TextInput {...common} inputMode={inputModeOf(field.vr)} onChange={onText} />
  }
}

function inputModeOf(vr: string): 'numeric' | 'decimal' | 'text' {
  if (WHOLE.has(vr)) return 'numeric'
  return DECIMAL.has(vr) ? 'decimal' : 'text'
}

/** Where it stands in the standard, and how several values are written. */
function describe({ tag, keyword, vr, vm, several, retired }: WireFormField): string {
  const parts = [`${keyword} ${tag} ${vr}`, ...(several ? [`${vm} values, a backslash between them`] : [])]
  return [...parts, ...(retired ? ['retired'] : [])].join(' · ')
}

function NewUid({
  field,
  onMake,
}: {
  readonly field: WireFormField
  readonly onMake: (uid: string) => void
}): ReactElement {
  return (
    <Tooltip label="Make a new UID">
      <ActionIcon aria-label={`Make a new UID for ${field.name}`} onClick={() => onMake(newUid())} size="sm">
        <IconRefresh size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  )
}

/** The terms of the standard, and any other one that the VR allows. */
function TermInput({
  field,
  value,
  problem,
  onChange,
  description,
}: FieldInputProps & { readonly description: string }): ReactElement {
  const meanings = new Map(field.terms.map((term) => [term.value, term.meaning]))
  return (
    <Autocomplete
      id={fieldId(field.keyword)}
      label={field.name}
      description={description}
      error={problem}
      value={value}
      data={field.terms.map((term) => term.value)}
      filter={({ options, search }) => {
        const sought = search.trim().toLowerCase()
        return options.filter(
          (option) =>
            'value' in option &&
            `${option.value} ${meanings.get(option.value) ?? ''}`.toLowerCase().includes(sought),
        )
      }}
      renderOption={({ option }) => (
        <span>
          <span className="ts-mono">{option.value}</span>{' '}
          <span className="ts-dim">{meanings.get(option.value)}</span>
        </span>
      )}
      onChange={(text) => onChange(text.toUpperCase())}
    />
  )
}
