import { isJsonObject, type JsonObject } from './json-value.ts'
import { readNumber } from './read-number.ts'
import type { SchemaField } from './schema-fields.ts'

/**
 * Reads sample info as scripts of the DMLF write it, before it is checked: empty texts mean nothing, numbers may be
 * texts, and null stands where nothing may be null. Unknown keys stay.
 *
 * @see specification 5.8
 */
export function normaliseInfo(fields: readonly SchemaField[], info: JsonObject): JsonObject {
  const known = new Map(fields.map((field) => [field.name, field]))
  return Object.fromEntries(
    Object.entries(info).flatMap(([name, value]): [string, unknown][] => {
      const field = known.get(name)
      if (!field) return [[name, value]]
      const read = normaliseValue(field, value)
      return read === undefined ? [] : [[name, read]]
    }),
  )
}

/** @returns undefined for a value that is dropped */
function normaliseValue(field: SchemaField, value: unknown): unknown {
  if (value === null) return field.nullable || field.required ? null : undefined
  if (typeof value === 'string') return normaliseText(field, value)
  if (field.kind === 'group' && isJsonObject(value)) return normaliseInfo(field.fields, value)
  if (field.kind === 'list' && Array.isArray(value))
    return value.map((each) => (isJsonObject(each) ? normaliseInfo(field.fields, each) : each))
  return value
}

function normaliseText(field: SchemaField, text: string): unknown {
  if (text.trim() === '') {
    if (field.required || field.empty === 'keep') return text
    return field.nullable ? null : undefined
  }
  switch (field.kind) {
    case 'number':
    case 'integer':
      return readNumber(text) ?? text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    default:
      return text
  }
}
