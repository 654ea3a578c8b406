import { asSystem, type Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { findRecords } from '../records/list-records.ts'

/** Rows that others refer to, by record and id. */
export type RelatedRows = {
  /** the row that a reference names */
  row(record: string, id: unknown): AnyRow | undefined
  /** its id and title; null for a reference to nothing */
  named(record: string, id: unknown): { readonly id: number; readonly name: string } | null
}

/**
 * What some fields of some rows refer to, one statement for each record. Whoever may see a row may see what it is called
 * that it refers to.
 */
export async function relatedRows(
  ctx: Context,
  sources: readonly { readonly record: RecordType; readonly rows: readonly AnyRow[] }[],
): Promise<RelatedRows> {
  const wanted = new Map<string, Set<number>>()
  for (const { record, rows } of sources) {
    for (const [name, { target, kind }] of Object.entries(record.fields)) {
      if (target === undefined || kind === 'inverse') continue
      const ids = wanted.get(target) ?? new Set()
      for (const row of rows) for (const id of idsIn(row[name])) ids.add(id)
      wanted.set(target, ids)
    }
  }
  const system = asSystem(ctx, 'references')
  const found = new Map(
    await Promise.all(
      [...wanted].map(async ([name, ids]) => {
        const rows = await findRecords(system, ctx.catalogue.get(name), [...ids])
        return [name, new Map(rows.map((row) => [row.id, row]))] as const
      }),
    ),
  )
  const row = (record: string, id: unknown) =>
    typeof id === 'number' ? found.get(record)?.get(id) : undefined
  return {
    row,
    named: (record, id) => {
      const hit = row(record, id)
      return hit ? { id: hit.id, name: String(hit[ctx.catalogue.get(record).titleField] ?? '') } : null
    },
  }
}

function idsIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : []
}
