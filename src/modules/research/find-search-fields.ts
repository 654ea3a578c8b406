import { type Context, requirePermission } from '../../context.ts'
import { compare } from '../../core/query.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { indexedFields } from './domain/info-values.ts'
import { fieldsOfSchema, type SchemaField } from './domain/schema-fields.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { asTypeVersion } from './typed-row.ts'

export type SearchField = {
  readonly typeId: number
  readonly typeName: string
  readonly field: SchemaField
}

/** Fields of the current versions of all types that a search can name. */
export async function findSearchFields(ctx: Context): Promise<readonly SearchField[]> {
  requirePermission(ctx, 'research.access')
  const page = { where: compare('retiredAt', 'isnull', true), order: [], limit: 1000, offset: 0 }
  const { rows } = await listRecords(ctx, sampleTypeRecord, page, { total: 'none', relations: 'none' })
  const ids = rows.flatMap((row) => (typeof row.currentVersion === 'number' ? [row.currentVersion] : []))
  const versions = (await findRecords(ctx, sampleTypeVersionRecord, ids)).map(asTypeVersion)
  const names = new Map(rows.map((row) => [row.id, String(row.name)]))
  return versions.flatMap(({ sampleType, schema }) =>
    indexedFields(fieldsOfSchema(schema)).map((field) => ({
      typeId: sampleType,
      typeName: names.get(sampleType) ?? '',
      field,
    })),
  )
}
