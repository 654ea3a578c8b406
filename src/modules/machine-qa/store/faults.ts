import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { toInstant } from './row-values.ts'

/** Short names of other fault types that begin with one. */
export async function findSlugsLike(
  db: Database,
  slug: string,
  except: number | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select slug from qa_fault_type where substr(slug, 1, ${slug.length}) = ${slug} and id <> ${except ?? 0}`.execute(
    db,
  )
  return rows.map((row) => row.slug)
}

/** Fault types by code, ignoring case. */
export async function findFaultTypesByCode(
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ id: number; code_folded: string }>`
    select id, code_folded from qa_fault_type where code_folded in (${sql.join(codes.map(fold))})`.execute(db)
  const byFolded = new Map(rows.map((row) => [row.code_folded, row.id]))
  return new Map(
    codes.flatMap((code) => {
      const id = byFolded.get(fold(code))
      return id === undefined ? [] : [[code, id] as const]
    }),
  )
}

/** A group that reviews faults, and whether none counts as reviewed without it. */
export type FaultReviewGroup = {
  readonly id: number
  readonly groupId: number
  readonly name: string
  readonly required: boolean
}

export async function findReviewGroups(db: Database): Promise<FaultReviewGroup[]> {
  const { rows } = await sql<{ id: number; group_id: number; name: string; required: 0 | 1 }>`
    select r.id, r.group_id, g.name, r.required from qa_fault_review_group as r
    join access_group as g on g.id = r.group_id where r.retired_at is null order by r.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    required: row.required === 1,
  }))
}

export type FaultReview = {
  readonly faultId: number
  readonly reviewGroupId: number | null
  readonly reviewed: Date
  readonly reviewedBy: number | null
}

export async function findFaultReviews(db: Database, faultIds: readonly number[]): Promise<FaultReview[]> {
  if (faultIds.length === 0) return []
  const { rows } = await sql<{
    fault_id: number
    review_group_id: number | null
    reviewed: string
    reviewed_by_id: number | null
  }>`
    select fault_id, review_group_id, reviewed, reviewed_by_id from qa_fault_review
    where fault_id in (${sql.join([...faultIds])}) order by id`.execute(db)
  return rows.map((row) => ({
    faultId: row.fault_id,
    reviewGroupId: row.review_group_id,
    reviewed: toInstant(row.reviewed),
    reviewedBy: row.reviewed_by_id,
  }))
}

export async function insertFaultReview(db: Database, review: FaultReview): Promise<void> {
  await sql`insert into qa_fault_review (fault_id, review_group_id, reviewed, reviewed_by_id)
    values (${review.faultId}, ${review.reviewGroupId}, ${review.reviewed}, ${review.reviewedBy})
    on conflict do nothing`.execute(db)
}

export async function saveFaultReviewed(
  db: Database,
  faultId: number,
  isReviewed: boolean,
  { at, by }: { readonly at: Date; readonly by: number | null },
): Promise<void> {
  await sql`update qa_fault set is_reviewed = ${isReviewed}, version = version + 1, modified_at = ${at},
      modified_by_id = ${by} where id = ${faultId}`.execute(db)
}
