import { type Field, queryFields } from '../../../core/record.ts'
import type { WriteField } from '../endpoint.ts'
import { resourceOf } from '../resources/targets.ts'
import { fieldNameOf } from '../resources/wire-resource.ts'
import type { Written } from './read-object.ts'

/** The fields of a resource for `OPTIONS`, the schema and the page's forms. */
export function writeFieldsOf({ resource, record, writes }: Written): readonly WriteField[] {
  const fields = queryFields(record)
  return resource.fields.flatMap((name): WriteField[] => {
    const field = fields[fieldNameOf(name)]
    if (!field) return []
    const spaced = name.replaceAll('_', ' ')
    return [
      {
        name,
        type: typeOf(field),
        label: spaced.charAt(0).toUpperCase() + spaced.slice(1),
        required: field.required === true || writes.required.includes(name),
        ...(writes.readOnly.includes(name) ? { readOnly: true } : {}),
        ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
        ...(field.help === undefined ? {} : { help: field.help }),
        ...exampleOf(field),
      },
    ]
  })
}

function typeOf({ kind }: Field): WriteField['type'] {
  switch (kind) {
    case 'integer':
      return 'integer'
    case 'boolean':
      return 'boolean'
    case 'instant':
      return 'datetime'
    case 'reference':
    case 'references':
      return 'field'
    default:
      return 'string'
  }
}

function exampleOf({ kind, target = '' }: Field): Pick<WriteField, 'example'> {
  switch (kind) {
    case 'reference':
      return { example: `/api/${resourceOf(target)}/1/` }
    case 'references':
      return { example: [] }
    case 'instant':
      return { example: '2018-07-06 10:00' }
    case 'duration':
      return { example: '01:00:00' }
    default:
      return {}
  }
}
