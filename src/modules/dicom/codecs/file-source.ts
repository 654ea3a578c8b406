import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource } from '../domain/byte-source.ts'

/** A file on disk as a source of bytes; close it when its data set is no longer needed. */
export type FileSource = ByteSource & { readonly close: () => void }

/**
 * Opens a file for reading in parts, so that gigabytes of Pixel Data are never in memory as a whole. Reads are
 * synchronous: the parser asks for a few kilobytes at a time, which the system has at hand.
 */
export function openFileSource(path: string): FileSource {
  const descriptor = openSync(path, 'r')
  const { size } = fstatSync(descriptor)
  return {
    size,
    memory: undefined,
    read(start, end) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start))
      const count = readSync(descriptor, bytes, 0, bytes.length, start)
      return count === bytes.length ? bytes : bytes.subarray(0, count)
    },
    close: () => closeSync(descriptor),
  }
}
