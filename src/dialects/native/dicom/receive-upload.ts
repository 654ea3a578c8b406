import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'

export type UploadedFile = {
  /** name of its part of the form */
  readonly part: string
  readonly name: string
  readonly path: string
  readonly bytes: number
}

export type Upload = {
  readonly fields: ReadonlyMap<string, string>
  readonly files: readonly UploadedFile[]
  /** Removes the files. */
  readonly remove: () => Promise<void>
}

/**
 * Writes the files of a form into a folder of this request alone, under names of our own.
 *
 * @throws RefusedError `invalid-input` for a form that is none or breaks off; whatever was written is gone then
 */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  const type = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data;.*boundary=/i.test(type)) throw invalidInput('', 'Send a multipart form.')
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-upload-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    return { ...(await receiveParts(request, folder)), remove }
  } catch (error) {
    await remove()
    if (error instanceof Error && isOfTheCaller(error))
      throw invalidInput('', `The form cannot be read: ${error.message}`)
    throw error
  }
}

async function receiveParts(request: FastifyRequest, folder: string): Promise<Omit<Upload, 'remove'>> {
  const fields = new Map<string, string>()
  const files: UploadedFile[] = []
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value))
    else {
      const path = join(folder, `part-${files.length + 1}`)
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      await pipeline(part.file, target)
      files.push({ part: part.fieldname, name: part.filename, path, bytes: target.bytesWritten })
    }
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
