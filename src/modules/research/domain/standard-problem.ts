import type { ErrorObject } from 'ajv'
import type { InfoProblem, InfoProblemCode } from './info-problem.ts'
import { valueAt } from './json-pointer.ts'
import { type JsonObject, textOf } from './json-value.ts'
import { flattenFields, type SchemaField } from './schema-fields.ts'

/** What a validator of JSON Schema says, in the words of the product; keywords that only carry others say nothing. */
export function standardProblem(
  fields: readonly SchemaField[],
  info: JsonObject,
  error: ErrorObject,
): readonly InfoProblem[] {
  const path =
    error.keyword === 'required'
      ? `${error.instancePath}/${String(error.params.missingProperty)}`
      : error.keyword === 'additionalProperties'
        ? `${error.instancePath}/${String(error.params.additionalProperty)}`
        : error.instancePath
  const field = fieldAt(fields, path)
  const value = valueAt(info, error.instancePath)
  const said = sayingOf(error, field, value)
  if (!said) return []
  const [code, message, params] = said
  return [
    {
      path,
      code,
      level: 'error',
      message,
      ...(params === undefined ? {} : { params }),
      schemaPath: error.schemaPath.replace(/^#/, ''),
      ...(field ? { uid: field.uid } : {}),
    },
  ]
}

/** The field that a JSON pointer into a document leads to. */
export function fieldAt(fields: readonly SchemaField[], pointer: string): SchemaField | undefined {
  const path = pointer
    .slice(1)
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.')
  return flattenFields(fields).find((field) => field.path === path || `${field.path}[]` === path)
}

type Saying = readonly [code: InfoProblemCode, message: string, params?: Readonly<Record<string, unknown>>]

function sayingOf(error: ErrorObject, field: SchemaField | undefined, value: unknown): Saying | undefined {
  const { params } = error
  const limit: unknown = params.limit
  switch (error.keyword) {
    case 'required':
      return ['required', 'This field is required.']
    case 'additionalProperties':
      return ['unknown_field', 'Unknown field.']
    case 'type':
      if (value === null) return ['null', 'This field may not be null.']
      return ['type', `Must be ${typeWords(params.type)}.`, { expected: params.type }]
    case 'minLength':
      if (value === '' || limit === 1) return ['blank', 'This field may not be blank.']
      return ['min_length', `Ensure this field has at least ${String(limit)} characters.`, { min: limit }]
    case 'maxLength':
      return ['max_length', `Ensure this field has no more than ${String(limit)} characters.`, { max: limit }]
    case 'minimum':
      return [
        'minimum',
        `Must be at least ${withUnit(limit, field)}.`,
        { min: limit, ...unitOf(field), value },
      ]
    case 'maximum':
      return [
        'maximum',
        `Must be at most ${withUnit(limit, field)}.`,
        { max: limit, ...unitOf(field), value },
      ]
    case 'exclusiveMinimum':
      return [
        'minimum',
        `Must be more than ${withUnit(limit, field)}.`,
        { min: limit, ...unitOf(field), value },
      ]
    case 'exclusiveMaximum':
      return [
        'maximum',
        `Must be less than ${withUnit(limit, field)}.`,
        { max: limit, ...unitOf(field), value },
      ]
    case 'multipleOf':
      return ['multiple', `Must be a multiple of ${String(params.multipleOf)}.`, { of: params.multipleOf }]
    case 'minItems':
      return ['min_items', `Must have at least ${String(limit)} entries.`, { min: limit }]
    case 'maxItems':
      return ['max_items', `Must have at most ${String(limit)} entries.`, { max: limit }]
    case 'uniqueItems':
      return ['repeated', 'The same entry stands here twice.']
    case 'pattern':
      return ['pattern', `Does not match the required form (${hintOf(field, String(params.pattern))}).`]
    case 'format':
      return [
        'format',
        `Does not match the required form (${FORMATS[String(params.format)] ?? String(params.format)}).`,
      ]
    case 'enum':
    case 'const':
      return ['choice', `"${shown(value)}" is not a valid choice.`]
    default:
      return undefined
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'YYYY-MM-DD',
  'date-time': 'YYYY-MM-DDThh:mm:ssZ',
  time: 'hh:mm',
  email: 'name@example.org',
  uri: 'https://…',
  uuid: 'a UUID',
}

function hintOf(field: SchemaField | undefined, pattern: string): string {
  return textOf(field?.schema['x-ts-pattern-hint']) ?? pattern
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 100)
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}

function typeWords(type: unknown): string {
  const types = [type].flat().filter((each) => each !== 'null')
  return types.map((each) => TYPE_WORDS[String(each)] ?? String(each)).join(' or ')
}

function withUnit(limit: unknown, field: SchemaField | undefined): string {
  const unit = field?.units[0]
  return unit === undefined || unit === '1' ? String(limit) : `${String(limit)} ${unit}`
}

function unitOf(field: SchemaField | undefined): Readonly<Record<string, unknown>> {
  const unit = field?.units[0]
  return unit === undefined ? {} : { unit }
}
