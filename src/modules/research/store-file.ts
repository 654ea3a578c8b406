import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { safeFilename } from '../../platform/blobs/content-disposition.ts'
import { SNIFF_BYTES, sniffMediaType } from '../../platform/blobs/media-type.ts'
import type { SpooledFile, StoredFile } from './domain/stored-file.ts'
import type { ResearchServices } from './research-services.ts'

/**
 * Makes the content of a received file durable, after it was scanned. Nothing names it yet: should no row follow, the
 * sweep of orphans removes it.
 *
 * @throws RefusedError `invalid-input` for a file that is too large or that the scanner refuses
 */
export async function storeFile(
  ctx: Context,
  services: ResearchServices,
  file: SpooledFile,
): Promise<StoredFile> {
  await requireClean(services, file)
  const { sha256, size } = await ctx.blobs.put(createReadStream(file.path), {
    maxBytes: services.largestFileBytes,
  })
  return {
    name: safeFilename(file.name),
    sha256,
    bytes: size,
    mediaType: mediaTypeOf(file.name, await startOf(file.path)),
  }
}

/** @throws RefusedError `invalid-input` */
export async function requireClean(
  { scan, largestFileBytes }: ResearchServices,
  file: SpooledFile,
): Promise<void> {
  if (file.bytes > largestFileBytes)
    throw invalidInput('file', `A file may have ${largestFileBytes} bytes at most.`)
  const verdict = await scan?.(file)
  if (verdict?.kind === 'refused') throw invalidInput('file', `This file was refused: ${verdict.reason}`)
}

/** Makes a document durable that the server wrote itself. */
export async function storeDocument(ctx: Context, name: string, text: string): Promise<StoredFile> {
  const content = Buffer.from(text, 'utf8')
  const { sha256, size } = await ctx.blobs.put(content, { maxBytes: content.length })
  return { name, sha256, bytes: size, mediaType: 'application/json' }
}

async function startOf(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Text is what its name says where that is harmless; everything else is what its first bytes say. */
function mediaTypeOf(name: string, start: Uint8Array): string {
  const sniffed = sniffMediaType(start)
  if (sniffed !== 'text/plain') return sniffed
  const extension = /\.([a-z]{2,5})$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === 'json') return 'application/json'
  return extension === 'csv' || extension === 'tsv' ? 'text/csv' : 'text/plain'
}
