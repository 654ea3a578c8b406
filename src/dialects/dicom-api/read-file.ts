import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { readUploadedFile, unknownKeywords } from '../../modules/dicom/read-file.ts'
import type { ReadTask } from '../../modules/dicom/threads/file-task.ts'
import type { FileThreads } from '../../modules/dicom/threads/file-threads.ts'
import { refuseProblems } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { meterForm } from './meter.ts'
import { type ReceivedForm, receiveForm, removeFolder, withUploadFolder } from './receive-form.ts'

/** `POST /api/dicom/read/file/`: metadata and pictures of an uploaded file, of which nothing is kept. */
export function readFileRoute(app: FastifyInstance, access: Access, threads: FileThreads): void {
  serveEndpoint(app, {
    urls: ['/api/dicom/read/file/'],
    name: 'Read Dicom File',
    access,
    beforeBody: (request, reply) => meterForm(request, reply, 'read'),
    handlers: { POST: (request, reply) => readFile(request, reply, threads) },
  })
}

function readFile(request: FastifyRequest, reply: FastifyReply, threads: FileThreads): Promise<FastifyReply> {
  return withUploadFolder(async (folder, keep) => {
    const form = await receiveForm(request, folder)
    const parts = readUploadedFile(request.ctx, threads, parseTask(form, parametersOf(request, form)))
    // what is no DICOM is found before the first part
    const first = await parts.next()
    keep()
    return reply.type('application/json').send(Readable.from(allParts(first, parts, folder)))
  })
}

async function* allParts(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  folder: string,
): AsyncGenerator<Uint8Array> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return()
    await removeFolder(folder)
  }
}

type Parameters = (name: string) => string | undefined

/** A part of the form wins over the query; the last of several counts. */
function parametersOf({ query }: FastifyRequest, { fields }: ReceivedForm): Parameters {
  const asked = query as Readonly<Record<string, string | readonly string[] | undefined>>
  return (name) => fields.get(name)?.at(-1) ?? [asked[name]].flat().at(-1)
}

const FORMATS = ['gif', 'png', 'jpeg'] as const

function parseTask(form: ReceivedForm, given: Parameters): Omit<ReadTask, 'kind'> {
  const file = form.files.get('file')?.at(-1)
  const wanted = given('return_format') ?? 'png'
  const format = FORMATS.find((known) => known === wanted)
  const fields = listOf(given('fields'))
  const frames = parseFrames(given('frames'))
  refuseProblems({
    file: problemsOfFile(form),
    fields: problemsOfKeywords(fields),
    return_format: format ? [] : [`"${wanted}" is not a valid choice.`],
    frames: frames === 'invalid' ? ['Enter frames such as 1-10,20.'] : [],
  })
  if (!file || !format || frames === 'invalid') throw new Error('A problem of the form was not told.')
  return {
    path: file.path,
    name: file.name,
    fields,
    format,
    frames,
    values: given('render') === 'raw' ? 'stored' : 'display',
    images: given('images') === 'false' ? 'none' : 'all',
    omit: new Set(listOf(given('omit'))),
  }
}

function listOf(given: string | undefined): readonly string[] | undefined {
  return given === undefined || given.trim() === '' ? undefined : given.split(',').map((name) => name.trim())
}

function problemsOfFile({ files, fields }: ReceivedForm): readonly string[] {
  const file = files.get('file')?.at(-1)
  if (!file) {
    return fields.get('file')?.at(-1)
      ? ['The submitted data was not a file. Check the encoding type on the form.']
      : ['This field may not be null.']
  }
  if (file.bytes === 0) return ['The submitted file is empty.']
  return /\.(dcm|zip)$/i.test(file.name) ? [] : ['Invalid file type. Only .dcm, .DCM, .zip are allowed.']
}

function problemsOfKeywords(names: readonly string[] | undefined): readonly string[] {
  if (!names) return []
  if (names.includes('')) return ['Fields contain empty values.']
  const unknown = unknownKeywords(names)
  return unknown.length > 0 ? [`Invalid fields: ${unknown.join(', ')}`] : []
}

/** Frames that one request may name. */
const MOST_FRAMES = 100_000

/** `1-10,20`, counted from 1. */
function parseFrames(given: string | undefined): readonly number[] | undefined | 'invalid' {
  const frames: number[] = []
  for (const part of listOf(given) ?? []) {
    const [, from = '', to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? []
    const count = Number(to) - Number(from) + 1
    if (Number(from) < 1 || count < 1 || frames.length + count > MOST_FRAMES) return 'invalid'
    for (let frame = Number(from); frame <= Number(to); frame += 1) frames.push(frame)
  }
  return frames.length > 0 ? frames : undefined
}
