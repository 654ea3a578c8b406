import { sql } from 'kysely'
import type { Condition, Query } from '../../core/query.ts'
import { queryFields, type RecordType } from '../../core/record.ts'
import type { Database } from '../../platform/database/database.ts'
import {
  type AccessPlan,
  type CompileSettings,
  compileCondition,
} from '../../platform/records/compile-query.ts'

/** From this share of a referenced table on, walking the list in its order beats looking up every match and sorting. */
const BROAD_SHARE = 0.2

/** Below this share, looking up the matches and sorting them beats walking the list until a page is full. */
const NARROW_SHARE = 0.01

type RelatedCondition = Extract<Condition, { kind: 'related' }>

/** Up to so many referenced rows stand in the statement by their ids, of which every planner knows how many match. */
const MOST_RESOLVED = 1000

/**
 * How a page of a large record is best read, by which of the (small) referenced tables' rows the conditions on references
 * hold for: no planner knows this of a nested condition, and guessing wrong costs a sort of the whole table or a walk
 * through all of it.
 */
export async function planAccess(
  db: Database,
  settings: CompileSettings,
  record: RecordType,
  { where, order }: Pick<Query, 'where' | 'order'>,
): Promise<AccessPlan> {
  const byId = order[0] === undefined || order[0].path.join('.') === 'id'
  if (!record.large) return { broad: new Set(), resolved: new Map(), byId: false, narrow: false }
  const candidates = relatedConditions(where).filter(({ field }) => {
    const declared = queryFields(record)[field]
    return declared?.kind === 'reference' && !settings.catalogue.get(declared.target ?? '').large
  })
  const found = await Promise.all(
    candidates.map(async (condition) => ({
      condition,
      ...(await matchesOf(db, settings, record, condition)),
    })),
  )
  return {
    byId,
    broad: new Set(found.flatMap(({ condition, share }) => (share >= BROAD_SHARE ? [condition] : []))),
    resolved: new Map(
      found.flatMap(({ condition, ids, share }) => (ids && share < BROAD_SHARE ? [[condition, ids]] : [])),
    ),
    narrow: found.reduce((product, { share }) => product * share, 1) < NARROW_SHARE,
  }
}

function relatedConditions(where: Condition): RelatedCondition[] {
  if (where.kind === 'related') return [where]
  return where.kind === 'all' ? where.of.flatMap(relatedConditions) : []
}

/** The share of the referenced rows for which a condition holds, and their ids where they are few. */
async function matchesOf(
  db: Database,
  settings: CompileSettings,
  record: RecordType,
  { field, where }: RelatedCondition,
): Promise<{ readonly share: number; readonly ids: readonly number[] | undefined }> {
  const target = settings.catalogue.get(queryFields(record)[field]?.target ?? '')
  const table = sql.table(target.table)
  const matching = compileCondition(settings, target, 'target', where)
  const [{ rows: matches }, { rows: counts }] = await Promise.all([
    sql<{
      id: number
    }>`select id from ${table} as target where ${matching} limit ${MOST_RESOLVED + 1}`.execute(db),
    sql<{ total: number }>`select count(*) as total from ${table}`.execute(db),
  ])
  const total = counts[0]?.total ?? 0
  if (matches.length <= MOST_RESOLVED) {
    return { share: total === 0 ? 0 : matches.length / total, ids: matches.map(({ id }) => id) }
  }
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from ${table} as target where ${matching}`.execute(db)
  return { share: (rows[0]?.count ?? 0) / total, ids: undefined }
}
