import { open, rm } from 'node:fs/promises'
import { type Context, requirePermission } from '../../context.ts'
import { describeRefusal, RefusedError } from '../../core/refusal.ts'
import type { ImageFiles } from './image-files.ts'
import { STORE_STUDIES } from './permissions.ts'
import { type StoredOutcome, storeInstance } from './store-instance.ts'
import type { UnpackedFile } from './threads/unpack-files.ts'

/** What became of one file of an upload, or of one entry of an archive. */
export type UploadOutcome =
  | ({ readonly name: string } & StoredOutcome)
  | { readonly name: string; readonly outcome: 'refused' | 'skipped'; readonly reason: string }

export type UploadedFile = {
  readonly path: string
  readonly name: string
  readonly groupIds?: readonly number[]
}

/**
 * Takes in a DICOM file, or every DICOM file of a ZIP archive; each tells what became of it. What is refused leaves the
 * others alone.
 */
export async function* storeUpload(
  ctx: Context,
  files: ImageFiles,
  upload: UploadedFile,
): AsyncGenerator<UploadOutcome, void, undefined> {
  requirePermission(ctx, STORE_STUDIES)
  if (await beginsAsArchive(upload.path)) {
    yield* storeArchive(ctx, files, upload)
    return
  }
  yield await storeOne(ctx, files, upload)
}

async function beginsAsArchive(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && ARCHIVE_MARKS.has(buffer.toString('latin1'))
  } finally {
    await file.close()
  }
}

/** Of its first entry, or of the end of an empty one. */
const ARCHIVE_MARKS: ReadonlySet<string> = new Set(['PK\x03\x04', 'PK\x05\x06'])

async function* storeArchive(
  ctx: Context,
  files: ImageFiles,
  { path, name, groupIds }: UploadedFile,
): AsyncGenerator<UploadOutcome, void, undefined> {
  const folder = await files.makeFolder()
  try {
    let rest = ''
    for await (const part of files.archives.run({ kind: 'unpack', path, folder })) {
      rest += Buffer.from(part).toString('utf8')
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield await storeEntry(ctx, files, JSON.parse(line), { name, groupIds })
    }
  } catch (error) {
    yield { name, outcome: 'refused', reason: reasonOf(error) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Archive = { readonly name: string; readonly groupIds: readonly number[] | undefined }

async function storeEntry(
  ctx: Context,
  files: ImageFiles,
  entry: UnpackedFile,
  { name: archive, groupIds }: Archive,
): Promise<UploadOutcome> {
  const name = `${archive}/${entry.name}`
  if ('problem' in entry) return { name, outcome: 'skipped', reason: entry.problem }
  try {
    const outcome = await storeOne(ctx, files, { path: entry.path, name, ...(groupIds ? { groupIds } : {}) })
    // archives of studies carry viewers and directories beside their images
    const isOther = outcome.outcome === 'refused' && outcome.reason === NOT_DICOM
    return isOther ? { name, outcome: 'skipped', reason: NOT_DICOM } : outcome
  } finally {
    await rm(entry.path, { force: true })
  }
}

const NOT_DICOM = 'This is no DICOM file.'
const DIRECTORY = 'A DICOMDIR names images and is none.'

async function storeOne(
  ctx: Context,
  files: ImageFiles,
  { path, name, groupIds }: UploadedFile,
): Promise<UploadOutcome> {
  if (/(^|\/)DICOMDIR$/i.test(name)) return { name, outcome: 'skipped', reason: DIRECTORY }
  try {
    const stored = await storeInstance(ctx, files, { path, ...(groupIds ? { groupIds } : {}) })
    return { name, ...stored }
  } catch (error) {
    return { name, outcome: 'refused', reason: reasonOf(error) }
  }
}

/** The reason of a refusal for whoever sent the file; a defect stays one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof RefusedError)) throw error
  const { refusal } = error
  if (refusal.kind === 'not-permitted') return 'The study is stored and not yours to see.'
  if (refusal.kind !== 'invalid-input') return describeRefusal(refusal)
  const reason = refusal.problems.map(({ problem }) => problem).join(' ')
  return reason === 'Invalid DICOM file' ? NOT_DICOM : reason
}
