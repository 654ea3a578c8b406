import { type Context, inTransaction } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { constraintViolation } from '../../../platform/database/constraint-violation.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { AssignmentFacts } from '../domain/assignment-facts.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { NewSession, Session } from '../domain/session.ts'
import type { NewResult } from '../domain/session-result.ts'
import { performReturn } from '../service/follow-session.ts'
import { lockAssignmentState } from '../store/assignments.ts'
import { insertComment } from '../store/comments.ts'
import { deleteDraftAt } from '../store/drafts.ts'
import { insertResults, saveUploadIds } from '../store/results.ts'
import { insertSession } from '../store/sessions.ts'
import { attachStored, attachTestFiles } from './attach-files.ts'
import { type PerformedSession, performedResult } from './performed-session.ts'
import type { StoredFile } from './received-file.ts'
import { refuseTakenUserKey } from './refusals.ts'
import { reschedule } from './reschedule.ts'
import { auditedSession } from './session-audit.ts'
import type { TestFiles } from './stored-files.ts'
import type { EntryManner } from './submission.ts'

/** Everything of a session that has been decided, ready to be stored. */
export type SessionToStore<S, R> = {
  readonly assignment: AssignmentFacts
  readonly session: S
  readonly results: readonly R[]
  /** by macro */
  readonly testFiles: ReadonlyMap<string, TestFiles>
  readonly sessionFiles: readonly StoredFile[]
  /** empty for none */
  readonly comment: string
  readonly returnToServiceId: number | undefined
  readonly manner: EntryManner
}

/** Stores a new session with all that belongs to it, in one transaction. */
export function storeNewSession(
  ctx: Context,
  toStore: SessionToStore<NewSession, NewResult>,
): Promise<PerformedSession> {
  const { assignment, comment, results, sessionFiles, testFiles } = toStore
  return inTransaction(ctx, async (tx) => {
    const state = await lockAssignmentState(tx.db, assignment.id)
    const session = await insertUnlessTaken(tx, { ...toStore.session, dueDate: state.dueDate })
    const ids = await insertResults(tx.db, session, results)
    const stored = results.map((result, index) => ({ ...result, id: ids[index] ?? 0, version: 1 }))
    const attached = new Map<string, readonly Attachment[]>()
    for (const { id, test } of stored) {
      const files = testFiles.get(test.macro)
      if (!files) continue
      attached.set(test.macro, await attachTestFiles(tx, { id, sessionId: session.id }, files, []))
    }
    const complete = await nameUploads(tx, stored, attached)
    await attachStored(tx, { kind: 'session', id: session.id }, sessionFiles)
    if (comment !== '') {
      await insertComment(tx.db, {
        sessionId: session.id,
        userId: session.createdById,
        submitDate: session.createdAt,
        comment,
      })
    }
    if (toStore.manner === 'form') await forgetDraft(tx, session, null)
    await reschedule(tx, assignment, state.dueDate)
    if (toStore.returnToServiceId !== undefined)
      await performReturn(tx, toStore.returnToServiceId, session, toStore.manner)
    const shown = complete.map((result) =>
      performedResult(result, attached.get(result.test.macro) ?? [], tx.zone),
    )
    await recordAudit(tx, {
      action: 'machine-qa.session.perform',
      record: 'machine-qa.session',
      recordId: session.id,
      after: auditedSession(session, shown),
    })
    return { session, comment: comment === '' ? null : comment, results: shown }
  })
}

async function insertUnlessTaken(tx: Context, session: NewSession): Promise<Session> {
  try {
    const id = await insertSession(tx.db, session)
    return { ...session, id, version: 1, voidedAt: null, voidedById: null, voidReason: null }
  } catch (error) {
    throw isTakenUserKey(error) ? refuseTakenUserKey() : error
  }
}

/** What was typed is stored now. */
export async function forgetDraft(tx: Context, session: Session, sessionId: number | null): Promise<void> {
  const userId = actingUserId(tx.actor)
  const { assignmentId, testListId, day } = session
  if (userId !== null) await deleteDraftAt(tx.db, userId, { assignmentId, testListId, day, sessionId })
}

/** Whether the database says that another session carries the user key. */
export function isTakenUserKey(error: unknown): boolean {
  const violation = constraintViolation(error)
  if (violation?.kind !== 'unique') return false
  return violation.constraint === 'qa_session_user_key' || (violation.columns?.includes('user_key') ?? false)
}

/** The text of an upload's result is the id of its file. */
export async function nameUploads<R extends NewResult & { readonly id: number }>(
  tx: Context,
  results: readonly R[],
  attached: ReadonlyMap<string, readonly Attachment[]>,
): Promise<R[]> {
  const uploads: { resultId: number; attachmentId: number }[] = []
  const named = results.map((result) => {
    const file = result.test.type === 'upload' ? attached.get(result.test.macro)?.[0] : undefined
    if (!file) return result
    uploads.push({ resultId: result.id, attachmentId: file.id })
    return { ...result, result: { ...result.result, stringValue: String(file.id) } }
  })
  await saveUploadIds(tx.db, uploads)
  return named
}
