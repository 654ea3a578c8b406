import type { Context } from '../../../context.ts'
import { formatOffsetDateTime } from '../../../core/calendar.ts'
import type { Attachment, AttachmentOwner } from '../domain/attachment.ts'
import { adoptAttachment, deleteAttachments, insertAttachment, moveAttachment } from '../store/attachments.ts'
import { attachmentOf, newAttachmentPath, type StoredFile } from './received-file.ts'
import { refuseSubmission } from './refusals.ts'
import type { StoredSource, TestFiles } from './stored-files.ts'

/** Gives stored files their rows under an owner, in the transaction that makes the owner. */
export async function attachStored(
  tx: Context,
  owner: AttachmentOwner,
  files: readonly StoredFile[],
): Promise<Attachment[]> {
  const attached: Attachment[] = []
  for (const file of files) attached.push(await insertAttachment(tx.db, attachmentOf(tx, file, owner)))
  return attached
}

/**
 * Makes the files of a result what its test came to: a new upload takes the place of the old one, which stays with the
 * session as a record; files that a procedure wrote are replaced unless they are the same.
 *
 * @param before the files the result has; the first is the uploaded one
 * @returns the files the result has now, the uploaded one first
 */
export async function attachTestFiles(
  tx: Context,
  result: { readonly id: number; readonly sessionId: number },
  { source, written }: TestFiles,
  before: readonly Attachment[],
): Promise<Attachment[]> {
  const owner: AttachmentOwner = { kind: 'result', id: result.id }
  const [old] = source ? before : []
  const original = source && (await attachOriginal(tx, owner, source))
  if (old && original && old.id !== original.id) {
    const comment = `${old.comment}\nReplaced ${formatOffsetDateTime(tx.now(), tx.zone)}`
    await moveAttachment(tx.db, old.id, { kind: 'session', id: result.sessionId }, comment)
  }
  const derived = source ? before.slice(1) : before
  const same = (file: StoredFile) =>
    derived.find(({ label, sha256 }) => label === file.name && sha256 === file.sha256)
  const kept = written.flatMap((file) => same(file) ?? [])
  const gone = derived.filter(({ id }) => !kept.some((attachment) => attachment.id === id))
  await deleteAttachments(
    tx.db,
    gone.map(({ id }) => id),
  )
  const added = await attachStored(
    tx,
    owner,
    written.filter((file) => !same(file)),
  )
  return [...(original ? [original] : []), ...kept, ...added]
}

async function attachOriginal(
  tx: Context,
  owner: AttachmentOwner,
  source: StoredSource,
): Promise<Attachment> {
  switch (source.kind) {
    case 'received':
      return insertAttachment(tx.db, attachmentOf(tx, source.file, owner))
    case 'kept':
      return source.attachment
    case 'temporary': {
      const path = newAttachmentPath(tx, owner, source.attachment.label)
      const isAdopted = await adoptAttachment(tx.db, source.attachment.id, owner, path)
      // two submissions at once named the same file
      if (!isAdopted) throw refuseSubmission('Original file not found. Please re-upload.')
      return { ...source.attachment, owner, path }
    }
  }
}
