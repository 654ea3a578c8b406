import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Attachment, AttachmentOwner } from './domain/attachment.ts'
import { attachStored } from './performing/attach-files.ts'
import { type ReceivedFile, storeFile } from './performing/received-file.ts'
import { deleteAttachments, findAttachment, ownerExists } from './store/attachments.ts'

/** What files can be added to one by one; those of results come with a session. */
export type OpenOwner = {
  readonly kind: Exclude<AttachmentOwner['kind'], 'temporary' | 'result'>
  readonly id: number
}

const PERMISSIONS: Readonly<Record<AttachmentOwner['kind'], string>> = {
  test: 'machine-qa.test.change',
  testList: 'machine-qa.test-list.change',
  testListCycle: 'machine-qa.test-list-cycle.change',
  session: 'machine-qa.session.change',
  result: 'machine-qa.session.change',
  unit: 'machine-qa.unit.change',
  serviceEvent: 'machine-qa.service-event.change',
  part: 'machine-qa.part.change',
  fault: 'machine-qa.fault.add',
  temporary: 'machine-qa.session.perform',
}

/** Adds a file to configuration, or to a session, a service event, a part or a fault. */
export async function addAttachment(ctx: Context, owner: OpenOwner, file: ReceivedFile): Promise<Attachment> {
  requirePermission(ctx, PERMISSIONS[owner.kind])
  if (!(await ownerExists(ctx.db, owner.kind, owner.id))) {
    throw new RefusedError({ kind: 'not-found', what: owner.kind, id: owner.id })
  }
  const stored = await storeFile(ctx, file)
  return inTransaction(ctx, async (tx) => {
    const [attachment] = await attachStored(tx, owner, [stored])
    if (!attachment) throw new Error('a stored file got no attachment')
    await recordAudit(tx, {
      action: 'machine-qa.attachment.add',
      record: 'machine-qa.attachment',
      recordId: attachment.id,
      after: { owner, label: attachment.label, sha256: attachment.sha256 },
    })
    return attachment
  })
}

/** What happened keeps its files; configuration may lose them. */
const KEEPS_FILES: ReadonlySet<AttachmentOwner['kind']> = new Set([
  'session',
  'result',
  'serviceEvent',
  'fault',
])

/** Takes a file off the configuration. Files of sessions, service events and faults are records: they stay. */
export function removeAttachment(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const attachment = await findAttachment(tx.db, id)
    requirePermission(ctx, PERMISSIONS[attachment?.owner.kind ?? 'session'])
    if (!attachment) throw new RefusedError({ kind: 'not-found', what: 'attachment', id })
    const { owner, label, sha256 } = attachment
    if (KEEPS_FILES.has(owner.kind)) {
      const reason = 'Files of sessions, service events and faults are kept.'
      throw new RefusedError({ kind: 'conflict', reason })
    }
    await deleteAttachments(tx.db, [id])
    await recordAudit(tx, {
      action: 'machine-qa.attachment.remove',
      record: 'machine-qa.attachment',
      recordId: id,
      before: { owner, label, sha256 },
    })
  })
}
