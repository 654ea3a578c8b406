import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'

/** A file of a form that lies in a folder of its request. */
export type SpooledPart = { readonly name: string; readonly path: string; readonly bytes: number }

/** A form whose files lie on this machine; of a repeated field the last one counts. */
export type SpooledForm = {
  readonly fields: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, SpooledPart>
}

/** Runs with a folder of its own, which is gone afterwards, also when the request is refused or breaks off. */
export async function withSpoolFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-upload-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Form that cannot be read: broken off, malformed, with too many parts. */
export class MalformedForm extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MalformedForm'
  }
}

/**
 * Streams the files of a multipart form into a folder, under names of our own.
 *
 * @throws MalformedForm
 */
export async function spoolForm(request: FastifyRequest, folder: string): Promise<SpooledForm> {
  const type = request.headers['content-type'] ?? ''
  if (!/boundary=\s*("[^"]+"|[^";\s]+)/i.test(type))
    throw new MalformedForm('Invalid boundary in multipart: None')
  const fields = new Map<string, string>()
  const files = new Map<string, SpooledPart>()
  let count = 0
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields.set(part.fieldname, String(part.value))
        continue
      }
      count += 1
      const path = join(folder, `part-${count}`)
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      await pipeline(part.file, target)
      files.set(part.fieldname, { name: part.filename, path, bytes: target.bytesWritten })
    }
  } catch (error) {
    if (error instanceof Error && isOfTheCaller(error)) throw new MalformedForm(error.message)
    throw error
  }
  return { fields, files }
}

/** A connection that was given up, or what the parser of forms cannot read: it throws plain errors. */
function isOfTheCaller(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return true
  return (
    !('statusCode' in error) && /^(unexpected end|malformed|part terminated|multipart:)/i.test(error.message)
  )
}
