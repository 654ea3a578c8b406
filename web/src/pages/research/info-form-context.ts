import type { ReactNode } from 'react'
import type { Json } from '../../../../src/dialects/native/research/research.schema.ts'
import type { InfoForm } from '../../api/research/info-form.ts'
import type { InfoField } from '../../api/research/schema-fields.ts'

export interface Vocabulary {
  readonly open: boolean
  readonly terms: readonly { readonly code: string; readonly label: string }[]
}

/** What every field of a form needs to know besides itself. */
export interface InfoFormContext {
  /** by JSON pointer into the info */
  readonly problems: ReadonlyMap<string, string>
  readonly vocabularies: ReadonlyMap<string, Vocabulary>
  readonly idOf: (pointer: string) => string
  /** a field was left */
  readonly onLeave: () => void
}

export interface InfoFieldProps {
  readonly field: InfoField
  readonly pointer: string
  readonly value: Json | undefined
  readonly context: InfoFormContext
  readonly onChange: (value: Json) => void
}

/** What the controls have in common. */
export interface SharedProps {
  readonly id: string
  readonly label: ReactNode
  readonly description: ReactNode
  readonly error: ReactNode
  readonly onBlur: () => void
}

export interface InfoFieldsProps {
  readonly fields: readonly InfoField[]
  readonly form: InfoForm
  /** JSON pointer of the object that the fields stand in */
  readonly pointer: string
  readonly context: InfoFormContext
  readonly onChange: (form: InfoForm) => void
}
