import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Context, requirePermission } from '../../context.ts'
import type { ImageFiles } from './image-files.ts'
import { STORE_STUDIES } from './permissions.ts'
import { storeUpload, type UploadOutcome } from './store-upload.ts'

/** A file of a folder, named by what changes with its content. */
export type FolderFile = {
  /** below the folder */
  readonly path: string
  readonly size: number
  readonly modifiedMs: number
}

/** The same for a file that did not change, whenever it is looked at. */
export function keyOfFile({ path, size, modifiedMs }: FolderFile): string {
  return `${size}\t${Math.trunc(modifiedMs)}\t${path}`
}

/** Folders within folders that are gone into. */
const DEEPEST = 32

/**
 * The files of a folder and of those in it, sorted by name; links are not followed, and what is hidden is left alone.
 * A file that disappears while the folder is read is not there.
 */
export async function listFolderFiles(folder: string): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = []
  const walk = async (at: string, depth: number): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue
      const path = join(at, entry.name)
      if (entry.isDirectory() && depth < DEEPEST) await walk(path, depth + 1)
      const facts = entry.isFile() ? await stat(path).catch(absent) : undefined
      if (facts) files.push({ path: relative(folder, path), size: facts.size, modifiedMs: facts.mtimeMs })
    }
  }
  await walk(folder, 0)
  return files
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

export type ImportedFile = { readonly file: FolderFile; readonly outcomes: readonly UploadOutcome[] }

/** Takes in files of a folder one after the other; each tells what became of it and of the entries of an archive. */
export async function* importFiles(
  ctx: Context,
  images: ImageFiles,
  { folder, files, groupIds }: { folder: string; files: readonly FolderFile[]; groupIds: readonly number[] },
): AsyncGenerator<ImportedFile, void, undefined> {
  requirePermission(ctx, STORE_STUDIES)
  for (const file of files) {
    const outcomes: UploadOutcome[] = []
    if (file.size > images.largestUpload)
      outcomes.push({ name: file.path, outcome: 'refused', reason: 'The file is too large.' })
    else {
      const upload = { path: join(folder, file.path), name: file.path, groupIds }
      for await (const outcome of storeUpload(ctx, images, upload)) outcomes.push(outcome)
    }
    yield { file, outcomes }
  }
}
