import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { ExportedFile } from './export-study.ts'

/**
 * A ZIP archive that is made while it is read: no file is opened before its turn, and nothing is packed, since pixels
 * hardly shrink.
 */
export function zipFiles(files: readonly ExportedFile[]): Readable {
  const zip = new ZipFile()
  const output = new Readable().wrap(zip.outputStream)
  let current: Readable | undefined
  output.on('close', () => current?.destroy())
  zip.on('error', (error: Error) => output.destroy(error))
  for (const { name, open } of files) {
    zip.addReadStreamLazy(name, { compress: name.endsWith('.json'), mtime: FIXED }, (ready) => {
      open().then(
        (content) => {
          current = content
          content.on('error', (error) => output.destroy(error))
          ready(null, content)
        },
        (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
      )
    })
  }
  zip.end()
  return output
}

/** When a copy was made is nobody's concern, and the same files make the same archive. */
const FIXED = new Date(2000, 0, 1)
