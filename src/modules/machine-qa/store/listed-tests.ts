import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { ListMember } from '../domain/listed-test.ts'
import { orderedTests } from '../domain/test-list.ts'
import {
  COMPARISON_COLUMNS,
  type ReferenceColumns,
  TEST_COLUMNS,
  type TestColumns,
  type ToleranceColumns,
  toReference,
  toTest,
  toTolerance,
} from './row-values.ts'

/** The tests of a list on a unit, own and those of its sublists, in the order in which they are performed. */
export async function findListedTests(
  db: Database,
  testListId: number,
  unitId: number,
): Promise<ListMember[]> {
  const rows = await MEMBERS(db, testListId, unitId)
  const own = rows.filter(({ sublist_id }) => sublist_id === null)
  const nested = Map.groupBy(
    rows.filter(({ sublist_id }) => sublist_id !== null),
    ({ sublist_id }) => sublist_id ?? 0,
  )
  const ordered = orderedTests({
    tests: own.map((member) => ({ order: member.place, member })),
    sublists: [...nested].map(([id, members]) => ({
      order: members[0]?.place ?? 0,
      member: {
        id,
        outline: members[0]?.outline === 1,
        tests: members.map((member) => ({ order: member.inner_place, member })),
      },
    })),
  })
  return ordered.map(({ test: row, sublist }) => ({
    test: toTest(row),
    unitTestInfoId: row.unit_test_info_id,
    reference: toReference(row),
    tolerance: toTolerance(row),
    sublist,
  }))
}

type MemberRow = TestColumns &
  ReferenceColumns &
  ToleranceColumns & {
    readonly place: number
    readonly inner_place: number
    readonly sublist_id: number | null
    readonly outline: 0 | 1 | null
    readonly unit_test_info_id: number | null
  }

const COLUMNS = sql.raw([...TEST_COLUMNS, ...COMPARISON_COLUMNS].join(', '))

const MEMBERS = preparedStatement<MemberRow, [testListId: number, unitId: number]>(
  (testListId, unitId) => sql`
    select l.place, l.inner_place, l.sublist_id, l.outline, i.id as unit_test_info_id, ${COLUMNS}
    from (
      select test_id, sort_order as place, sort_order as inner_place,
        cast(null as bigint) as sublist_id, cast(null as boolean) as outline
      from qa_test_list_membership where test_list_id = ${testListId}
      union all
      select m.test_id, s.sort_order, m.sort_order, s.child_id, s.outline
      from qa_sublist s join qa_test_list_membership m on m.test_list_id = s.child_id
      where s.parent_id = ${testListId}
    ) l
    join qa_test t on t.id = l.test_id
    left join qa_unit_test_info i on i.test_id = t.id and i.unit_id = ${unitId} and i.active = ${true}
    left join qa_reference r on r.id = i.reference_id
    left join qa_tolerance o on o.id = i.tolerance_id`,
)
