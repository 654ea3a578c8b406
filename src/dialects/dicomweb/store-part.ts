import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { InstanceIndex } from '../../modules/dicom/domain/instance-index.ts'
import type { ImageFiles } from '../../modules/dicom/image-files.ts'
import { indexFile, type StoredOutcome, storeIndexed } from '../../modules/dicom/store-instance.ts'
import { reasonOf } from '../../modules/dicom/store-upload.ts'
import { FAILURES } from './failure-reasons.data.ts'
import type { BodyPart } from './read-multipart.ts'

/** What became of one file: `failed` names the instance, `unreadable` cannot. */
export type PartOutcome =
  | ({ readonly kind: 'stored' } & StoredOutcome)
  | {
      readonly kind: 'failed'
      readonly sopClassUid: string
      readonly instanceUid: string
      readonly code: number
      readonly reason: string
    }
  | { readonly kind: 'unreadable'; readonly code: number; readonly reason: string }

export type PartPlace = {
  readonly folder: string
  readonly studyUid: string | undefined
  readonly number: number
}

/** Stores one part of a request; what is refused is told in the answer, and only a defect ends the request. */
export async function storePart(
  ctx: Context,
  images: ImageFiles,
  { headers, content }: BodyPart,
  { folder, studyUid, number }: PartPlace,
): Promise<PartOutcome> {
  const type = headers.get('content-type')
  if (type !== undefined && !/^application\/dicom\s*(;|$)/i.test(type))
    return { kind: 'unreadable', code: FAILURES.cannotUnderstand, reason: `The part is ${type}.` }
  const path = join(folder, `part-${number}`)
  try {
    if (!(await spool(content, path, images.largestUpload)))
      return { kind: 'unreadable', code: FAILURES.outOfResources, reason: 'The file is too large.' }
    return await storeFile(ctx, images, { path, ...(studyUid === undefined ? {} : { studyUid }) })
  } finally {
    await rm(path, { force: true })
  }
}

async function storeFile(
  ctx: Context,
  images: ImageFiles,
  request: { readonly path: string; readonly studyUid?: string },
): Promise<PartOutcome> {
  let index: InstanceIndex
  try {
    index = await indexFile(ctx, images, request.path)
  } catch (error) {
    return { kind: 'unreadable', code: FAILURES.cannotUnderstand, reason: reasonOf(error) }
  }
  try {
    return { kind: 'stored', ...(await storeIndexed(ctx, images, index, request)) }
  } catch (error) {
    const { sopClassUid, uid } = index.instance
    return { kind: 'failed', sopClassUid, instanceUid: uid, code: codeOf(error), reason: reasonOf(error) }
  }
}

function codeOf(error: unknown): number {
  if (!(error instanceof RefusedError)) throw error
  switch (error.refusal.kind) {
    case 'conflict':
      return FAILURES.duplicateInstance
    case 'not-permitted':
      return FAILURES.notAuthorized
    case 'invalid-input':
      return FAILURES.doesNotMatch
    default:
      return FAILURES.processing
  }
}

/** @returns whether the part is no larger than it may be; a larger one is read to its end and dropped */
async function spool(
  content: AsyncGenerator<Buffer, void, undefined>,
  path: string,
  most: number,
): Promise<boolean> {
  let size = 0
  const kept = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      size += chunk.length
      if (size <= most) yield chunk
    }
  }
  await pipeline(Readable.from(kept()), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return size <= most
}
