import { sql } from 'kysely'
import type { Field, RecordType, Through } from '../../core/record.ts'
import type { Database } from '../../platform/database/database.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { readTargetsById } from './read-by-id.ts'

/** Adds the ids of every to-many relation to the rows, one statement for each relation. */
export async function attachReferences(
  db: Database,
  record: RecordType,
  rows: readonly AnyRow[],
): Promise<readonly AnyRow[]> {
  const relations = relationsOf(record)
  const [only] = rows
  if (relations.length === 0 || only === undefined) return rows
  if (rows.length === 1) return [await attachToOne(db, relations, only)]
  const ids = rows.map((row) => row.id)
  const found = await Promise.all(
    relations.map(async ([name, through]) => [name, await targetsOf(db, through, ids)] as const),
  )
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(found.map(([name, targets]) => [name, targets.get(row.id) ?? []])),
  }))
}

/** With statements that are prepared: most requests are about one row. */
async function attachToOne(db: Database, relations: readonly Relation[], row: AnyRow): Promise<AnyRow> {
  const found = await Promise.all(
    relations.map(async ([name, through]) => [name, await readTargetsById(db, through, row.id)] as const),
  )
  return { ...row, ...Object.fromEntries(found) }
}

type Relation = readonly [name: string, through: Through]

/** The to-many relations that a record keeps in tables of their own. */
export function relationsOf(record: RecordType): readonly Relation[] {
  const known = RELATIONS.get(record)
  if (known) return known
  const relations = Object.entries(record.fields).flatMap(([name, { through }]: [string, Field]) =>
    through ? [[name, through] as const] : [],
  )
  RELATIONS.set(record, relations)
  return relations
}

const RELATIONS = new WeakMap<RecordType, readonly Relation[]>()

async function targetsOf(
  db: Database,
  through: Through,
  ids: readonly number[],
): Promise<Map<number, number[]>> {
  const order = sql.ref(through.order ?? through.to)
  const { rows } = await sql<{ from: number; to: number }>`
    select ${sql.ref(through.from)} as "from", ${sql.ref(through.to)} as "to" from ${sql.table(through.table)}
    where ${sql.ref(through.from)} in (${sql.join(ids)}) order by ${sql.ref(through.from)}, ${order}`.execute(
    db,
  )
  const bySource = Map.groupBy(rows, (row) => row.from)
  return new Map([...bySource].map(([from, links]) => [from, links.map((link) => link.to)]))
}

/**
 * Makes the targets of one relation of one row what the list says. Links that stay keep their row, so that what such a
 * row carries besides (an id others know, an outline) survives.
 */
export async function saveReferences(
  db: Database,
  through: Through,
  id: number,
  targets: readonly number[],
): Promise<void> {
  const order = through.order
  if (!order) return saveUnordered(db, through, id, targets)
  const { rows } =
    await sql<OrderedLink>`select id, ${sql.ref(through.to)} as "to", ${sql.ref(order)} as "position"
    from ${sql.table(through.table)} where ${sql.ref(through.from)} = ${id} order by ${sql.ref(order)}, id`.execute(
      db,
    )
  const kept = Map.groupBy(rows, (row) => row.to)
  for (const [position, target] of targets.entries()) {
    const link = kept.get(target)?.shift()
    if (!link) {
      await sql`insert into ${sql.table(through.table)} (${sql.ref(through.from)}, ${sql.ref(through.to)}, ${sql.ref(order)})
        values (${id}, ${target}, ${position})`.execute(db)
    } else if (link.position !== position) {
      await sql`update ${sql.table(through.table)} set ${sql.ref(order)} = ${position} where id = ${link.id}`.execute(
        db,
      )
    }
  }
  const gone = [...kept.values()].flat().map((link) => link.id)
  if (gone.length > 0)
    await sql`delete from ${sql.table(through.table)} where id in (${sql.join(gone)})`.execute(db)
}

type OrderedLink = { readonly id: number; readonly to: number; readonly position: number }

async function saveUnordered(
  db: Database,
  through: Through,
  id: number,
  targets: readonly number[],
): Promise<void> {
  await sql`delete from ${sql.table(through.table)} where ${sql.ref(through.from)} = ${id}`.execute(db)
  if (targets.length === 0) return
  const values = targets.map((target) => sql`(${id}, ${target})`)
  await sql`insert into ${sql.table(through.table)} (${sql.ref(through.from)}, ${sql.ref(through.to)}) values ${sql.join(values)}`.execute(
    db,
  )
}
