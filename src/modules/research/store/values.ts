import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { InfoValue } from '../domain/info-values.ts'
import type { ResearchTables } from './tables.ts'

/** A place in the schemas of a type that values are stored under. */
export type IndexField = {
  readonly id: number
  readonly sampleTypeId: number
  readonly path: string
  readonly kind: string
  readonly unit: string | null
}

/** Makes the places that a published schema brings and that the type did not have yet. */
export async function addIndexFields(
  db: Database,
  sampleTypeId: number,
  fields: readonly Omit<IndexField, 'id' | 'sampleTypeId'>[],
): Promise<void> {
  const known = new Set((await indexFieldsOfType(db, sampleTypeId)).map(({ path }) => path))
  await insertMany(
    db.withTables<ResearchTables>(),
    'research_field',
    fields
      .filter(({ path }) => !known.has(path))
      .map(({ path, kind, unit }) => ({ sample_type_id: sampleTypeId, path, kind, unit })),
  )
}

export async function indexFieldsOfType(db: Database, sampleTypeId: number): Promise<IndexField[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_field')
    .selectAll()
    .where('sample_type_id', '=', sampleTypeId)
    .execute()
  return rows.map(toField)
}

/** Places of any type with this path. */
export async function indexFieldsAt(db: Database, path: string): Promise<IndexField[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_field')
    .selectAll()
    .where('path', '=', path)
    .execute()
  return rows.map(toField)
}

function toField(row: {
  id: number
  sample_type_id: number
  path: string
  kind: string
  unit: string | null
}): IndexField {
  return { id: row.id, sampleTypeId: row.sample_type_id, path: row.path, kind: row.kind, unit: row.unit }
}

/** Values of many samples, by their ids. */
export type ValuesOfSample = { readonly sampleId: number; readonly values: readonly InfoValue[] }

export async function insertValues(
  db: Database,
  fields: readonly IndexField[],
  samples: readonly ValuesOfSample[],
): Promise<void> {
  const ids = new Map(fields.map(({ path, id }) => [path, id]))
  const rows = samples.flatMap(({ sampleId, values }) =>
    values.flatMap(({ path, ordinal, number, numberHigh, text }) => {
      const fieldId = ids.get(path)
      return fieldId === undefined
        ? []
        : [
            {
              sample_id: sampleId,
              field_id: fieldId,
              ordinal,
              number,
              number_high: numberHigh,
              text: text === null ? null : fold(text),
            },
          ]
    }),
  )
  await insertMany(db.withTables<ResearchTables>(), 'research_value', rows)
}

export async function deleteValues(db: Database, sampleIds: readonly number[]): Promise<void> {
  if (sampleIds.length === 0) return
  await db
    .withTables<ResearchTables>()
    .deleteFrom('research_value')
    .where('sample_id', 'in', [...sampleIds])
    .execute()
}
