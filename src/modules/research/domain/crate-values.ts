import { node, UNIT_CODES } from './crate.ts'
import { valuesAt } from './info-rules.ts'
import { type JsonObject, member, numberOf, textOf } from './json-value.ts'
import { flattenFields, type SchemaField } from './schema-fields.ts'
import { readStoredQuantity } from './stored-quantity.ts'

/**
 * The values of a document as nodes of a crate: one for each value, numbers with their unit, uncertainties beside them.
 *
 * @param prefix what the ids of the nodes begin with
 */
export function propertyValues(
  fields: readonly SchemaField[],
  info: JsonObject,
  prefix: string,
): readonly JsonObject[] {
  return flattenFields(fields)
    .filter(({ kind, isSecret }) => kind !== 'group' && kind !== 'list' && !isSecret)
    .flatMap((field) =>
      valuesAt(info, field.path).flatMap(({ value, place }) => {
        const path = place.slice(1).replaceAll('/', '.')
        return valueNodes(field, value, path, `${prefix}${path}`)
      }),
    )
}

function valueNodes(field: SchemaField, value: unknown, path: string, id: string): readonly JsonObject[] {
  const about = { propertyID: path, name: field.label, identifier: field.iri }
  const quantity = readStoredQuantity(value)
  if ((field.kind === 'quantity' || field.kind === 'duration') && quantity) {
    const { u } = quantity
    const main = node(id, 'PropertyValue', {
      ...about,
      value: quantity.value ?? quantity.missing,
      ...unitOf(quantity.unit),
      description: u && `${u.type} uncertainty ${u.value} ${quantity.unit}`,
    })
    const beside =
      u &&
      node(`${id}.u`, 'PropertyValue', {
        propertyID: `${path}.u`,
        name: `${field.label}, uncertainty`,
        value: u.value,
        ...unitOf(quantity.unit),
      })
    return beside ? [main, beside] : [main]
  }
  if (field.kind === 'range') {
    const unit = textOf(member(value, 'unit')) ?? field.units[0]
    return [
      node(id, 'PropertyValue', {
        ...about,
        minValue: numberOf(member(value, 'lower')),
        maxValue: numberOf(member(value, 'upper')),
        ...unitOf(unit),
      }),
    ]
  }
  if (Array.isArray(value))
    return value.map((each, index) =>
      node(`${id}.${index}`, 'PropertyValue', {
        ...about,
        propertyID: `${path}.${index}`,
        value: plain(each),
      }),
    )
  return [node(id, 'PropertyValue', { ...about, value: plain(value), ...unitOf(field.units[0]) })]
}

function plain(value: unknown): string | number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
    ? value
    : typeof value === 'string'
      ? value
      : JSON.stringify(value ?? null)
}

function unitOf(unit: string | undefined): JsonObject {
  if (unit === undefined || unit === '1') return {}
  const code = UNIT_CODES[unit]
  return code === undefined ? { unitText: unit } : { unitText: unit, unitCode: code }
}
