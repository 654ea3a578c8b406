import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** What a list holds, as the rules of lists look at it. */
export type ListContents = {
  readonly id: number
  readonly name: string
  /** macro names of its own tests */
  readonly macros: readonly string[]
  readonly sublistIds: readonly number[]
}

export async function findMacros(db: Database, testIds: readonly number[]): Promise<string[]> {
  if (testIds.length === 0) return []
  const { rows } = await sql<{ slug: string }>`
    select slug from qa_test where id in (${sql.join(testIds)}) order by id`.execute(db)
  return rows.map(({ slug }) => slug)
}

export async function findListContents(db: Database, listIds: readonly number[]): Promise<ListContents[]> {
  if (listIds.length === 0) return []
  const ids = sql.join(listIds)
  const lists = await sql<{ id: number; name: string }>`
    select id, name from qa_test_list where id in (${ids}) order by id`.execute(db)
  const tests = await sql<{ list: number; slug: string }>`
    select m.test_list_id as list, t.slug from qa_test_list_membership as m join qa_test as t on t.id = m.test_id
    where m.test_list_id in (${ids}) order by m.sort_order, m.id`.execute(db)
  const sublists = await sql<{ list: number; child: number }>`
    select parent_id as list, child_id as child from qa_sublist
    where parent_id in (${ids}) order by sort_order, id`.execute(db)
  const macros = Map.groupBy(tests.rows, ({ list }) => list)
  const children = Map.groupBy(sublists.rows, ({ list }) => list)
  return lists.rows.map(({ id, name }) => ({
    id,
    name,
    macros: (macros.get(id) ?? []).map(({ slug }) => slug),
    sublistIds: (children.get(id) ?? []).map(({ child }) => child),
  }))
}

/** The lists that a list is a sublist of. */
export async function findParents(db: Database, listId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select parent_id as id from qa_sublist where child_id = ${listId} order by parent_id`.execute(db)
  return rows.map(({ id }) => id)
}
