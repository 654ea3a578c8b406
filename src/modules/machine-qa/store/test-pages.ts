import type { Database } from '../../../platform/database/database.ts'
import type { PersonName, TestPage } from '../domain/test-page.ts'
import { splitChoices } from '../domain/tolerance.ts'
import type { QaTables } from './tables.ts'

/** What people see of tests, by test id. */
export async function findTestPages(
  db: Database,
  testIds: readonly number[],
): Promise<ReadonlyMap<number, TestPage>> {
  if (testIds.length === 0) return new Map()
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_test as t')
    .innerJoin('qa_category as c', 'c.id', 't.category_id')
    .select([
      't.id',
      't.name',
      't.display_name',
      't.description',
      't.procedure',
      't.choices',
      't.display_image',
      't.type',
      'c.id as category_id',
      'c.name as category_name',
    ])
    .where('t.id', 'in', [...testIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        testId: row.id,
        displayName: row.display_name || row.name,
        description: row.description,
        procedureAddress: row.procedure,
        category: { id: row.category_id, name: row.category_name },
        choices: splitChoices(row.choices ?? ''),
        displayImage: row.display_image === 1,
        type: row.type,
      },
    ]),
  )
}

/** A list as the pages of performing and of sessions show it. */
export type ListPage = {
  readonly id: number
  readonly name: string
  /** HTML, as it was written */
  readonly description: string | null
  /** shown when a result first reaches action level; empty for none */
  readonly warningMessage: string
}

export async function findListPages(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ListPage>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_test_list')
    .select(['id', 'name', 'description', 'warning_message'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map(({ id, name, description, warning_message: warningMessage }) => [
      id,
      { id, name, description, warningMessage },
    ]),
  )
}

/** How the days of a cycle are offered. */
export async function findCyclePage(
  db: Database,
  id: number,
): Promise<
  { readonly name: string; readonly dropDownLabel: string; readonly dayText: 'day' | 'tlname' } | undefined
> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_test_list_cycle')
    .select(['name', 'drop_down_label', 'day_option_text'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { name: row.name, dropDownLabel: row.drop_down_label, dayText: row.day_option_text }
}

/** Names of people, by id. */
export async function findPersonNames(
  db: Database,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, PersonName>> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  if (known.length === 0) return new Map()
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('access_user')
    .select(['id', 'username', 'first_name', 'last_name'])
    .where('id', 'in', known)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, username: row.username, fullName: `${row.first_name} ${row.last_name}`.trim() },
    ]),
  )
}
