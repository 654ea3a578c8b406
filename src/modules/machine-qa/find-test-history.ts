import { type Context, requirePermission } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { HeldReference, HeldTolerance } from './domain/listed-test.ts'
import {
  findComparisons,
  findInfo,
  findResultHistory,
  type HistoryPosition,
  type PastResult,
  type TestOnUnit,
} from './store/history.ts'

const LARGEST_PAGE = 5000

/** Which stretch of a history is wanted. */
export type WantedHistory = {
  readonly from?: Date
  readonly to?: Date
  /** at most 5000 */
  readonly limit: number
  /** where the page before ended */
  readonly after?: HistoryPosition
}

/** A page of the results of one test on one unit, newest first. */
export type TestHistory = {
  readonly subject: TestOnUnit
  readonly points: readonly (PastResult & {
    readonly referenceId: number | null
    readonly toleranceId: number | null
  })[]
  /** what the points were compared with, by id: far fewer than points */
  readonly references: ReadonlyMap<number, HeldReference>
  readonly tolerances: ReadonlyMap<number, HeldTolerance>
  /** where the next page begins; null at the end */
  readonly next: HistoryPosition | null
}

/**
 * The history of a test on a unit, of completed sessions. Pages follow one another by position, so reading years of them
 * costs no more per page than the first; results that arrive meanwhile shift nothing.
 *
 * @param unitTestInfoId the row that joins test and unit
 */
export async function findTestHistory(
  ctx: Context,
  unitTestInfoId: number,
  wanted: WantedHistory,
): Promise<TestHistory> {
  requirePermission(ctx, 'machine-qa.session.view-completed')
  const { limit } = wanted
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw invalidInput('limit', `This must be a number from 1 to ${LARGEST_PAGE}.`)
  }
  const subject = await findInfo(ctx.db, unitTestInfoId)
  if (!subject) throw new RefusedError({ kind: 'not-found', what: 'test on a unit', id: unitTestInfoId })
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const found = await findResultHistory(db, unitTestInfoId, { ...wanted, limit: limit + 1 })
  const points = found.slice(0, limit)
  const last = points.at(-1)
  return {
    subject,
    points,
    ...(await findComparisons(ctx.db, points)),
    next:
      found.length > limit && last ? { workCompleted: last.workCompleted, resultId: last.resultId } : null,
  }
}
