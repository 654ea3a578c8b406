import type { ReactElement } from 'react'
import type { WireParameter } from '../../../../src/dialects/native/quality/catalogue.schema.ts'
import { EditChoice, EditTexts } from './EditChoice.tsx'
import { EditField } from './EditField.tsx'

export interface ParameterFieldProps {
  readonly parameter: WireParameter
  readonly value: string | readonly string[]
  readonly onSave: (value: string | readonly string[]) => Promise<void>
}

/** The field that fits the kind of a parameter. Secrets come masked, and only a new one is sent. */
export function ParameterField({ parameter, value, onSave }: ParameterFieldProps): ReactElement {
  const { name, kind, values, unit, mandatory } = parameter
  const one = typeof value === 'string' ? value : value.join(', ')
  const many = typeof value === 'string' ? [value].filter((each) => each !== '') : value
  switch (kind) {
    case 'single_choice':
      return (
        <EditChoice
          label={name}
          value={one}
          choices={(values ?? []).map((each) => ({ value: each, label: each }))}
          onSave={onSave}
        />
      )
    case 'multiple_choice_with_defaults':
    case 'multiple_choice_without_defaults':
    case 'multiple_choice_with_addition':
      return (
        <EditTexts
          label={name}
          values={many}
          choices={values ?? []}
          isOpen={kind === 'multiple_choice_with_addition'}
          placeholder={kind === 'multiple_choice_with_defaults' ? 'All' : 'None'}
          onSave={onSave}
        />
      )
    default:
      return (
        <EditField
          label={name}
          kind={FIELD_KIND[kind]}
          required={mandatory}
          unit={unit ?? undefined}
          value={kind === 'date' ? one.slice(0, 10) : one}
          onSave={onSave}
        />
      )
  }
}

const FIELD_KIND = {
  date: 'date',
  integer: 'number',
  password: 'password',
  string: 'text',
  url: 'text',
} as const
