import type { Field, FieldKind, RecordType } from '../../../core/record.ts'
import { OBJECT_TYPES, type ObjectType } from '../../../modules/lims/domain/object-types.ts'
import { SAMPLE_FIELDS } from '../../../modules/lims/registering/new-request.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import { catalogsOf } from './catalogs.ts'
import { FIELD_NAMES, HIDDEN_FIELDS } from './field-names.data.ts'

/** One field as the wire names it. */
export type WireField = {
  readonly name: string
  /** field of the record, of the sample where `on` says so */
  readonly field: string
  readonly on: 'row' | 'sample'
  readonly kind: FieldKind
  /** record that a reference names */
  readonly target: string | undefined
  readonly writable: boolean
}

/** A `portal_type` with all that the wire knows of it. */
export type WireType = {
  readonly type: ObjectType
  readonly record: RecordType
  readonly catalogs: readonly string[]
  readonly fields: ReadonlyMap<string, WireField>
  /** any other declared record, by name */
  readonly recordNamed: (name: string) => RecordType
}

export type WireTypes = {
  readonly all: readonly WireType[]
  find(type: string): WireType | undefined
  /** the types whose rows are of a record */
  ofRecord(record: string): readonly WireType[]
}

/** The types of the documented API over the declared records. */
export function wireTypes(catalogue: Catalogue): WireTypes {
  const sampleRecord = catalogue.get('lims.sample')
  const all = OBJECT_TYPES.map((type): WireType => {
    const record = catalogue.get(type.record)
    const own = Object.entries(record.fields).flatMap(([name, field]) =>
      wireField(record, name, field, 'row'),
    )
    const proxied =
      type.type === 'AnalysisRequest'
        ? [...SAMPLE_FIELDS, 'sampleType'].flatMap((name) =>
            wireField(sampleRecord, name, sampleRecord.fields[name], 'sample'),
          )
        : []
    return {
      type,
      record,
      catalogs: catalogsOf(type.type),
      fields: new Map([...own, ...proxied].map((field) => [field.name, field])),
      recordNamed: catalogue.get,
    }
  })
  const byName = new Map(all.map((each) => [each.type.type, each]))
  return {
    all,
    find: (type) => byName.get(type),
    ofRecord: (record) => all.filter((each) => each.record.name === record),
  }
}

function wireField(
  record: RecordType,
  name: string,
  field: Field | undefined,
  on: WireField['on'],
): readonly WireField[] {
  if (
    !field ||
    field.kind === 'inverse' ||
    HIDDEN_FIELDS.has(name) ||
    HIDDEN_FIELDS.has(`${record.name}.${name}`)
  )
    return []
  return [
    {
      name: wireName(record.name, name),
      field: name,
      on,
      kind: field.kind,
      target: field.target,
      writable: !field.readOnly,
    },
  ]
}

function wireName(record: string, name: string): string {
  const given = FIELD_NAMES[`${record}.${name}`] ?? FIELD_NAMES[name]
  if (given !== undefined) return given
  return name.charAt(0).toUpperCase() + name.slice(1).replace(/Id$/, 'ID')
}
