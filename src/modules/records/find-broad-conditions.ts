import { sql } from 'kysely'
import type { Condition } from '../../core/query.ts'
import { queryFields, type RecordType } from '../../core/record.ts'
import type { Database } from '../../platform/database/database.ts'
import { type CompileSettings, compileCondition } from '../../platform/records/compile-query.ts'

/** From this share of a referenced table on, walking the list in its order beats looking up every match and sorting. */
const BROAD_SHARE = 0.2

type RelatedCondition = Extract<Condition, { kind: 'related' }>

/**
 * Conditions on references that hold for a large share of the referenced rows, asked of the (small) referenced tables:
 * no planner knows this of a nested condition, and guessing wrong costs a sort of the whole table.
 */
export async function findBroadConditions(
  db: Database,
  settings: CompileSettings,
  record: RecordType,
  where: Condition,
): Promise<ReadonlySet<Condition>> {
  if (!record.large) return new Set()
  const candidates = relatedConditions(where).filter(({ field }) => {
    const declared = queryFields(record)[field]
    return declared?.kind === 'reference' && !settings.catalogue.get(declared.target ?? '').large
  })
  const shares = await Promise.all(candidates.map((candidate) => shareOf(db, settings, record, candidate)))
  return new Set(candidates.filter((_candidate, index) => (shares[index] ?? 0) >= BROAD_SHARE))
}

function relatedConditions(where: Condition): RelatedCondition[] {
  if (where.kind === 'related') return [where]
  return where.kind === 'all' ? where.of.flatMap(relatedConditions) : []
}

async function shareOf(
  db: Database,
  settings: CompileSettings,
  record: RecordType,
  { field, where }: RelatedCondition,
): Promise<number> {
  const target = settings.catalogue.get(record.fields[field]?.target ?? '')
  const matching = compileCondition(settings, target, 'target', where)
  const { rows } = await sql<{ matching: number; total: number }>`
    select (select count(*) from ${sql.table(target.table)} as target where ${matching}) as matching,
      (select count(*) from ${sql.table(target.table)}) as total`.execute(db)
  const [found] = rows
  return found && found.total > 0 ? found.matching / found.total : 0
}
