import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { type Actor, actingUserId } from '../../../core/actor.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { findRecords } from '../../records/list-records.ts'
import { isFaultReviewed, reviewsFor } from '../domain/fault-review.ts'
import { fault } from '../records/fault.ts'
import { findFaultReviews, findReviewGroups, insertFaultReview, saveFaultReviewed } from '../store/faults.ts'

const MOST_AT_ONCE = 500

/**
 * Notes that the acting user has looked at faults, for every review group to which the user belongs. What was reviewed
 * for a group already stays so.
 *
 * @throws RefusedError `conflict` for a user in none of the groups that review faults
 */
export async function reviewFaults(
  ctx: Context,
  ids: readonly number[],
): Promise<readonly { readonly id: number; readonly isReviewed: boolean }[]> {
  requirePermission(ctx, 'machine-qa.fault.review')
  if (ids.length > MOST_AT_ONCE) throw invalidInput('faults', `These are more than ${MOST_AT_ONCE}.`)
  return inTransaction(ctx, async (tx) => {
    const wanted = [...new Set(ids)].toSorted((a, b) => a - b)
    const faults = await findRecords(tx, fault, wanted)
    const missing = wanted.find((id) => !faults.some((row) => row.id === id))
    if (missing !== undefined) throw new RefusedError({ kind: 'not-found', what: 'fault', id: missing })
    const groups = await findReviewGroups(tx.db)
    const mine = reviewsFor(groups, groupsOf(tx.actor))
    if (!mine)
      throw new RefusedError({
        kind: 'conflict',
        reason: 'You are in none of the groups that review faults.',
      })
    const known = Map.groupBy(await findFaultReviews(tx.db, wanted), ({ faultId }) => faultId)
    const stamp = { at: tx.now(), by: actingUserId(tx.actor) }
    const reviewed: { id: number; isReviewed: boolean }[] = []
    for (const { id } of faults) {
      const before = (known.get(id) ?? []).map(({ reviewGroupId }) => reviewGroupId)
      const added = mine.filter((group) => !before.includes(group))
      const isReviewed = isFaultReviewed(groups, [...before, ...added])
      reviewed.push({ id, isReviewed })
      if (added.length === 0) continue
      for (const reviewGroupId of added)
        await insertFaultReview(tx.db, {
          faultId: id,
          reviewGroupId,
          reviewed: stamp.at,
          reviewedBy: stamp.by,
        })
      await saveFaultReviewed(tx.db, id, isReviewed, stamp)
      await recordAudit(tx, {
        action: 'machine-qa.fault.review',
        record: fault.name,
        recordId: id,
        after: { groups: added, isReviewed },
      })
    }
    return reviewed
  })
}

function groupsOf(actor: Actor): readonly number[] | 'all' {
  if (actor.kind === 'user') return actor.isAdministrator ? 'all' : actor.groupIds
  return actor.kind === 'system' ? 'all' : []
}
