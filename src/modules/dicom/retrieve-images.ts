import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { auditReading, type Reading } from './audit-reading.ts'
import type { BulkPlace } from './domain/instance-index.ts'
import type { PlacedInstance } from './domain/stored-study.ts'
import { requireStudy } from './find-studies.ts'
import { collect, type ImageFiles, withStoredFile } from './image-files.ts'
import { EXPORT_STUDIES, SEE_STUDIES } from './permissions.ts'
import { runOver } from './read-stored.ts'
import { findBulkPlaces, findModels, listInstancesOf } from './store/studies.ts'

/** A study, or a series or an instance of it. */
export type ImagePlace = {
  readonly studyUid: string
  readonly seriesUid?: string
  readonly instanceUid?: string
}

/** The instances of a place, in order. @throws RefusedError `not-found` if there are none that the caller sees */
export async function instancesAt(
  ctx: Context,
  { studyUid, ...within }: ImagePlace,
  reading: Reading = 'read',
): Promise<readonly PlacedInstance[]> {
  requirePermission(ctx, reading === 'download' ? EXPORT_STUDIES : SEE_STUDIES)
  requirePermission(ctx, SEE_STUDIES)
  const study = await requireStudy(ctx, studyUid)
  const instances = await listInstancesOf(ctx.db, { studyId: study.id, ...within })
  if (instances.length === 0) throw new RefusedError({ kind: 'not-found', what: 'instances', id: studyUid })
  await auditReading(ctx, reading, studyUid, reading === 'download' ? { instances: instances.length } : {})
  return instances.map((instance) => ({ ...instance, studyUid }))
}

/** Models fetched at once: they are read from the database while the earlier ones are sent. */
const MODELS_AT_ONCE = 25

/** The DICOM JSON models of instances as text, in order. */
export async function* modelsOf(
  ctx: Context,
  instances: readonly PlacedInstance[],
): AsyncGenerator<{ readonly instance: PlacedInstance; readonly model: string }> {
  for (let at = 0; at < instances.length; at += MODELS_AT_ONCE) {
    const some = instances.slice(at, at + MODELS_AT_ONCE)
    const models = await findModels(
      ctx.db,
      some.map(({ id }) => id),
    )
    for (const instance of some) yield { instance, model: models.get(instance.id) ?? '{}' }
  }
}

/** A file on its way out; whoever takes it reads it to the end or destroys it. */
export type OutgoingFile = { readonly content: Readable; readonly size: number; readonly syntax: string }

/**
 * The file of an instance in a transfer syntax, `stored` for its own.
 *
 * @throws RefusedError `invalid-input` if its pixels cannot be brought into that form
 */
export async function openInSyntax(
  ctx: Context,
  files: ImageFiles,
  instance: PlacedInstance,
  syntax: string,
): Promise<OutgoingFile> {
  const { sha256, sizeBytes, transferSyntaxUid } = instance
  if (syntax === 'stored' || syntax === transferSyntaxUid) {
    return { content: await ctx.blobs.open(sha256), size: sizeBytes, syntax: transferSyntaxUid }
  }
  const folder = await files.makeFolder()
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const out = join(folder, 'transcoded')
    await withStoredFile(ctx.blobs, files, sha256, (path) =>
      collect(files.threads.run({ kind: 'transcode', path, out, syntax })),
    )
    const { size } = await stat(out)
    const content = createReadStream(out)
    content.on('close', () => {
      // what cannot be removed now is removed by the sweep of work folders
      remove().catch(() => undefined)
    })
    return { content, size, syntax }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A value on its way out: a range of the file, or bytes that had to be made. */
export type BulkValue =
  | { readonly kind: 'range'; readonly start: number; readonly length: number }
  | { readonly kind: 'made'; readonly bytes: Buffer }

/**
 * The value behind an address of bulk data, in little endian.
 *
 * @throws RefusedError `not-found`
 */
export async function findBulkValue(
  ctx: Context,
  files: ImageFiles,
  instance: PlacedInstance,
  place: string,
): Promise<BulkValue> {
  const places: Readonly<Record<string, BulkPlace>> = JSON.parse(
    (await findBulkPlaces(ctx.db, instance.id)) ?? '{}',
  )
  const found = Object.hasOwn(places, place) ? places[place] : undefined
  if (found === undefined) throw new RefusedError({ kind: 'not-found', what: 'bulk data', id: place })
  if (found !== null) return { kind: 'range', start: found[0], length: found[1] }
  return { kind: 'made', bytes: await runOver(ctx, files, instance, { kind: 'bulk', place }) }
}

/** Bytes of the file of an instance. */
export function openRange(
  ctx: Context,
  { sha256 }: PlacedInstance,
  { start, length }: { readonly start: number; readonly length: number },
): Promise<Readable> {
  return ctx.blobs.open(sha256, { start, end: start + length - 1 })
}
