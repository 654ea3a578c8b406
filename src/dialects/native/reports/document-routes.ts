import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { documentLabel, type IssuedDocument } from '../../../modules/reports/domain/document.ts'
import { issueComposed } from '../../../modules/reports/issue-document.ts'
import {
  type DocumentListRequest,
  getDocument,
  listDocumentKinds,
  listDocuments,
} from '../../../modules/reports/list-documents.ts'
import { openDocument } from '../../../modules/reports/open-document.ts'
import type { Reports } from '../../../modules/reports/reports.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { wholeNumber } from '../parse-list-query.ts'
import { type ById, idOf, objectBody, parametersOf } from '../records.ts'

const BASE = '/api/v1/documents'

/** `/api/v1/documents`: what was given out under a number. */
export function documentRoutes(app: FastifyInstance, reports: Reports): void {
  const { documentKinds } = reports

  app.get(BASE, async (request) => {
    const wanted = listRequest(parametersOf(request))
    const { documents, total } = await listDocuments(request.ctx, documentKinds, wanted)
    return {
      items: documents.map((document) => present(reports, document)),
      total,
      limit: wanted.limit,
      offset: wanted.offset,
    }
  })

  app.get(`${BASE}/kinds`, async ({ ctx }) => ({ items: await listDocumentKinds(ctx, documentKinds) }))

  app.get<ById>(`${BASE}/:id`, async (request) =>
    present(reports, await getDocument(request.ctx, documentKinds, idOf(request))),
  )

  app.get<ById>(`${BASE}/:id/content`, async (request, reply) => {
    const { document, content } = await openDocument(request.ctx, documentKinds, idOf(request))
    return reply
      .headers({
        'content-type': document.mediaType,
        'content-length': document.sizeBytes,
        'content-disposition': contentDisposition(
          document.fileName,
          document.mediaType === 'application/pdf' ? 'inline' : 'attachment',
        ),
        'cache-control': 'private, no-store',
      })
      .send(content)
  })

  app.post(BASE, async (request, reply) => {
    const { kind, subjectId, supersedesId } = objectBody(request)
    if (typeof kind !== 'string') throw invalidInput('kind', 'This is required: the kind of document.')
    if (typeof subjectId !== 'string' && typeof subjectId !== 'number')
      throw invalidInput('subjectId', 'This is required: what the document is about.')
    if (supersedesId !== undefined && !Number.isSafeInteger(supersedesId))
      throw invalidInput('supersedesId', 'This must be the id of a document.')
    const document = await issueComposed(request.ctx, reports, {
      kind,
      subjectId: String(subjectId),
      ...(typeof supersedesId === 'number' ? { supersedesId } : {}),
    })
    return reply.code(201).header('location', `${BASE}/${document.id}`).send(present(reports, document))
  })
}

function present({ documentKinds }: Reports, document: IssuedDocument) {
  const { id, kind, number, revision, title, subject, mediaType, fileName, sizeBytes, sha256 } = document
  const { issuedBy, issuedById, supersedesId, supersededById } = document
  return {
    ...{ id, kind, number, revision, title, subject, mediaType, fileName, sizeBytes, sha256 },
    label: documentLabel(document),
    kindTitle: documentKinds.get(kind)?.title ?? kind,
    canBeIssued: documentKinds.get(kind)?.compose !== undefined,
    issuedAt: document.issuedAt.toISOString(),
    issuedBy: { id: issuedById, label: issuedBy },
    ...{ supersedesId, supersededById },
    href: `${BASE}/${id}/content`,
  }
}

const ORDERS = ['issuedAt', 'number', 'title'] as const

function listRequest(parameters: URLSearchParams): DocumentListRequest & { limit: number; offset: number } {
  const text = parameters.get('q') ?? ''
  const kinds = parameters.get('kind:in') ?? parameters.get('kind') ?? ''
  const year = parameters.get('year') ?? ''
  const subject = parameters.get('subject') ?? ''
  const word = parameters.get('order') ?? '-issuedAt'
  const by = ORDERS.find((name) => name === word.replace(/^-/, ''))
  if (!by)
    throw invalidInput('order', `This must be one of ${ORDERS.join(', ')}, with - before it or without.`)
  if (!/^(\d{4})?$/.test(year)) throw invalidInput('year', 'This must be a year.')
  const [, record = '', id = ''] = /^([^:]+):(.+)$/.exec(subject) ?? []
  if (subject !== '' && record === '')
    throw invalidInput('subject', 'This must be a record and an id, such as machine-qa.session:5.')
  return {
    ...(text === '' ? {} : { text: text.slice(0, 200) }),
    ...(kinds === '' ? {} : { kinds: kinds.split(',').slice(0, 50) }),
    ...(year === '' ? {} : { year: Number(year) }),
    ...(subject === '' ? {} : { subject: { record, id } }),
    currentOnly: parameters.get('current') === 'true',
    order: { by, direction: word.startsWith('-') ? 'desc' : 'asc' },
    limit: wholeNumber(parameters, 'limit', 50, 1, 500),
    offset: wholeNumber(parameters, 'offset', 0, 0, 100_000_000),
  }
}
