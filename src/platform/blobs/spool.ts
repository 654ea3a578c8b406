import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { invalidInput } from '../../core/refusal.ts'
import type { PutLimits, StoredBlob } from './blob-store.ts'

/** A complete, fsynced file in the spool folder, to be renamed away, uploaded or removed by the caller. */
export type SpooledFile = StoredBlob & { readonly path: string }

/** Hashing more than this at once would hold the event loop for milliseconds. */
const PIECE_BYTES = 1 << 20

/**
 * Writes a source to a new file, hashing on the way, and fsyncs it.
 *
 * @throws RefusedError `invalid-input` when the source is longer than allowed; the source's own error when it
 *   fails. In both cases the file is gone again.
 */
export async function spool(
  source: Readable | Buffer,
  folder: string,
  limits: PutLimits,
): Promise<SpooledFile> {
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx', 0o600)
  try {
    const { sha256, size } = await writeHashed(source, file, limits)
    await file.sync()
    return { path, sha256, size }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function writeHashed(
  source: Readable | Buffer,
  file: FileHandle,
  limits: PutLimits,
): Promise<StoredBlob> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of pieces(source)) {
    size += piece.length
    if (size > limits.maxBytes) {
      throw invalidInput('file', `This file is larger than the allowed ${limits.maxBytes} bytes.`)
    }
    hash.update(piece)
    await file.writeFile(piece)
  }
  return { sha256: hash.digest('hex'), size }
}

async function* pieces(source: Readable | Buffer): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<unknown> | readonly Buffer[] = Buffer.isBuffer(source) ? [source] : source
  for await (const chunk of chunks) {
    const bytes = toBuffer(chunk)
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
  }
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  if (typeof chunk === 'string') return Buffer.from(chunk, 'utf8')
  throw new TypeError('A stream of bytes is needed, not of objects.')
}

/** Makes the folder when it is missing. */
export async function prepareSpool(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
}

/** Removes files last written before that instant. @returns how many */
export async function sweepSpool(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (await isOlder(path, before)) removed += (await removeIfPresent(path)) ? 1 : 0
  }
  return removed
}

async function isOlder(path: string, before: Date): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < before.getTime()
  } catch (error) {
    if (isMissing(error)) return false // finished, and renamed away, since the folder was listed
    throw error
  }
}

/** @returns whether there was a file to remove */
export async function removeIfPresent(path: string): Promise<boolean> {
  try {
    await unlink(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
