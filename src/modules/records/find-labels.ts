import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { columnOf, type RecordType } from '../../core/record.ts'

type TitledRow = { readonly id: number; readonly title: string | number | null }

const FEW = 200
const MOST_AT_ONCE = 10_000

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
  // what one statement cannot carry goes in several; many rows are not looked up on the thread that answers requests
  const db = ctx.inTransaction || ids.length <= FEW ? ctx.db : ctx.database.reader
  const rows: TitledRow[] = []
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
    const some = ids.slice(start, start + MOST_AT_ONCE)
    const found = await sql<TitledRow>`
      select id, ${column} as title from ${sql.table(record.table)} where id in (${sql.join(some)})`.execute(
      db,
    )
    for (const row of found.rows) rows.push(row)
  }
  if (field.target === undefined) return new Map(rows.map(({ id, title }) => [id, String(title ?? id)]))
  const targets = rows.flatMap(({ title }) => (typeof title === 'number' ? [title] : []))
  const labels = await findLabels(ctx, ctx.catalogue.get(field.target), [...new Set(targets)])
  return new Map(rows.map(({ id, title }) => [id, labels.get(Number(title)) ?? String(id)]))
}
