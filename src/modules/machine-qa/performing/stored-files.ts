import type { Context } from '../../../context.ts'
import type { Attachment } from '../domain/attachment.ts'
import { writtenFiles } from './analyse-uploads.ts'
import type { Calculated } from './calculate-session.ts'
import { type ReceivedFile, type StoredFile, storeFile } from './received-file.ts'

/** The file of an upload, durable, before its result has a row. */
export type StoredSource =
  | { readonly kind: 'received'; readonly file: StoredFile }
  | { readonly kind: 'temporary' | 'kept'; readonly attachment: Attachment }

/** The files of one test: the uploaded one, and those that its procedure wrote. */
export type TestFiles = {
  readonly source: StoredSource | undefined
  readonly written: readonly StoredFile[]
}

/** Makes the contents of all files of a session's tests durable, before anything names them. @returns by macro */
export async function storeTestFiles(
  ctx: Context,
  { uploads, composites }: Pick<Calculated, 'uploads' | 'composites'>,
): Promise<ReadonlyMap<string, TestFiles>> {
  const stored = new Map<string, TestFiles>()
  for (const [macro, { source, written }] of uploads) {
    stored.set(macro, {
      source:
        source.kind === 'received' ? { kind: 'received', file: await storeFile(ctx, source.file) } : source,
      written: await storeFiles(ctx, written),
    })
  }
  for (const [macro, result] of composites) {
    stored.set(macro, { source: undefined, written: await storeFiles(ctx, writtenFiles(result)) })
  }
  return stored
}

export async function storeFiles(ctx: Context, files: readonly ReceivedFile[]): Promise<StoredFile[]> {
  const stored: StoredFile[] = []
  for (const file of files) stored.push(await storeFile(ctx, file))
  return stored
}
