import type { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { all, type Condition, equals, related } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { ByteRange } from '../../platform/blobs/blob-store.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { fileRecord, type ResearchFile } from './records/file.ts'
import { asFile } from './typed-row.ts'

export type OpenFile = {
  readonly file: ResearchFile
  open(range?: ByteRange): Promise<Readable>
}

/** A file by its id. @throws RefusedError `not-found` also for what is outside the actor's scope */
export async function openFile(ctx: Context, id: number): Promise<OpenFile> {
  requirePermission(ctx, 'research.access')
  const [row] = await findRecords(ctx, fileRecord, [id])
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'file', id })
  return opened(ctx, asFile(row))
}

/** Folders below `/media/` and who owns what lies in them. */
export const MEDIA_FOLDERS = {
  sample_info: { kind: 'sample_info', owner: 'sample', named: 'infoFile' },
  supplementary_files: { kind: 'supplementary_file', owner: 'sample', named: 'supplementaryFile' },
  experiment_files: { kind: 'experiment_file', owner: 'experiment', named: 'experimentFile' },
  method_files: { kind: 'method_file', owner: 'method', named: 'file' },
  project_files: { kind: 'project_file', owner: 'project', named: 'file' },
} as const

export type MediaFolder = keyof typeof MEDIA_FOLDERS

export function isMediaFolder(name: string): name is MediaFolder {
  return Object.hasOwn(MEDIA_FOLDERS, name)
}

/** The current file at a documented address. @throws RefusedError `not-found` */
export async function openMediaFile(ctx: Context, folder: MediaFolder, name: string): Promise<OpenFile> {
  requirePermission(ctx, 'research.access')
  const { kind, owner, named } = MEDIA_FOLDERS[folder]
  const owns: Condition = related(owner, equals(named, name))
  const where = all(equals('kind', kind), equals('current', true), owns)
  const { rows } = await listRecords(
    ctx,
    fileRecord,
    { where, order: [], limit: 1, offset: 0 },
    { total: 'none' },
  )
  const [row] = rows
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'file', id: name })
  return opened(ctx, asFile(row))
}

function opened(ctx: Context, file: ResearchFile): OpenFile {
  return { file, open: (range) => ctx.blobs.open(file.sha256, range) }
}
