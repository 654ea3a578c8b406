import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import {
  checkFormFields,
  getFormFields,
  parseFieldValues,
  searchFormFields,
} from '../../../modules/dicom/form-fields.ts'
import { meterUse } from '../../../modules/dicom/meter-use.ts'
import { generateDicomFile } from '../../../modules/dicom/read-file.ts'
import type { FileThreads } from '../../../modules/dicom/threads/file-threads.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { requiredText } from '../body-fields.ts'
import { wholeNumber } from '../parse-list-query.ts'
import { objectBody, parametersOf } from '../records.ts'
import type { WireFieldCheck, WireFormFields } from './generate.schema.ts'
import { receiveUpload, type Upload } from './receive-upload.ts'
import { sendParts } from './send-parts.ts'

const BASE = '/api/v1/dicom/generate'
const MOST_IMAGE_BYTES = 5 * 2 ** 20
const LONGEST_NAME = 255
const MOST_KEYWORDS = 200

/** `/api/v1/dicom/generate`: a DICOM file of a picture and the fields of a form, of which nothing is kept. */
export function generateRoutes(app: FastifyInstance, threads: FileThreads): void {
  app.get(`${BASE}/fields`, async (request): Promise<WireFormFields> => {
    const parameters = parametersOf(request)
    const keywords = parameters.get('keywords')
    if (keywords !== null) {
      const items = getFormFields(request.ctx, keywords.split(',').slice(0, MOST_KEYWORDS))
      return { items, total: items.length }
    }
    const limit = wholeNumber(parameters, 'limit', 30, 1, 200)
    return searchFormFields(request.ctx, { words: (parameters.get('q') ?? '').slice(0, 200), limit })
  })

  app.post(`${BASE}/check`, async (request): Promise<WireFieldCheck> => {
    const { fields } = objectBody(request)
    return { problems: checkFormFields(request.ctx, parseFieldValues(fields ?? {})) }
  })

  app.post(BASE, async (request, reply) => {
    const use = await meterUse(request.ctx, 'generate')
    const upload = await receiveUpload(request)
    reply.raw.once('close', () => {
      if (reply.statusCode >= 500) void use?.giveBack()
    })
    const { name, ...given } = await givenOf(upload).finally(upload.remove)
    reply.headers({
      'content-type': 'application/dicom',
      'content-disposition': contentDisposition(`${name}.dcm`),
      'cache-control': 'private, no-store',
    })
    return sendParts(reply, generateDicomFile(request.ctx, threads, given), () => Promise.resolve())
  })
}

async function givenOf({ fields, files }: Upload) {
  const name = requiredText(Object.fromEntries(fields), 'fileName', LONGEST_NAME).trim()
  const images = files.filter(({ part }) => part === 'image')
  if (images.length === 0) throw invalidInput('image', 'Send a picture.')
  if (images.some(({ bytes }) => bytes > MOST_IMAGE_BYTES))
    throw invalidInput('image', 'The picture is larger than 5 MiB.')
  return {
    name,
    fields: parseFieldValues(readJson(fields.get('fields') ?? '{}')),
    images: await Promise.all(images.map(({ path }) => readFile(path))),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidInput('fields', 'This must be JSON.')
    throw error
  }
}
