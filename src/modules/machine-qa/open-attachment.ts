import type { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { ByteRange } from '../../platform/blobs/blob-store.ts'
import type { Attachment, AttachmentOwner } from './domain/attachment.ts'
import { findAttachment, findAttachmentByPath } from './store/attachments.ts'

/** A file that may be read. */
export type OpenedAttachment = {
  readonly attachment: Attachment
  /** @param range all of it unless given */
  open(range?: ByteRange): Promise<Readable>
}

/**
 * Finds a file by its id or its address below `/media/`. Knowing either grants nothing: the caller must belong to
 * machine QA, and a temporary file is its sender's alone.
 */
export async function openAttachment(
  ctx: Context,
  wanted: { readonly id: number } | { readonly path: string },
): Promise<OpenedAttachment> {
  requirePermission(ctx, 'machine-qa.access')
  const attachment = await ('id' in wanted
    ? findAttachment(ctx.db, wanted.id)
    : findAttachmentByPath(ctx.db, wanted.path))
  if (!attachment || isOfSomebodyElse(ctx, attachment)) {
    const id = 'id' in wanted ? wanted.id : wanted.path
    throw new RefusedError({ kind: 'not-found', what: 'attachment', id })
  }
  const needed = NEEDED[attachment.owner.kind]
  if (needed !== undefined) requirePermission(ctx, needed)
  return { attachment, open: (range) => ctx.blobs.open(attachment.sha256, range) }
}

/** What its owner asks for besides. */
const NEEDED: { readonly [Kind in AttachmentOwner['kind']]?: string } = {
  serviceEvent: 'machine-qa.service-event.view',
  part: 'machine-qa.part.view',
  fault: 'machine-qa.fault.view',
}

function isOfSomebodyElse({ actor }: Context, { owner, createdById }: Attachment): boolean {
  return owner.kind === 'temporary' && createdById !== actingUserId(actor)
}
