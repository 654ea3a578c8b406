import { FIELD_KINDS } from './field-kind.ts'
import type { SchemaField } from './schema-fields.ts'

/** One field as `sample-type-info` of the DMLF tells it. */
export type FieldDescription = {
  readonly type: string
  readonly help_text: string
  readonly required: boolean
  readonly allow_null: boolean
}

/** The fields of a type in the words of the DMLF (specification 1.13). */
export function describeType(fields: readonly SchemaField[]): Readonly<Record<string, FieldDescription>> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        type: FIELD_KINDS[field.kind].word,
        help_text: field.help,
        required: field.required,
        allow_null: field.nullable,
      },
    ]),
  )
}
