import { createHash } from 'node:crypto'
import { type Context, inTransaction } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { listRecords } from '../records/list-records.ts'
import { createRecord } from '../records/save-record.ts'
import { BUILT_IN_TYPES } from './domain/built-in-types.data.ts'
import { canonicalJson } from './domain/canonical-json.ts'
import { indexedFields } from './domain/info-values.ts'
import type { JsonObject } from './domain/json-value.ts'
import { fieldsOfSchema } from './domain/schema-fields.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { addOwnRow, changeOwnRow } from './save-own-row.ts'
import { addIndexFields } from './store/values.ts'

/** Gives a site without any sample type those that the product brings; the first four keep the ids of the DMLF. */
export async function shipSampleTypes(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const page = { where: EVERYTHING, order: [], limit: 1, offset: 0 }
    const { rows } = await listRecords(tx, sampleTypeRecord, page, { total: 'none', relations: 'none' })
    if (rows.length > 0) return
    for (const { name, key, description, listed, schema } of BUILT_IN_TYPES) {
      const type = await createRecord(tx, sampleTypeRecord, { name, key, description, listed })
      const version = await addOwnRow(tx, sampleTypeVersionRecord, {
        ...publishedVersion(schema),
        label: `${name} 1.0`,
        sampleType: type.id,
        major: 1,
        minor: 0,
        layout: null,
        changelog: null,
        publishedAt: tx.now(),
        publishedBy: null,
      })
      await changeOwnRow(tx, sampleTypeRecord, type, { currentVersion: version })
      await indexSchema(tx, type.id, schema)
    }
  })
}

/** What a schema has once it never changes again. */
export function publishedVersion(schema: JsonObject): {
  readonly schema: JsonObject
  readonly sha256: string
  readonly status: 'published'
} {
  const sha256 = createHash('sha256').update(canonicalJson(schema)).digest('hex')
  return { schema, sha256, status: 'published' }
}

/** Makes the fields of a schema findable. */
export async function indexSchema(tx: Context, sampleTypeId: number, schema: JsonObject): Promise<void> {
  const fields = indexedFields(fieldsOfSchema(schema))
  await addIndexFields(
    tx.db,
    sampleTypeId,
    fields.map(({ path, kind, units }) => ({ path, kind, unit: units[0] ?? null })),
  )
}
