import { analyseUpload, type UploadAnswer } from '../../../modules/machine-qa/analyse-upload.ts'
import type { Attachment } from '../../../modules/machine-qa/domain/attachment.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import type { ReceivedFile } from '../../../modules/machine-qa/performing/received-file.ts'
import type { Endpoint, Exchange } from '../endpoint.ts'
import { type Links, mediaLink } from '../wire/links.ts'
import { mediaTypeOf, parseBody, rawBody } from '../wire/parse-body.ts'
import { splitMultipart } from '../wire/parse-form.ts'
import { callPermission, textsOf } from './composite-endpoint.ts'
import { idOf, isTyped, readTyped, type Typed } from './typed-session.ts'

/**
 * `POST /api/qa/upload/`: keeps a file for an upload test and runs the test's procedure over it; or runs it again over a
 * file that was sent before. Every answer has status 200.
 */
export function uploadEndpoint(calculations: PerformingContext['calculations']): Endpoint {
  return {
    path: 'qa/upload',
    title: 'Upload',
    description: 'Keeps a file for an upload test and analyses it.',
    kind: 'call',
    permission: callPermission,
    following: 'options',
    handlers: { post: async (exchange) => ({ body: await upload(exchange, calculations) }) },
  }
}

const NOT_FOUND = 'Original file not found. Please re-upload.'

async function upload(exchange: Exchange, calculations: PerformingContext['calculations']): Promise<unknown> {
  const { ctx } = exchange
  const { fields, file } = readUpload(exchange)
  const typed = readTyped(fields, ctx.zone)
  if ('problem' in typed) return failure(typed.problem)
  const testId = idOf(fields.test_id)
  if (testId === undefined) return failure('Invalid or missing test_id')
  const attachmentId = idOf(fields.attachment_id)
  const source = file ?? (attachmentId === undefined ? undefined : { attachmentId })
  if (!source) return failure(NOT_FOUND)
  try {
    return present(exchange.links, await analyseUpload({ ...ctx, calculations }, typed, testId, source))
  } catch (error) {
    return failure(...textsOf(error))
  }
}

/** The file, and the fields with those that hold JSON read. */
function readUpload({ request }: Exchange): { readonly fields: Typed; readonly file?: ReceivedFile } {
  const type = request.headers['content-type'] ?? ''
  if (mediaTypeOf(type) !== 'multipart/form-data') {
    const { value } = parseBody(request)
    return { fields: isTyped(value) ? value : {} }
  }
  const parts = splitMultipart(rawBody(request), type)
  const texts = parts.filter(({ filename }) => filename === undefined)
  const file = parts.find(({ name, filename }) => name === 'upload' && filename !== undefined)
  return {
    fields: Object.fromEntries(texts.map(({ name, content }) => [name, fieldValue(name, content)])),
    ...(file ? { file: { name: file.filename ?? '', content: file.content } } : {}),
  }
}

const JSON_FIELDS = new Set(['tests', 'meta', 'comments', 'skips'])

function fieldValue(name: string, content: Buffer): unknown {
  const text = content.toString('utf8')
  if (!JSON_FIELDS.has(name)) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    // what cannot be read counts as not sent, like members of the wrong shape
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

function present(links: Links, answer: UploadAnswer) {
  const { attachment, errors, result, comment, written, skips } = answer
  return {
    attachment_id: attachment.id,
    attachment: presentFile(links, attachment),
    success: errors.length === 0,
    errors,
    result,
    comment,
    user_attached: written.map((file) => presentFile(links, file)),
    skips,
  }
}

function presentFile(links: Links, { id, label, sizeBytes, path, mediaType }: Attachment) {
  return {
    attachment_id: id,
    name: label,
    size: sizeBytes,
    url: mediaLink(links, path, 'path'),
    is_image: mediaType.startsWith('image/'),
  }
}

function failure(...errors: readonly string[]) {
  return {
    attachment_id: null,
    attachment: {},
    success: false,
    errors,
    result: null,
    comment: null,
    user_attached: [],
    skips: {},
  }
}
