import { randomBytes } from 'node:crypto'
import type { Context } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { formatOffsetDateTime, zoneDay } from '../../../core/calendar.ts'
import { SNIFF_BYTES, sniffMediaType } from '../../../platform/blobs/media-type.ts'
import type { AttachmentOwner, NewAttachment } from '../domain/attachment.ts'
import {
  type AttachmentOwnerKind,
  attachmentPath,
  safeFileName,
  storedName,
  temporaryAttachmentPath,
} from '../domain/attachment-name.ts'

/** A file that arrived with a request or from a calculation. */
export type ReceivedFile = { readonly name: string; readonly content: Uint8Array }

/** A file whose content is durable in the blob store, so that a row may name it. */
export type StoredFile = {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly mediaType: string
}

/** Larger files are refused. */
export const LARGEST_FILE_BYTES = 256 * 2 ** 20

/** Makes the content of a file durable. Nothing names it yet: should no row follow, the sweep of orphans removes it. */
export async function storeFile(ctx: Context, { name, content }: ReceivedFile): Promise<StoredFile> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const { sha256, size } = await ctx.blobs.put(bytes, { maxBytes: LARGEST_FILE_BYTES })
  const mediaType = sniffMediaType(bytes.subarray(0, SNIFF_BYTES))
  return { name: safeFileName(name.toWellFormed()), sha256, sizeBytes: size, mediaType }
}

const ADDRESS_WORDS: Readonly<Record<Exclude<AttachmentOwner['kind'], 'temporary'>, AttachmentOwnerKind>> = {
  unit: 'unit',
  serviceEvent: 'serviceevent',
  part: 'part',
  fault: 'fault',
  test: 'test',
  testList: 'testlist',
  testListCycle: 'testlistcycle',
  session: 'testlistinstance',
  result: 'testinstance',
}

/** Where a file is found below `/media/` (specification 2.5 and 3.16); random digits keep equal names apart. */
export function newAttachmentPath(ctx: Context, owner: AttachmentOwner, name: string): string {
  const day = zoneDay(ctx.now(), ctx.zone)
  // a temporary file has no owner to keep it apart from those of others
  if (owner.kind === 'temporary') return temporaryAttachmentPath(storedName(name, day, hexDigits(24)))
  return attachmentPath(ADDRESS_WORDS[owner.kind], owner.id, storedName(name, day, hexDigits(6)))
}

function hexDigits(count: number): string {
  return randomBytes(count / 2).toString('hex')
}

/** The row of a stored file. */
export function attachmentOf(ctx: Context, file: StoredFile, owner: AttachmentOwner): NewAttachment {
  const at = ctx.now()
  const by =
    ctx.actor.kind === 'anonymous'
      ? ctx.actor.kind
      : ctx.actor.kind === 'user'
        ? ctx.actor.username
        : ctx.actor.name
  return {
    path: newAttachmentPath(ctx, owner, file.name),
    label: file.name,
    comment: `Uploaded ${formatOffsetDateTime(at, ctx.zone)} by ${by}`,
    mediaType: file.mediaType,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    owner,
    createdAt: at,
    createdById: actingUserId(ctx.actor),
  }
}
