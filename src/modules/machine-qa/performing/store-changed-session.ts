import { type Context, inTransaction } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { Session } from '../domain/session.ts'
import type { SessionResult } from '../domain/session-result.ts'
import { followSession, performReturn } from '../service/follow-session.ts'
import { lockAssignmentState } from '../store/assignments.ts'
import { findAttachmentsOf } from '../store/attachments.ts'
import { insertComment } from '../store/comments.ts'
import { updateResult } from '../store/results.ts'
import { updateSession } from '../store/sessions.ts'
import { attachStored, attachTestFiles } from './attach-files.ts'
import { type PerformedSession, performedResult } from './performed-session.ts'
import { refuseTakenUserKey } from './refusals.ts'
import { reschedule } from './reschedule.ts'
import { auditedSession } from './session-audit.ts'
import { forgetDraft, isTakenUserKey, nameUploads, type SessionToStore } from './store-new-session.ts'

export type ChangedSession = SessionToStore<Session, SessionResult> & {
  readonly before: { readonly session: Session; readonly results: readonly SessionResult[] }
}

/** Stores a changed session with all that belongs to it, in one transaction. */
export function storeChangedSession(ctx: Context, changed: ChangedSession): Promise<PerformedSession> {
  const { assignment, before, session, results, comment } = changed
  return inTransaction(ctx, async (tx) => {
    const state = await lockAssignmentState(tx.db, assignment.id)
    await updateUnlessChanged(tx, session)
    for (const result of results) await updateResult(tx.db, session, result)
    const filesBefore = await findFiles(tx, results)
    const attached = await attachFiles(tx, changed, filesBefore)
    const complete = await nameUploads(tx, results, attached)
    if (comment !== '') {
      const { id: sessionId, modifiedById: userId, modifiedAt: submitDate } = session
      await insertComment(tx.db, { sessionId, userId, submitDate, comment })
    }
    if (changed.manner === 'form') await forgetDraft(tx, session, session.id)
    await reschedule(tx, assignment, state.dueDate)
    if (changed.returnToServiceId !== undefined)
      await performReturn(tx, changed.returnToServiceId, session, changed.manner)
    await followSession(tx, before.session, session)
    const stored = { ...session, version: session.version + 1 }
    const shown = complete.map((result) =>
      performedResult(
        { ...result, version: result.version + 1 },
        attached.get(result.test.macro) ?? [],
        tx.zone,
      ),
    )
    await recordAudit(tx, {
      action: 'machine-qa.session.change',
      record: 'machine-qa.session',
      recordId: session.id,
      before: auditedSession(
        before.session,
        before.results.map((result) => ({ ...result, attachments: filesBefore.get(result.id) ?? [] })),
      ),
      after: auditedSession(stored, shown),
    })
    return { session: stored, comment: comment === '' ? null : comment, results: shown }
  })
}

async function updateUnlessChanged(tx: Context, session: Session): Promise<void> {
  try {
    if (await updateSession(tx.db, session)) return
  } catch (error) {
    throw isTakenUserKey(error) ? refuseTakenUserKey() : error
  }
  throw changedMeanwhile()
}

/** Refuses a change of a session that somebody else changed after it was read. */
export function changedMeanwhile(): RefusedError {
  const reason = 'Session was changed by someone else meanwhile. Load it again and repeat your change.'
  return new RefusedError({ kind: 'conflict', reason })
}

/** The files of results, by result. */
async function findFiles(
  tx: Context,
  results: readonly SessionResult[],
): Promise<ReadonlyMap<number, readonly Attachment[]>> {
  const ids = results.map(({ id }) => id)
  const existing = await findAttachmentsOf(tx.db, 'result', ids)
  return Map.groupBy(existing, ({ owner }) => (owner.kind === 'result' ? owner.id : 0))
}

async function attachFiles(
  tx: Context,
  { session, results, testFiles, sessionFiles }: ChangedSession,
  filesBefore: ReadonlyMap<number, readonly Attachment[]>,
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  const attached = new Map<string, readonly Attachment[]>()
  for (const { id, test } of results) {
    const files = testFiles.get(test.macro)
    const own = filesBefore.get(id) ?? []
    const now = files ? await attachTestFiles(tx, { id, sessionId: session.id }, files, own) : own
    attached.set(test.macro, now)
  }
  await attachStored(tx, { kind: 'session', id: session.id }, sessionFiles)
  return attached
}
