import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import type { QaTables } from './tables.ts'

/** What reviewers say of a result. */
export type Status = {
  readonly id: number
  readonly name: string
  readonly slug: string
  readonly colour: string
  readonly isDefault: boolean
  readonly requiresReview: boolean
  /** results with this status count for scheduling */
  readonly valid: boolean
  readonly retired: boolean
}

/** All statuses, also those that are retired but still stand on results. */
export async function findStatuses(db: Database): Promise<Status[]> {
  const rows = await STATUSES(db)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    colour: row.colour,
    isDefault: row.is_default === 1,
    requiresReview: row.requires_review === 1,
    valid: row.valid === 1,
    retired: row.retired_at !== null,
  }))
}

type StatusRow = Pick<
  Selectable<QaTables['qa_status']>,
  'id' | 'name' | 'slug' | 'colour' | 'is_default' | 'requires_review' | 'valid' | 'retired_at'
>

const STATUSES = preparedStatement<StatusRow, []>(
  () => sql`select id, name, slug, colour, is_default, requires_review, valid, retired_at
    from qa_status order by id`,
)

/** One line of a set of auto-review rules. */
export type AutoReviewLine = {
  readonly ruleSetId: number
  readonly passFail: PassFail
  readonly statusId: number
}

export async function findAutoReviewLines(db: Database): Promise<AutoReviewLine[]> {
  const rows = await AUTO_REVIEW_LINES(db)
  return rows.map((row) => ({
    ruleSetId: row.id,
    passFail: row.pass_fail,
    statusId: row.status_id,
  }))
}

const AUTO_REVIEW_LINES = preparedStatement<
  { readonly id: number; readonly pass_fail: PassFail; readonly status_id: number },
  []
>(
  () => sql`select s.id, r.pass_fail, r.status_id
    from qa_auto_review_rule_set s
    join qa_auto_review_rule_set_rule x on x.rule_set_id = s.id
    join qa_auto_review_rule r on r.id = x.rule_id
    where r.retired_at is null order by r.id`,
)
