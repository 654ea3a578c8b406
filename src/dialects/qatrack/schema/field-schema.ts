import type { Field } from '../../../core/record.ts'

/** A JSON Schema as OpenAPI 3.0 has it. */
export type Schema = { readonly [key: string]: unknown }

export const LINK: Schema = { type: 'string', format: 'uri' }

/** What a field of a record looks like on the wire. */
export function schemaOfField({ kind, nullable, choices = [], label, help, maxLength }: Field): Schema {
  const described = {
    ...(label === undefined ? {} : { title: label }),
    ...(help === undefined ? {} : { description: help }),
    ...(nullable ? { nullable: true } : {}),
  }
  switch (kind) {
    case 'text':
    case 'long-text':
    case 'html':
    case 'code':
    case 'colour':
    case 'recurrence':
    case 'duration':
    case 'decimal':
      return { type: 'string', ...(maxLength === undefined ? {} : { maxLength }), ...described }
    case 'integer':
      return { type: 'integer', ...described }
    case 'number':
      return { type: 'number', format: 'double', ...described }
    case 'boolean':
      return { type: 'boolean', ...described }
    case 'day':
      return { type: 'string', format: 'date', ...described }
    case 'instant':
      return { type: 'string', format: 'date-time', ...described }
    case 'choice':
      return { type: 'string', enum: choices.map(({ value }) => value), ...described }
    case 'reference':
      return { ...LINK, ...described }
    case 'references':
    case 'inverse':
      return { type: 'array', items: LINK, ...described, nullable: false }
    case 'json':
      return { ...described }
  }
}
