import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { deidentify } from '../domain/deidentify.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { findText } from '../domain/read-value.ts'
import { formatTag, TAGS } from '../domain/tag.ts'
import { dicomFileChunks } from '../domain/write-file.ts'
import type { DeidentificationWish, DeidentifiedFile } from './stored-file-task.ts'

/** Writes a copy without identity and tells what was changed; never an old value. */
export async function deidentifyFile(
  file: DicomFile,
  { out, wish }: { readonly out: string; readonly wish: DeidentificationWish },
): Promise<DeidentifiedFile> {
  const { options, key, pixels, method } = wish
  const { dataSet, changes } = deidentify(file.dataSet, { options: new Set(options), key, pixels, method })
  const target = createWriteStream(out, { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(dicomFileChunks(dataSet, file.transferSyntax)), target)
  return {
    instanceUid: findText(dataSet, TAGS.sopInstanceUid) ?? '',
    changes: changes.map(({ tag, path, action }) => ({ tag: formatTag(tag), path, action })),
  }
}
