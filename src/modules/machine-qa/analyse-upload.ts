import { inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Attachment } from './domain/attachment.ts'
import type { QaTest } from './domain/listed-test.ts'
import type { JsonValue } from './domain/test-result.ts'
import { runUploadProcedure, type UploadSource } from './performing/analyse-uploads.ts'
import { attachStored } from './performing/attach-files.ts'
import { calculationBase } from './performing/calculation-base.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { type ReceivedFile, storeFile } from './performing/received-file.ts'
import { storeFiles } from './performing/stored-files.ts'
import { gatherTyped, type TypedSession } from './performing/typed-session.ts'
import { findAttachment } from './store/attachments.ts'

/** What the performing page learns about a file it sent. */
export type UploadAnswer = {
  /** temporary until a session is stored that names it */
  readonly attachment: Attachment
  /** empty when the analysis went well */
  readonly errors: readonly string[]
  readonly result: JsonValue
  readonly comment: string | null
  /** files the procedure wrote, temporary too */
  readonly written: readonly Attachment[]
  readonly skips: Readonly<Record<string, boolean>>
}

/**
 * Keeps a file that somebody sends while performing, and runs the procedure of its upload test over it; or runs it again
 * over a file that was sent before (specification 3.5.6).
 *
 * @param file the file, or the id of an attachment that the caller sent before or that belongs to the session being
 *   changed
 */
export async function analyseUpload(
  ctx: PerformingContext,
  typed: TypedSession,
  testId: number,
  file: ReceivedFile | { readonly attachmentId: number },
): Promise<UploadAnswer> {
  requirePermission(ctx, 'machine-qa.session.perform')
  const { members, inputs } = await gatherTyped(ctx, typed)
  const test = members.map((member) => member.test).find(({ id, type }) => id === testId && type === 'upload')
  if (!test) throw invalidInput('test_id', 'Invalid or missing test_id')
  const attachment =
    'attachmentId' in file ? await requireOwn(ctx, file.attachmentId) : await keepTemporary(ctx, test, file)
  const source: UploadSource = { kind: 'temporary', attachment }
  const { analysis, errors } = await runUploadProcedure(ctx, test, source, calculationBase(ctx, inputs))
  const stored = await storeFiles(ctx, analysis.written)
  const written = await inTransaction(ctx, (tx) => attachStored(tx, { kind: 'temporary' }, stored))
  const { result, comment, skips } = analysis
  return { attachment, errors, result, comment, written, skips }
}

async function keepTemporary(ctx: PerformingContext, test: QaTest, file: ReceivedFile): Promise<Attachment> {
  const stored = await storeFile(ctx, file)
  return inTransaction(ctx, async (tx) => {
    const [attachment] = await attachStored(tx, { kind: 'temporary' }, [stored])
    if (!attachment) throw new Error('a stored file got no attachment')
    await recordAudit(tx, {
      action: 'machine-qa.attachment.upload',
      record: 'machine-qa.attachment',
      recordId: attachment.id,
      after: { test: test.id, label: attachment.label, sha256: attachment.sha256 },
    })
    return attachment
  })
}

/** A temporary file of the caller's own, or one of a result, which whoever may see results may have analysed again. */
async function requireOwn(ctx: PerformingContext, id: number): Promise<Attachment> {
  const attachment = await findAttachment(ctx.db, id)
  const isOwn = attachment?.owner.kind === 'temporary' && attachment.createdById === actingUserId(ctx.actor)
  if (attachment && (isOwn || attachment.owner.kind === 'result')) return attachment
  throw invalidInput('attachment_id', 'Original file not found. Please re-upload.')
}
