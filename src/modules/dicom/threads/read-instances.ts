import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { ByteSource } from '../domain/byte-source.ts'
import { orderInstances } from '../domain/order-instances.ts'
import { type DicomFile, parseDicomFile } from '../domain/parse-file.ts'
import type { ReadTask } from './file-task.ts'
import { listZipEntries, unpackEntry, type ZipEntry } from './zip-archive.ts'

/** One DICOM file of an upload, with the name that it has in its archive. */
export type Instance = {
  readonly name: string
  readonly file: DicomFile
  readonly dataSet: DicomFile['dataSet']
}

/** Is told of entries that are no DICOM, and why. */
export type OnSkipped = (name: string, reason: string) => void

/**
 * The DICOM files of an upload: itself, or those of an archive in the order in which people look at them.
 *
 * @throws RefusedError `invalid-input` if there is none
 */
export function readInstances(
  { path, name }: Pick<ReadTask, 'path' | 'name'>,
  onSkipped: OnSkipped = () => undefined,
): readonly Instance[] {
  const source = reopenedSource(path)
  if (!name.toLowerCase().endsWith('.zip')) return [instanceOf(name, source)]
  const instances = listZipEntries(source)
    .filter(isCandidate)
    .flatMap((entry, index) =>
      unpackInstance(source, entry, join(dirname(path), `entry-${index}`), onSkipped),
    )
  if (instances.length === 0) throw invalidInput('file', 'Invalid DICOM file')
  return orderInstances(instances)
}

function instanceOf(name: string, source: ByteSource): Instance {
  const file = parseDicomFile(source)
  return { name, file, dataSet: file.dataSet }
}

/** Folders, what other systems leave behind, and the directory of a medium are no instances. */
function isCandidate({ name, bytes }: ZipEntry): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1)
  return (
    bytes > 0 && last !== '' && !last.startsWith('.') && last !== 'DICOMDIR' && !name.startsWith('__MACOSX/')
  )
}

/** An archive within an archive is not looked into; what is no DICOM is passed over. */
function unpackInstance(
  archive: ByteSource,
  entry: ZipEntry,
  path: string,
  onSkipped: OnSkipped,
): readonly Instance[] {
  const content = unpackEntry(archive, entry)
  if (!content) onSkipped(entry.name, 'The entry cannot be unpacked.')
  else if (isArchive(content)) onSkipped(entry.name, 'Archives within archives are not looked into.')
  if (!content || isArchive(content)) return []
  try {
    parseDicomFile(content)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    onSkipped(entry.name, 'Invalid DICOM file')
    return []
  }
  // the name in the archive never becomes a path
  writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
  return [instanceOf(entry.name, reopenedSource(path))]
}

function isArchive(content: Buffer): boolean {
  return content.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
}

/** A file that is open only while it is read: an archive may hold thousands, and nobody has to close it. */
function reopenedSource(path: string): ByteSource {
  const withFile = <T>(work: (descriptor: number) => T): T => {
    const descriptor = openSync(path, 'r')
    try {
      return work(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
  const size = withFile((descriptor) => fstatSync(descriptor).size)
  return {
    size,
    memory: undefined,
    read: (start, end) =>
      withFile((descriptor) => {
        const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start))
        return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start))
      }),
  }
}
