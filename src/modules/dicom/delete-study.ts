import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { studyScope } from './domain/study-scope.ts'
import { requireStudy } from './find-studies.ts'
import { DELETE_STUDIES, SEE_STUDIES } from './permissions.ts'
import { findStudy } from './store/studies.ts'
import {
  binStudy,
  countStoredAnew,
  findGroups,
  findStudyGroups,
  replaceStudyGroups,
  unbinStudy,
} from './store/study-changes.ts'

/** Puts a study into the bin, out of every list but that of the bin; its files stay. */
export async function deleteStudy(ctx: Context, uid: string, reason: string): Promise<void> {
  requirePermission(ctx, DELETE_STUDIES)
  if (reason.trim() === '') throw invalidInput('reason', 'Say why the study is deleted.')
  await inTransaction(ctx, async (tx) => {
    const study = await requireStudy(tx, uid)
    const binned = await binStudy(tx.db, study.id, {
      at: tx.now(),
      userId: actingUserId(tx.actor),
      reason: reason.trim(),
    })
    if (!binned) throw new RefusedError({ kind: 'not-found', what: 'study', id: uid })
    await recordAudit(tx, { action: 'dicom.study.delete', record: 'dicom.study', recordId: uid, reason })
  })
}

/**
 * Takes a study out of the bin.
 *
 * @throws RefusedError `conflict` if the study, or an instance of it, was stored anew meanwhile
 */
export async function restoreStudy(ctx: Context, uid: string): Promise<void> {
  requirePermission(ctx, DELETE_STUDIES)
  await inTransaction(ctx, async (tx) => {
    const study = await requireStudy(tx, uid, 'bin')
    const anew = await findStudy(tx.db, uid, { kind: 'all' })
    if (anew || (await countStoredAnew(tx.db, study.id)) > 0) {
      throw new RefusedError({ kind: 'conflict', reason: 'The study was stored anew meanwhile.' })
    }
    await unbinStudy(tx.db, study.id)
    await recordAudit(tx, { action: 'dicom.study.restore', record: 'dicom.study', recordId: uid })
  })
}

/** Says which groups see a study, besides whoever stored it and those who see all. */
export async function shareStudy(ctx: Context, uid: string, groupIds: readonly number[]): Promise<void> {
  requirePermission(ctx, SEE_STUDIES)
  await inTransaction(ctx, async (tx) => {
    const study = await requireStudy(tx, uid)
    const isOwner = study.storedById !== null && study.storedById === actingUserId(tx.actor)
    if (!isOwner) requirePermission(tx, DELETE_STUDIES)
    const groups = await findGroups(tx.db, groupIds)
    if (groups.length < new Set(groupIds).size) throw invalidInput('groups', 'There is no such group.')
    const before = (await findStudyGroups(tx.db, [study.id])).get(study.id) ?? []
    await replaceStudyGroups(tx.db, study.id, groupIds)
    await recordAudit(tx, {
      action: 'dicom.study.share',
      record: 'dicom.study',
      recordId: uid,
      before: { groups: before.map(({ name }) => name) },
      after: { groups: groups.map(({ name }) => name) },
    })
    if (!(await findStudy(tx.db, uid, studyScope(tx.actor)))) {
      throw invalidInput('groups', 'You would not see the study any more.')
    }
  })
}
