import { createReadStream } from 'node:fs'
import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { StoredBlob } from '../../platform/blobs/blob-store.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { InstanceIndex } from './domain/instance-index.ts'
import type { StoredStudy } from './domain/stored-study.ts'
import { studyScope } from './domain/study-scope.ts'
import { collect, type ImageFiles } from './image-files.ts'
import { STORE_STUDIES } from './permissions.ts'
import {
  countInstance,
  ensureSeries,
  findLiveInstance,
  findLiveStudy,
  insertInstance,
  insertStudy,
} from './store/stored-instances.ts'
import { findGroups } from './store/study-changes.ts'

/** A file that was taken in, or was there already with the same bytes. */
export type StoredOutcome = {
  readonly outcome: 'stored' | 'duplicate'
  readonly studyUid: string
  readonly seriesUid: string
  readonly instanceUid: string
  readonly sopClassUid: string
  readonly patientName: string | null
  readonly warnings: readonly string[]
}

export type StoreRequest = {
  readonly path: string
  /** who sees a study that is new, besides whoever stores it: its own groups unless given */
  readonly groupIds?: readonly number[]
  /** the only study that it may belong to */
  readonly studyUid?: string
}

/**
 * What the image store would keep of a file.
 *
 * @throws RefusedError `invalid-input` for what is no DICOM, is cut off, or names no study, series or instance
 */
export async function indexFile(ctx: Context, files: ImageFiles, path: string): Promise<InstanceIndex> {
  requirePermission(ctx, STORE_STUDIES)
  return JSON.parse(String(await collect(files.threads.run({ kind: 'index', path }))))
}

/** Takes a file into the image store, see {@link indexFile} and {@link storeIndexed}. */
export async function storeInstance(
  ctx: Context,
  files: ImageFiles,
  request: StoreRequest,
): Promise<StoredOutcome> {
  return storeIndexed(ctx, files, await indexFile(ctx, files, request.path), request)
}

/**
 * Takes a file into the image store. Its bytes are kept as they are; the same file again changes nothing.
 *
 * @throws RefusedError `invalid-input` if it belongs to another study than asked for; `conflict` where an instance of
 *   the same UID has other bytes; `not-permitted` where the study is there and the caller does not see it
 */
export async function storeIndexed(
  ctx: Context,
  files: ImageFiles,
  index: InstanceIndex,
  { path, groupIds, studyUid }: StoreRequest,
): Promise<StoredOutcome> {
  requirePermission(ctx, STORE_STUDIES)
  const { study, series, instance } = index
  if (studyUid !== undefined && study.uid !== studyUid)
    throw invalidInput('StudyInstanceUID', 'The instance belongs to another study.')
  const sees = groupIds ?? (ctx.actor.kind === 'user' ? ctx.actor.groupIds : [])
  // before the transaction: the content is durable before a row names it, and an orphan is swept
  const content = await ctx.blobs.put(createReadStream(path), { maxBytes: files.largestUpload })
  const { outcome, existing } = await keepOnce(ctx, { index, content, sees })
  return {
    outcome,
    studyUid: study.uid,
    seriesUid: series.uid,
    instanceUid: instance.uid,
    sopClassUid: instance.sopClassUid,
    patientName: study.patientName,
    warnings: [...index.warnings, ...contradictions(index, existing)],
  }
}

type Keeping = {
  readonly index: InstanceIndex
  readonly content: StoredBlob
  readonly sees: readonly number[]
}

type Kept = { readonly outcome: 'stored' | 'duplicate'; readonly existing: StoredStudy | undefined }

/** Attempts to store what another request stores at the same moment. */
const MOST_ATTEMPTS = 5

/** Files of a new study come at the same time: whoever comes second finds the study that the first one made. */
async function keepOnce(ctx: Context, keeping: Keeping, attempt = 1): Promise<Kept> {
  try {
    return await inTransaction(ctx, (tx) => keep(tx, keeping))
  } catch (error) {
    if (error !== STORED_MEANWHILE || ctx.inTransaction || attempt >= MOST_ATTEMPTS) throw error
    return keepOnce(ctx, keeping, attempt + 1)
  }
}

async function keep(tx: Context, { index, content, sees }: Keeping): Promise<Kept> {
  const { study, series, instance } = index
  const at = tx.now()
  const known = await findLiveStudy(tx.db, study.uid, studyScope(tx.actor))
  if (known && !known.isVisible) throw NOT_VISIBLE
  const before = await findLiveInstance(tx.db, instance.uid)
  if (before) return { outcome: sameOrRefused(before.sha256, content), existing: known?.study }
  const studyId = known?.study.id ?? (await makeStudy(tx, index, sees))
  const { id: seriesId, isNew } = await ensureSeries(tx.db, studyId, series)
  const place = { studyId, seriesId }
  const id = await insertInstance(tx.db, place, index, { ...content, at })
  if (id === undefined) throw STORED_MEANWHILE
  await countInstance(tx.db, place, {
    bytes: content.size,
    series: isNew ? 1 : 0,
    modality: series.modality,
  })
  await recordAudit(tx, {
    action: 'dicom.study.store',
    record: 'dicom.study',
    recordId: study.uid,
    after: { series: series.uid, instance: instance.uid, sha256: content.sha256 },
  })
  return { outcome: 'stored', existing: known?.study }
}

async function makeStudy(tx: Context, { study }: InstanceIndex, sees: readonly number[]): Promise<number> {
  const groups = await findGroups(tx.db, sees)
  const id = await insertStudy(tx.db, study, {
    at: tx.now(),
    userId: actingUserId(tx.actor),
    groupIds: groups.map((group) => group.id),
  })
  if (id === undefined) throw STORED_MEANWHILE
  return id
}

function sameOrRefused(sha256: string, content: StoredBlob): 'duplicate' {
  if (sha256 === content.sha256) return 'duplicate'
  throw new RefusedError({
    kind: 'conflict',
    reason: 'An instance of this SOP Instance UID is stored with other content.',
  })
}

const NOT_VISIBLE = new RefusedError({ kind: 'not-permitted', permission: STORE_STUDIES })

const STORED_MEANWHILE = new RefusedError({
  kind: 'conflict',
  reason: 'The same study was stored at this moment; send the file again.',
})

/** One study is of one patient; files that disagree are kept, and somebody should look. */
function contradictions({ study }: InstanceIndex, existing: StoredStudy | undefined): readonly string[] {
  if (!existing) return []
  return existing.patientId === study.patientId && existing.patientName === study.patientName
    ? []
    : ['The study is stored under another patient name or ID; its list shows that of the first file.']
}
