import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Of the analyses that count: how many there are, how many are submitted, how many verified. */
export type Progress = { readonly total: number; readonly submitted: number; readonly verified: number }

/** Progress of requests, or of worksheets, by their ids. */
export async function findProgress(
  db: Database,
  of: 'request' | 'worksheet',
  ids: readonly number[],
): Promise<ReadonlyMap<number, Progress>> {
  if (ids.length === 0) return new Map()
  const column = sql.ref(`${of}_id`)
  const { rows } = await sql<Progress & { readonly id: number }>`select ${column} as id, count(*) as total,
      sum(case when state in ('attachment_due', 'to_be_verified', 'verified', 'published') then 1 else 0 end) as submitted,
      sum(case when state in ('verified', 'published') then 1 else 0 end) as verified
    from lims_analysis where ${column} in (${sql.join(ids)}) and state not in ('retracted', 'rejected', 'not_requested') and kind <> 'reject'
    group by ${column}`.execute(db)
  return new Map(
    rows.map(({ id, total, submitted, verified }) => [
      id,
      { total: Number(total), submitted: Number(submitted), verified: Number(verified) },
    ]),
  )
}

/** How many positions of worksheets are taken. */
export async function findPositions(
  db: Database,
  worksheetIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (worksheetIds.length === 0) return new Map()
  const { rows } = await sql<{
    id: number
    positions: number
  }>`select worksheet_id as id, count(distinct position) as positions
    from lims_analysis where worksheet_id in (${sql.join(worksheetIds)}) and kind <> 'reject' group by worksheet_id`.execute(
    db,
  )
  return new Map(rows.map(({ id, positions }) => [id, Number(positions)]))
}
