import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { columnOf, type RecordType } from '../../core/record.ts'

/**
 * What people call the given rows. A label is shown to whoever may see the row that refers to it; nothing else of the
 * labelled row is.
 */
export async function findLabels(
  ctx: Context,
  record: RecordType,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const field = record.fields[record.titleField]
  if (!field || ids.length === 0) return new Map()
  const column = sql.ref(columnOf(record.titleField, field))
  const { rows } = await sql<{ id: number; title: string | number | null }>`
    select id, ${column} as title from ${sql.table(record.table)} where id in (${sql.join(ids)})`.execute(
    ctx.db,
  )
  if (field.target === undefined) return new Map(rows.map(({ id, title }) => [id, String(title ?? id)]))
  const targets = rows.flatMap(({ title }) => (typeof title === 'number' ? [title] : []))
  const labels = await findLabels(ctx, ctx.catalogue.get(field.target), [...new Set(targets)])
  return new Map(rows.map(({ id, title }) => [id, labels.get(Number(title)) ?? String(id)]))
}
