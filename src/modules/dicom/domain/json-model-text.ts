import type { JsonAttribute, JsonDataSet } from './json-model.ts'

/**
 * A data set of the DICOM JSON model as text, sorted by tag at every level: an object of the language puts keys such as
 * `60003000`, which look like places of a list, before all others.
 */
export function jsonModelText(model: JsonDataSet): string {
  const members = Object.entries(model)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, attribute]) => `"${tag}":${attributeText(attribute)}`)
  return `{${members.join(',')}}`
}

function attributeText(attribute: JsonAttribute): string {
  if (attribute.vr !== 'SQ' || !attribute.Value) return JSON.stringify(attribute)
  const items = attribute.Value.map((item) => (isItem(item) ? jsonModelText(item) : JSON.stringify(item)))
  return `{"vr":"SQ","Value":[${items.join(',')}]}`
}

/** Of a sequence: its values are items. */
export function isItem(value: unknown): value is JsonDataSet {
  return typeof value === 'object' && value !== null
}
