import type { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { auditReading } from './audit-reading.ts'
import type { StoredPixelFacts } from './domain/instance-index.ts'
import type { PlacedInstance } from './domain/stored-study.ts'
import { studyScope } from './domain/study-scope.ts'
import { collect, type ImageFiles, withStoredFile } from './image-files.ts'
import { EXPORT_STUDIES, SEE_STUDIES } from './permissions.ts'
import { findInstance, findPixels } from './store/studies.ts'
import type { PictureWish, SamplesHead, StoredFileTask } from './threads/stored-file-task.ts'

/** An instance that the caller sees. @throws RefusedError `not-found` */
export async function getInstance(ctx: Context, uid: string): Promise<PlacedInstance> {
  requirePermission(ctx, SEE_STUDIES)
  const instance = await findInstance(ctx.db, uid, studyScope(ctx.actor))
  if (!instance) throw new RefusedError({ kind: 'not-found', what: 'instance', id: uid })
  await auditReading(ctx, 'read', instance.studyUid)
  return instance
}

/** A page of the elements of an instance, as JSON. */
export async function readElements(
  ctx: Context,
  files: ImageFiles,
  uid: string,
  wish: { readonly text: string; readonly limit: number; readonly offset: number },
): Promise<Buffer> {
  const instance = await getInstance(ctx, uid)
  return runOver(ctx, files, instance, { kind: 'elements', ...wish })
}

/** What a viewer must know of the pixels. @throws RefusedError `invalid-input` with the reason why there are none */
export async function readPixelFacts(ctx: Context, uid: string): Promise<StoredPixelFacts> {
  const instance = await getInstance(ctx, uid)
  const pixels = await findPixels(ctx.db, instance.id)
  if (pixels === null) {
    throw invalidInput('PixelData', instance.problem ?? 'The file has no Pixel Data.')
  }
  return JSON.parse(pixels)
}

/** A picture of a frame, counted from 0. */
export async function renderStored(
  ctx: Context,
  files: ImageFiles,
  instance: PlacedInstance,
  wish: PictureWish,
): Promise<Buffer> {
  if (wish.frame !== undefined) requireFrame(instance, wish.frame)
  return runOver(ctx, files, instance, { kind: 'picture', ...wish })
}

export type DecodedFrame = SamplesHead & { readonly samples: Buffer }

/** The samples of a frame, counted from 0, decoded; lossy colours are RGB. */
export async function decodeStored(
  ctx: Context,
  files: ImageFiles,
  instance: PlacedInstance,
  frame: number,
): Promise<DecodedFrame> {
  requireFrame(instance, frame)
  const answer = await runOver(ctx, files, instance, { kind: 'samples', frame })
  const end = answer.indexOf(0x0a)
  const head: SamplesHead = JSON.parse(answer.toString('utf8', 0, end))
  return { ...head, samples: answer.subarray(end + 1) }
}

/** A frame, counted from 0, as it is stored. */
export async function takeStoredFrame(
  ctx: Context,
  files: ImageFiles,
  instance: PlacedInstance,
  frame: number,
): Promise<Buffer> {
  requireFrame(instance, frame)
  return runOver(ctx, files, instance, { kind: 'frame', frame })
}

function requireFrame({ uid, frames, problem }: PlacedInstance, frame: number): void {
  if (frames === 0) throw invalidInput('PixelData', problem ?? 'The file has no Pixel Data.')
  if (frame < 0 || frame >= frames)
    throw new RefusedError({ kind: 'not-found', what: 'frame', id: `${uid}/${frame + 1}` })
}

type WithoutPath<T> = T extends unknown ? Omit<T, 'path'> : never

/** Runs a task over the file of an instance. */
export function runOver(
  ctx: Context,
  files: ImageFiles,
  { sha256 }: Pick<PlacedInstance, 'sha256'>,
  task: WithoutPath<StoredFileTask>,
): Promise<Buffer> {
  return withStoredFile(ctx.blobs, files, sha256, (path) =>
    collect(files.threads.run({ ...task, path } as StoredFileTask)),
  )
}

/** The bytes of an instance as they were stored. */
export async function openStored(ctx: Context, instance: PlacedInstance): Promise<Readable> {
  requirePermission(ctx, EXPORT_STUDIES)
  await auditReading(ctx, 'download', instance.studyUid, { instance: instance.uid })
  return ctx.blobs.open(instance.sha256)
}
