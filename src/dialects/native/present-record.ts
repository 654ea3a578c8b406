import type { Context } from '../../context.ts'
import { type Field, queryFields, type RecordType } from '../../core/record.ts'
import { findLabels } from '../../modules/records/find-labels.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'

type Labels = ReadonlyMap<string, ReadonlyMap<number, string>>

/** Rows as our own API shows them: instants as ISO text, references as `{id, label}`. */
export async function presentRecords(ctx: Context, record: RecordType, rows: readonly AnyRow[]) {
  const fields = Object.entries(queryFields(record)).filter(([, field]) => field.kind !== 'inverse')
  const labels = await labelsFor(ctx, fields, rows)
  return rows.map((row) =>
    Object.fromEntries(fields.map(([name, field]) => [name, presentValue(field, row[name] ?? null, labels)])),
  )
}

async function labelsFor(
  ctx: Context,
  fields: readonly (readonly [string, Field])[],
  rows: readonly AnyRow[],
): Promise<Labels> {
  const wanted = new Map<string, Set<number>>()
  for (const [name, { target }] of fields) {
    if (target === undefined) continue
    const ids = wanted.get(target) ?? new Set()
    for (const row of rows) for (const id of [row[name]].flat()) if (typeof id === 'number') ids.add(id)
    wanted.set(target, ids)
  }
  const found = await Promise.all(
    [...wanted].map(
      async ([target, ids]) => [target, await findLabels(ctx, ctx.catalogue.get(target), [...ids])] as const,
    ),
  )
  return new Map(found)
}

function presentValue({ kind, target = '' }: Field, value: unknown, labels: Labels): unknown {
  const link = (id: unknown) =>
    typeof id === 'number' ? { id, label: labels.get(target)?.get(id) ?? String(id) } : null
  if (kind === 'reference') return link(value)
  if (kind === 'references') return Array.isArray(value) ? value.map(link) : []
  return value instanceof Date ? value.toISOString() : value
}
