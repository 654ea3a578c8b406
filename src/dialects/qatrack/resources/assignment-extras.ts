import type { Context } from '../../../context.ts'
import { compare } from '../../../core/query.ts'
import { nextDay } from '../../../modules/machine-qa/domain/cycle.ts'
import { findRecords, listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { resourceLink } from '../wire/links.ts'
import { CYCLE_TYPE, TEST_LIST_TYPE } from './content-types.ts'
import type { ExtraFields } from './wire-resource.ts'

/** What an assignment shows of its list or cycle, and which list comes next. */
export const assignmentExtras: ExtraFields = async ({ ctx, links }, rows) => {
  const [listsOfCycle, dayOfSession] = await Promise.all([cycleLists(ctx, rows), lastDays(ctx, rows)])
  return new Map(
    rows.map((row) => {
      const { testList, testListCycle, lastInstance } = row
      if (typeof testList === 'number') {
        const link = resourceLink(links, 'qa/testlists', testList)
        const next = { next_test_list: link, next_day: 0 }
        return [
          row.id,
          { tests_object: link, ...next, object_id: testList, content_type: contentType(TEST_LIST_TYPE) },
        ]
      }
      const cycle = Number(testListCycle)
      const lists = listsOfCycle.get(cycle) ?? []
      const lastDay = typeof lastInstance === 'number' ? (dayOfSession.get(lastInstance) ?? null) : null
      const day = nextDay({ kind: 'cycle', days: lists.length }, lastDay)
      const list = lists[day]
      return [
        row.id,
        {
          tests_object: resourceLink(links, 'qa/testlistcycles', cycle),
          next_test_list: list === undefined ? null : resourceLink(links, 'qa/testlists', list),
          next_day: list === undefined ? null : day,
          object_id: cycle,
          content_type: contentType(CYCLE_TYPE),
        },
      ]
    }),
  )

  function contentType(id: number): string {
    return resourceLink(links, 'contenttypes/contenttypes', id)
  }
}

/** Ids of the lists of every cycle among the assignments, in order of day. */
async function cycleLists(ctx: Context, rows: readonly AnyRow[]): Promise<ReadonlyMap<number, number[]>> {
  const ids = idsIn(rows, 'testListCycle')
  if (ids.length === 0) return new Map()
  const where = compare('cycle', 'in', ids)
  const order = [
    { path: ['cycle'], direction: 'asc' as const },
    { path: ['order'], direction: 'asc' as const },
  ]
  const record = ctx.catalogue.get('machine-qa.test-list-cycle-membership')
  const { rows: members } = await listRecords(
    ctx,
    record,
    { where, order, limit: 100_000, offset: 0 },
    { total: 'none' },
  )
  const byCycle = Map.groupBy(members, (member) => Number(member.cycle))
  return new Map(
    [...byCycle].map(([cycle, found]) => [cycle, found.map((member) => Number(member.testList))]),
  )
}

async function lastDays(ctx: Context, rows: readonly AnyRow[]): Promise<ReadonlyMap<number, number>> {
  const sessions = await findRecords(
    ctx,
    ctx.catalogue.get('machine-qa.session'),
    idsIn(rows, 'lastInstance'),
  )
  return new Map(sessions.map((session) => [session.id, Number(session.day)]))
}

function idsIn(rows: readonly AnyRow[], field: string): number[] {
  return [...new Set(rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : [])))]
}
