import type { Database } from '../../../platform/database/database.ts'
import type { ListMember } from '../domain/listed-test.ts'
import { orderedTests } from '../domain/test-list.ts'
import { COMPARISON_COLUMNS, TEST_COLUMNS, toReference, toTest, toTolerance } from './row-values.ts'
import type { QaTables } from './tables.ts'

/** The tests of a list on a unit, own and those of its sublists, in the order in which they are performed. */
export async function findListedTests(
  db: Database,
  testListId: number,
  unitId: number,
): Promise<ListMember[]> {
  const rows = await findMembers(db, testListId, unitId)
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

function findMembers(db: Database, testListId: number, unitId: number) {
  const qa = db.withTables<QaTables>()
  const members = qa
    .selectFrom('qa_test_list_membership')
    .select((eb) => [
      'test_id',
      'sort_order as place',
      'sort_order as inner_place',
      eb.cast<number | null>(eb.lit(null), 'bigint').as('sublist_id'),
      eb.cast<0 | 1 | null>(eb.lit(null), 'boolean').as('outline'),
    ])
    .where('test_list_id', '=', testListId)
    .unionAll(
      qa
        .selectFrom('qa_sublist as s')
        .innerJoin('qa_test_list_membership as m', 'm.test_list_id', 's.child_id')
        .select([
          'm.test_id',
          's.sort_order as place',
          'm.sort_order as inner_place',
          's.child_id as sublist_id',
          's.outline',
        ])
        .where('s.parent_id', '=', testListId),
    )
  return qa
    .selectFrom(members.as('l'))
    .innerJoin('qa_test as t', 't.id', 'l.test_id')
    .leftJoin('qa_unit_test_info as i', (join) =>
      join.onRef('i.test_id', '=', 't.id').on('i.unit_id', '=', unitId).on('i.active', '=', 1),
    )
    .leftJoin('qa_reference as r', 'r.id', 'i.reference_id')
    .leftJoin('qa_tolerance as o', 'o.id', 'i.tolerance_id')
    .select(['l.place', 'l.inner_place', 'l.sublist_id', 'l.outline', 'i.id as unit_test_info_id'])
    .select(TEST_COLUMNS)
    .select(COMPARISON_COLUMNS)
    .execute()
}
