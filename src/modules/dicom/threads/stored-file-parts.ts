import type { CodecPool } from '../codecs/codec-pool.ts'
import { openFileSource } from '../codecs/file-source.ts'
import { type DicomFile, parseDicomFile } from '../domain/parse-file.ts'
import { bulkParts } from './bulk-parts.ts'
import { deidentifyFile } from './deidentify-file.ts'
import { elementsPage } from './elements-page.ts'
import { fileFacts } from './file-facts.ts'
import { frameParts, samplesParts } from './frame-parts.ts'
import { indexInstance } from './index-instance.ts'
import { pictureParts } from './picture-parts.ts'
import type { StoredFileTask } from './stored-file-task.ts'
import { transcodeFile } from './transcode-file.ts'
import { unpackFiles } from './unpack-files.ts'

/** The answer to a task over one file, in parts. */
export async function* storedFileParts(task: StoredFileTask, pool: CodecPool): AsyncGenerator<Buffer> {
  if (task.kind === 'unpack') {
    yield* unpackFiles(task)
    return
  }
  const source = openFileSource(task.path)
  try {
    yield* partsOf(task, parseDicomFile(source), pool)
  } finally {
    source.close()
  }
}

type ParsedTask = Exclude<StoredFileTask, { readonly kind: 'unpack' }>

async function* partsOf(task: ParsedTask, file: DicomFile, pool: CodecPool): AsyncGenerator<Buffer> {
  switch (task.kind) {
    case 'index':
      yield Buffer.from(JSON.stringify(indexInstance(file)))
      return
    case 'elements':
      yield Buffer.from(JSON.stringify(elementsPage(file, task)))
      return
    case 'picture':
      yield* pictureParts(pool, file, task)
      return
    case 'samples':
      yield* samplesParts(pool, file, task.frame)
      return
    case 'frame':
      yield* frameParts(pool, file, task.frame)
      return
    case 'transcode':
      await transcodeFile(pool, file, task)
      return
    case 'bulk':
      yield* bulkParts(file, task.place)
      return
    case 'deidentify':
      yield Buffer.from(JSON.stringify(await deidentifyFile(file, task)))
      return
    case 'facts':
      yield* fileFacts(pool, file, task)
  }
}
