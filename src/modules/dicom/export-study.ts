import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { auditReading } from './audit-reading.ts'
import type { ConfidentialityOption } from './domain/confidentiality-profile.ts'
import { requireStudy } from './find-studies.ts'
import { collect, type ImageFiles, withStoredFile } from './image-files.ts'
import { EXPORT_STUDIES, SEE_STUDIES } from './permissions.ts'
import { listInstancesOf } from './store/studies.ts'
import type { DeidentificationWish, DeidentifiedFile } from './threads/stored-file-task.ts'

/** One file of an export; what it holds is read when its turn comes. */
export type ExportedFile = { readonly name: string; readonly open: () => Promise<Readable> }

/** The files of a study as they were stored, one folder for each series. */
export async function exportStudy(
  ctx: Context,
  uid: string,
  seriesUid?: string,
): Promise<readonly ExportedFile[]> {
  requirePermission(ctx, SEE_STUDIES)
  requirePermission(ctx, EXPORT_STUDIES)
  const study = await requireStudy(ctx, uid)
  const instances = await listInstancesOf(ctx.db, {
    studyId: study.id,
    ...(seriesUid === undefined ? {} : { seriesUid }),
  })
  await auditReading(ctx, 'download', uid, { instances: instances.length })
  const names = fileNames(instances.map((instance) => instance.seriesUid))
  return instances.map(({ sha256 }, index) => ({
    name: names[index] ?? '',
    open: () => ctx.blobs.open(sha256),
  }))
}

/** `series-1/image-0001.dcm`: short names that every system can keep. */
function fileNames(seriesUids: readonly string[]): readonly string[] {
  const series = [...new Set(seriesUids)]
  const counts = new Map<string, number>()
  return seriesUids.map((uid) => {
    const count = (counts.get(uid) ?? 0) + 1
    counts.set(uid, count)
    return `series-${series.indexOf(uid) + 1}/image-${String(count).padStart(4, '0')}.dcm`
  })
}

export type ExportWish = {
  readonly options: readonly ConfidentialityOption[]
  readonly pixels: 'refuse-risky' | 'confirmed'
  readonly series: readonly string[] | undefined
  /** product and version */
  readonly method: string
}

/** An export that is made already and waits in a folder of its own. */
export type PreparedExport = {
  readonly files: readonly ExportedFile[]
  /** Removes the files once they were sent. */
  readonly remove: () => Promise<void>
}

/**
 * Copies of a study without identity, under one key: what belonged together still does, and nobody finds the way back.
 * The last file is `report.json`, which tells what was changed and never an old value.
 *
 * @throws RefusedError `invalid-input` if pixels may show who the patient is
 */
export async function exportWithoutIdentity(
  ctx: Context,
  images: ImageFiles,
  uid: string,
  { options, pixels, series, method }: ExportWish,
): Promise<PreparedExport> {
  requirePermission(ctx, SEE_STUDIES)
  requirePermission(ctx, EXPORT_STUDIES)
  const study = await requireStudy(ctx, uid)
  const all = await listInstancesOf(ctx.db, { studyId: study.id })
  const instances = series ? all.filter(({ seriesUid }) => series.includes(seriesUid)) : all
  if (instances.length === 0) throw invalidInput('series', 'The study has no such series.')
  const names = fileNames(instances.map(({ seriesUid }) => seriesUid))
  const wish: DeidentificationWish = { options, pixels, method, key: randomBytes(32) }
  const folder = await images.makeFolder()
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const made: unknown[] = []
    for (const [index, { sha256 }] of instances.entries()) {
      const out = join(folder, `file-${index}`)
      const { changes } = await deidentifyOne(ctx, images, { sha256, out, wish })
      made.push({ file: names[index], changes })
    }
    await auditReading(ctx, 'deidentify', uid, { instances: instances.length, options })
    const report = JSON.stringify({ profile: PROFILE, options, files: made })
    return {
      files: [
        ...names.map((name, index) => ({
          name,
          open: async () => createReadStream(join(folder, `file-${index}`)),
        })),
        { name: 'report.json', open: async () => Readable.from([Buffer.from(report)]) },
      ],
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

const PROFILE = 'PS3.15 Basic Application Level Confidentiality Profile'

async function deidentifyOne(
  ctx: Context,
  images: ImageFiles,
  {
    sha256,
    out,
    wish,
  }: { readonly sha256: string; readonly out: string; readonly wish: DeidentificationWish },
): Promise<DeidentifiedFile> {
  const answer = await withStoredFile(ctx.blobs, images, sha256, (path) =>
    collect(images.threads.run({ kind: 'deidentify', path, out, wish })),
  )
  return JSON.parse(String(answer))
}
