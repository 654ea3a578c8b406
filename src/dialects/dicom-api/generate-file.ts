import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import type { FormValue } from '../../modules/dicom/domain/parse-form-field.ts'
import { generateDicomFile } from '../../modules/dicom/read-file.ts'
import type { FileThreads } from '../../modules/dicom/threads/file-threads.ts'
import { contentDisposition } from '../../platform/blobs/content-disposition.ts'
import { refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { meterForm } from './meter.ts'
import { type ReceivedForm, receiveForm, withUploadFolder } from './receive-form.ts'

/** `POST /api/dicom/generate/` and its older address: a DICOM file of a picture and the fields of a form. */
export function generateFileRoute(app: FastifyInstance, access: Access, threads: FileThreads): void {
  serveEndpoint(app, {
    urls: ['/api/dicom/generate/', '/api/dicom/write/upload_content/'],
    name: 'Generate Dicom File',
    access,
    beforeBody: (request, reply) => meterForm(request, reply, 'generate'),
    handlers: { POST: (request, reply) => generateFile(request, reply, threads) },
  })
}

function generateFile(
  request: FastifyRequest,
  reply: FastifyReply,
  threads: FileThreads,
): Promise<FastifyReply> {
  return withUploadFolder(async (folder) => {
    const form = await receiveForm(request, folder)
    refuseProblems({ file_name: problemsOfName(form), image: problemsOfImages(form) })
    const images = await Promise.all((form.files.get('image') ?? []).map(({ path }) => readFile(path)))
    const parts = generateDicomFile(request.ctx, threads, { images, fields: await metadataOf(form) })
    const first = await firstPart(parts)
    const name = form.fields.get('file_name')?.at(-1)?.trim() ?? ''
    reply.type('application/dicom').header('content-disposition', contentDisposition(`${name}.dcm`))
    return reply.send(Readable.from(withFirst(first, parts)))
  })
}

async function firstPart(
  parts: AsyncGenerator<Uint8Array, void, undefined>,
): Promise<IteratorResult<Uint8Array, void>> {
  try {
    return await parts.next()
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'invalid-input')
      throw new WireError(400, answerTo(error.refusal.problems))
    throw error
  }
}

/** The first bad field only, named in its text. */
function answerTo(problems: readonly { readonly field: string; readonly problem: string }[]): unknown {
  const [first] = problems
  if (first?.field === 'image') return { image: [first.problem] }
  const text = first?.field ? `${first.field}: ${first.problem}` : (first?.problem ?? '')
  return { non_field_errors: [text] }
}

async function* withFirst(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return()
  }
}

const LONGEST_NAME = 255

function problemsOfName({ fields }: ReceivedForm): readonly string[] {
  const name = fields.get('file_name')?.at(-1)
  if (name === undefined) return ['This field is required.']
  if (name.trim() === '') return ['This field may not be blank.']
  if (name.length > LONGEST_NAME) return [`Ensure this field has no more than ${LONGEST_NAME} characters.`]
  return name.includes('\0') ? ['Null characters are not allowed.'] : []
}

const MOST_IMAGE_BYTES = 5 * 1024 * 1024

function problemsOfImages({ files, fields }: ReceivedForm): readonly string[] {
  const images = files.get('image') ?? []
  if (images.length === 0) {
    return fields.get('image')?.at(-1)
      ? ['The submitted data was not a file. Check the encoding type on the form.']
      : ['No file was submitted.']
  }
  if (images.some(({ bytes }) => bytes === 0)) return ['The submitted file is empty.']
  const isLarge = images.some(({ bytes }) => bytes > MOST_IMAGE_BYTES)
  return isLarge ? ['The file is too large! Maximum size is 5MB.'] : []
}

const OF_THE_FORM: ReadonlySet<string> = new Set(['file_name', 'image'])

/** Texts and files by the names of their parts; what is no keyword is ignored later. */
async function metadataOf({
  fields,
  files,
}: ReceivedForm): Promise<ReadonlyMap<string, readonly FormValue[]>> {
  const values = new Map<string, readonly FormValue[]>(fields)
  for (const [name, uploaded] of files) {
    if (OF_THE_FORM.has(name)) continue
    values.set(name, await Promise.all(uploaded.map(({ path }) => readFile(path))))
  }
  for (const name of OF_THE_FORM) values.delete(name)
  return values
}
