import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Context, requirePermission } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import { countVerdicts, type Rejudged, rejudge, type VerdictChange } from '../domain/rejudge.ts'
import { unitTestInfo } from '../records/unit-test-info.ts'
import { type PlannedChange, planReference, type ReferenceSetting } from '../set-reference.ts'
import { findResultHistory, type HistoryPosition, type PastResult } from '../store/history.ts'

/** Which results of the past are judged anew, and which part of those that change is shown. */
export type PreviewRange = {
  readonly from: Date
  readonly to: Date
  readonly limit: number
  readonly offset: number
}

export type ReferencePreview = {
  readonly before: Pick<PlannedChange['before'], 'reference' | 'tolerance' | 'test' | 'unitName'>
  readonly after: Pick<PlannedChange, 'reference' | 'tolerance'>
  /** results that were judged anew */
  readonly total: number
  /** false where older results of the range were left out */
  readonly complete: boolean
  readonly counts: readonly VerdictChange[]
  /** a page of those whose verdict would differ, newest first */
  readonly changed: readonly (Pick<PastResult, 'sessionId' | 'workCompleted' | 'result'> & {
    readonly before: PassFail
    readonly after: PassFail
  })[]
  readonly changedTotal: number
}

const MOST_RESULTS = 20_000
/** Read and judged at once, so that other requests get their turn. */
const AT_ONCE = 2000

/**
 * How the results of a test on a unit would have been judged with another reference and tolerance. Changes nothing.
 *
 * @throws RefusedError as `setReference` for what could not be set
 */
export async function previewReference(
  ctx: Context,
  setting: ReferenceSetting,
  { from, to, limit, offset }: PreviewRange,
): Promise<ReferencePreview> {
  requirePermission(ctx, unitTestInfo.permissions.change)
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw invalidInput('limit', 'This must be a whole number from 1 to 500.')
  }
  if (!Number.isInteger(offset) || offset < 0)
    throw invalidInput('offset', 'This must be a whole number from 0.')
  const planned = await planReference(ctx, setting)
  const { before, reference, tolerance } = planned
  const compared = { reference, tolerance: tolerance?.tolerance ?? null }
  let counts: VerdictChange[] = []
  const changed: Rejudged<PastResult>[] = []
  let total = 0
  let complete = false
  for await (const page of pagesOf(ctx, before.infoId, { from, to })) {
    const rejudged = rejudge(before.test, page.results, compared)
    counts = countVerdicts(rejudged, counts)
    changed.push(...rejudged.filter((each) => each.before !== each.after))
    total += page.results.length
    complete = page.isLast
    if (total >= MOST_RESULTS) break
  }
  return {
    before,
    after: { reference, tolerance },
    total,
    complete,
    counts,
    changed: changed.slice(offset, offset + limit).map(({ result, before: was, after }) => ({
      sessionId: result.sessionId,
      workCompleted: result.workCompleted,
      result: result.result,
      before: was,
      after,
    })),
    changedTotal: changed.length,
  }
}

async function* pagesOf(
  ctx: Context,
  infoId: number,
  range: { readonly from: Date; readonly to: Date },
): AsyncGenerator<{ readonly results: readonly PastResult[]; readonly isLast: boolean }> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  let after: HistoryPosition | undefined
  for (;;) {
    const results = await findResultHistory(db, infoId, {
      ...range,
      limit: AT_ONCE,
      ...(after ? { after } : {}),
    })
    const last = results.at(-1)
    const isLast = results.length < AT_ONCE || last === undefined
    yield { results, isLast }
    if (isLast) return
    after = { workCompleted: last.workCompleted, resultId: last.resultId }
    await nextTurn()
  }
}
