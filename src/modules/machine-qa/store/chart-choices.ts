import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { TestType } from '../domain/test-type.ts'

/** A list that is performed on a unit, with its tests and those of its sublists. */
export type ChartableList = {
  readonly id: number
  readonly name: string
  readonly testIds: readonly number[]
}

export type ChartableTest = {
  readonly id: number
  readonly name: string
  readonly type: TestType
  readonly category: string
}

type Wanted = {
  readonly unitIds: readonly number[]
  readonly frequencyIds?: readonly number[]
  readonly include: 'active' | 'inactive-too'
}

/** The lists that are or, where asked, were assigned to units, by name. */
export async function findChartableLists(db: Database, wanted: Wanted): Promise<ChartableList[]> {
  if (wanted.unitIds.length === 0) return []
  const { rows } = await sql<{ id: number; name: string; test_id: number }>`
    with performed as (
      select a.test_list_id as id from qa_assignment as a where a.test_list_id is not null and ${isWanted(wanted)}
      union
      select m.test_list_id from qa_assignment as a
      join qa_test_list_cycle_membership as m on m.cycle_id = a.test_list_cycle_id where ${isWanted(wanted)}
    ), part as (
      select id as list_id, id as part_id from performed
      union select parent_id, child_id from qa_sublist where parent_id in (select id from performed)
    )
    select l.id, l.name, m.test_id from part join qa_test_list as l on l.id = part.list_id
    join qa_test_list_membership as m on m.test_list_id = part.part_id
    order by l.name, l.id, m.sort_order`.execute(db)
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, members]) => ({
    id,
    name: members[0]?.name ?? '',
    testIds: [...new Set(members.map(({ test_id }) => test_id))],
  }))
}

function isWanted({ unitIds, frequencyIds, include }: Wanted): RawBuilder<SqlBool> {
  const ofFrequencies = frequencyIds?.length
    ? sql`and a.frequency_id in (${sql.join([...frequencyIds])})`
    : sql``
  const living = include === 'active' ? sql`and a.active and a.retired_at is null` : sql``
  return sql`a.unit_id in (${sql.join([...unitIds])}) ${ofFrequencies} ${living}`
}

/** The tests of units that can be plotted and are meant to be, by name. */
export async function findChartableTests(
  db: Database,
  { unitIds, include }: Wanted,
  types: readonly TestType[],
): Promise<ChartableTest[]> {
  if (unitIds.length === 0) return []
  const living = include === 'active' ? sql`and i.active` : sql``
  const { rows } = await sql<ChartableTest & { display: string }>`
    select t.id, t.name, t.display_name as display, t.type, c.name as category
    from qa_test as t join qa_category as c on c.id = t.category_id
    where t.chart_visibility and t.type in (${sql.join([...types])}) and t.id in (
      select i.test_id from qa_unit_test_info as i where i.unit_id in (${sql.join([...unitIds])}) ${living})
    order by t.name, t.id`.execute(db)
  return rows.map(({ id, name, display, type, category }) => ({ id, name: display || name, type, category }))
}
