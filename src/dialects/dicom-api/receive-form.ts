import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { mediaTypeOf, parseFields, readingForm } from './parse-body.ts'

export type UploadedFile = {
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** A form whose files lie in a folder of this request alone. */
export type ReceivedForm = {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly files: ReadonlyMap<string, readonly UploadedFile[]>
}

/** Runs with a folder of its own, which is gone afterwards unless `keep` took it over. */
export async function withUploadFolder<T>(
  work: (folder: string, keep: () => void) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-dicom-'))
  let kept = false
  try {
    return await work(folder, () => {
      kept = true
    })
  } finally {
    if (!kept) await removeFolder(folder)
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** Writes the files of a form into a folder, under names of our own. */
export async function receiveForm(request: FastifyRequest, folder: string): Promise<ReceivedForm> {
  const fields = new Map<string, string[]>()
  const files = new Map<string, UploadedFile[]>()
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    for (const [name, value] of Object.entries(await parseFields(request))) add(fields, name, String(value))
    return { fields, files }
  }
  let count = 0
  await readingForm(async () => {
    for await (const part of request.parts()) {
      if (part.type === 'field') add(fields, part.fieldname, String(part.value))
      else {
        count += 1
        const path = join(folder, `part-${count}`)
        const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
        await pipeline(part.file, target)
        add(files, part.fieldname, { name: part.filename, path, bytes: target.bytesWritten })
      }
    }
  })
  return { fields, files }
}

function add<T>(map: Map<string, T[]>, name: string, value: T): void {
  map.set(name, [...(map.get(name) ?? []), value])
}
