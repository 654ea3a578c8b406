import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { ExistingNames } from '../domain/test-pack-plan.ts'

/** Every name that a pack might clash with; retired things keep theirs. */
export async function findExistingNames(db: Database): Promise<ExistingNames> {
  const [categories, tests, lists, cycles] = await Promise.all([
    named(db, sql`select id, name as "key", name from qa_category`),
    named(db, sql`select id, name as "key", name from qa_test`),
    named(db, sql`select id, slug as "key", name from qa_test_list`),
    named(db, sql`select id, slug as "key", name from qa_test_list_cycle`),
  ])
  const byKey = (rows: readonly Named[]) => new Map(rows.map(({ id, key }) => [key, id]))
  const names = (rows: readonly Named[]) => new Set(rows.map(({ name }) => name))
  return {
    categories: byKey(categories),
    tests: byKey(tests),
    lists: byKey(lists),
    listNames: names(lists),
    cycles: byKey(cycles),
    cycleNames: names(cycles),
  }
}

type Named = { readonly id: number; readonly key: string; readonly name: string }

async function named(db: Database, statement: RawBuilder<unknown>): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`${statement}`.execute(db)
  return rows
}

/** Keeps a script of the other system, which is never run here. */
export async function saveJavascript(
  db: Database,
  kind: 'list' | 'cycle',
  id: number,
  javascript: string,
): Promise<void> {
  const table = kind === 'list' ? 'qa_test_list' : 'qa_test_list_cycle'
  await sql`update ${sql.table(table)} set javascript = ${javascript} where id = ${id}`.execute(db)
}

/** What the members of lists are, in the order in which the other system writes them. */
export type PackedMember = {
  readonly listId: number
  readonly memberId: number
  readonly order: number
  readonly outline: boolean
}

export async function findPackedTests(db: Database, listIds: readonly number[]): Promise<PackedMember[]> {
  if (listIds.length === 0) return []
  const { rows } = await sql<{ list_id: number; member_id: number; sort_order: number }>`
    select test_list_id as list_id, test_id as member_id, sort_order from qa_test_list_membership
    where test_list_id in (${sql.join([...listIds])}) order by sort_order, id`.execute(db)
  return rows.map((row) => ({
    listId: row.list_id,
    memberId: row.member_id,
    order: row.sort_order,
    outline: false,
  }))
}

export async function findPackedSublists(db: Database, listIds: readonly number[]): Promise<PackedMember[]> {
  if (listIds.length === 0) return []
  const { rows } = await sql<{ list_id: number; member_id: number; sort_order: number; outline: 0 | 1 }>`
    select parent_id as list_id, child_id as member_id, sort_order, outline from qa_sublist
    where parent_id in (${sql.join([...listIds])}) order by sort_order, id`.execute(db)
  return rows.map((row) => ({
    listId: row.list_id,
    memberId: row.member_id,
    order: row.sort_order,
    outline: row.outline === 1,
  }))
}

export async function findPackedDays(db: Database, cycleIds: readonly number[]): Promise<PackedMember[]> {
  if (cycleIds.length === 0) return []
  const { rows } = await sql<{ list_id: number; member_id: number; sort_order: number }>`
    select cycle_id as list_id, test_list_id as member_id, sort_order from qa_test_list_cycle_membership
    where cycle_id in (${sql.join([...cycleIds])}) order by sort_order, id`.execute(db)
  return rows.map((row) => ({
    listId: row.list_id,
    memberId: row.member_id,
    order: row.sort_order,
    outline: false,
  }))
}
