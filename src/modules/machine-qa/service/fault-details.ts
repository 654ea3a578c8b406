import { type Context, requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { getRecord } from '../../records/get-record.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { PersonName } from '../domain/test-page.ts'
import { fault } from '../records/fault.ts'
import { findAttachmentsOf } from '../store/attachments.ts'
import { findOwnedComments, type OwnedComment } from '../store/comments.ts'
import {
  type FaultReview,
  type FaultReviewGroup,
  findFaultReviews,
  findReviewGroups,
} from '../store/faults.ts'
import { findPersonNames } from '../store/test-pages.ts'

export type FaultDetails = {
  readonly fault: AnyRow
  readonly groups: readonly FaultReviewGroup[]
  readonly reviews: readonly FaultReview[]
  readonly comments: readonly OwnedComment[]
  readonly attachments: readonly Attachment[]
  readonly people: ReadonlyMap<number, PersonName>
  readonly mayReview: boolean
}

/** A fault with its reviews and what was said about it. @throws RefusedError `not-found` */
export async function getFaultDetails(ctx: Context, id: number): Promise<FaultDetails> {
  requirePermission(ctx, fault.permissions.view)
  const found = await getRecord(ctx, fault, id)
  const [groups, reviews, comments, attachments] = await Promise.all([
    findReviewGroups(ctx.db),
    findFaultReviews(ctx.db, [id]),
    findOwnedComments(ctx.db, { kind: 'fault', id }),
    findAttachmentsOf(ctx.db, 'fault', [id]),
  ])
  const people = await findPersonNames(ctx.db, [
    Number(found.createdBy ?? 0) || null,
    ...reviews.map(({ reviewedBy }) => reviewedBy),
    ...comments.map(({ userId }) => userId),
  ])
  return {
    ...{ fault: found, groups, reviews, comments, attachments, people },
    mayReview: hasPermission(ctx.actor, 'machine-qa.fault.review'),
  }
}
