import { queryFields } from '../../../core/record.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import type { WriteField } from '../endpoint.ts'
import { fieldBehind } from '../resources/present-rows.ts'
import type { WireResource } from '../resources/wire-resource.ts'
import { EXTRA_SCHEMAS } from './extra-schemas.ts'
import { LINK, type Schema, schemaOfField } from './field-schema.ts'

/** `TestListInstance` of `Test List Instance`. */
export function componentName(title: string): string {
  return title.replaceAll(' ', '')
}

/** Shapes of a resource: as its list shows it and, where that differs, as one object. */
export function resourceSchemas(
  catalogue: Catalogue,
  resource: WireResource,
): readonly (readonly [name: string, schema: Schema])[] {
  const name = componentName(resource.title)
  const shape = (fields: readonly string[]) => objectSchema(catalogue, resource, fields)
  if (!resource.detailFields) return [[name, shape(resource.fields)]]
  return [
    [`${name}List`, shape(resource.fields)],
    [name, shape(resource.detailFields)],
  ]
}

function objectSchema(catalogue: Catalogue, resource: WireResource, names: readonly string[]): Schema {
  const fields = queryFields(catalogue.get(resource.record))
  const extra = EXTRA_SCHEMAS[resource.path] ?? {}
  const shown = names.map((name): [string, Schema] => {
    const field = fields[fieldBehind(resource.record, name)]
    const schema = extra[name] ?? (field ? schemaOfField(field) : {})
    return [name, resource.emptyTexts?.includes(name) ? { ...schema, nullable: false } : schema]
  })
  return { type: 'object', properties: { url: extra.url ?? LINK, ...Object.fromEntries(shown) } }
}

/** What a body may hold. */
export function bodySchema(fields: readonly WriteField[]): Schema {
  const writable = fields.filter(({ readOnly }) => !readOnly)
  return {
    type: 'object',
    required: writable.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(writable.map((field) => [field.name, writeSchema(field)])),
  }
}

function writeSchema({ type, label, help, maxLength }: WriteField): Schema {
  const described = { title: label, ...(help === undefined ? {} : { description: help }) }
  switch (type) {
    case 'string':
      return { type, nullable: true, ...(maxLength === undefined ? {} : { maxLength }), ...described }
    case 'integer':
    case 'boolean':
      return { type, ...described }
    case 'datetime':
      return { type: 'string', ...described }
    case 'list':
      return { type: 'array', items: { type: 'object' }, ...described }
    case 'nested object':
      return { type: 'object', additionalProperties: { type: 'object' }, ...described }
    case 'field':
      return { oneOf: [LINK, { type: 'array', items: LINK }], ...described }
  }
}
