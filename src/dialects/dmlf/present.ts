import type { Context } from '../../context.ts'
import { findSampleIds } from '../../modules/research/sample-ids.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import type { Resource, WireField } from './resource.ts'

/** Rows as the documented API shows them, key by key in its order. */
export async function presentRows(
  ctx: Context,
  { fields }: Resource,
  rows: readonly AnyRow[],
  /** scheme, host and mount */
  root: string,
): Promise<readonly Record<string, unknown>[]> {
  const referred = fields
    .filter(({ kind }) => kind === 'sample')
    .flatMap(({ field }) => rows.flatMap((row) => numberIn(row[field])))
  const sampleIds = await findSampleIds(ctx, referred)
  return rows.map((row) =>
    Object.fromEntries(
      fields.map((field) => [field.name, presentValue(field, row[field.field] ?? null, sampleIds, root)]),
    ),
  )
}

function numberIn(value: unknown): readonly number[] {
  return typeof value === 'number' ? [value] : []
}

function presentValue(
  { kind, folder = '' }: WireField,
  value: unknown,
  sampleIds: ReadonlyMap<number, string>,
  root: string,
): unknown {
  if (value === null) return null
  switch (kind) {
    case 'file':
      return `${root}/media/${folder}/${encodeURIComponent(String(value))}`
    case 'sample':
      return typeof value === 'number' ? (sampleIds.get(value) ?? null) : null
    case 'datetime':
      return value instanceof Date ? instantText(value) : null
    default:
      return value
  }
}

/** UTC with microseconds, which are left out where they are zero. */
export function instantText(instant: Date): string {
  const text = instant.toISOString()
  return instant.getUTCMilliseconds() === 0 ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z')
}
