import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { addAttachment } from '../../../modules/machine-qa/add-attachment.ts'
import { commentSession } from '../../../modules/machine-qa/comment-session.ts'
import { findTestHistory } from '../../../modules/machine-qa/find-test-history.ts'
import { openAttachment } from '../../../modules/machine-qa/open-attachment.ts'
import {
  reviewSession,
  reviewSessions,
  type SessionReview,
} from '../../../modules/machine-qa/review-session.ts'
import { getSessionDetails } from '../../../modules/machine-qa/session-details.ts'
import { voidSession } from '../../../modules/machine-qa/void-session.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { requiredText } from '../body-fields.ts'
import { objectBody, parametersOf } from '../records.ts'
import { optionalInteger } from './parse-submission.ts'
import type { WireTestHistory } from './performing.schema.ts'
import { presentSessionDetails } from './present-session-details.ts'
import { presentAttachment, presentPoint } from './present-test.ts'
import { receiveForm } from './receive-form.ts'

type ById = { Params: { id: string } }

const SESSIONS = '/api/v1/machine-qa/sessions'
const HISTORY_PAGE = 2000

/** What the pages of completed sessions call, below `/api/v1/machine-qa/`. */
export function sessionPageRoutes(app: FastifyInstance): void {
  app.get<ById>(`${SESSIONS}/:id/details`, async (request) =>
    presentSessionDetails(await getSessionDetails(request.ctx, idOf(request)), request.ctx.zone),
  )

  app.post<ById>(`${SESSIONS}/:id/review`, async (request) => {
    const body = objectBody(request)
    const version = optionalInteger(body, 'version')
    const statuses = optionalInteger(body, 'statusId') ?? wholeNumbersById(body.statuses, 'statuses')
    const session = await reviewSession(request.ctx, idOf(request), {
      statuses,
      ...(version === undefined ? {} : { version }),
    })
    return { id: session.id, version: session.version, allReviewed: session.allReviewed }
  })

  app.post(`${SESSIONS}/review`, async (request) => {
    const body = objectBody(request)
    const versions = body.versions === undefined ? new Map() : wholeNumbersById(body.versions, 'versions')
    const statuses = wholeNumbersById(body.sessions, 'sessions')
    const reviews = [...statuses].map(([id, status]) => [id, reviewOf(status, versions.get(id))] as const)
    const sessions = await reviewSessions(request.ctx, new Map(reviews))
    return { reviewed: sessions.map(({ id }) => id) }
  })

  app.post<ById>(`${SESSIONS}/:id/void`, async (request) => {
    const session = await voidSession(
      request.ctx,
      idOf(request),
      requiredText(objectBody(request), 'reason', 2000),
    )
    return { id: session.id }
  })

  app.post<ById>(`${SESSIONS}/:id/comments`, async (request, reply) => {
    const comment = await commentSession(
      request.ctx,
      idOf(request),
      requiredText(objectBody(request), 'text', 20_000),
    )
    return reply.code(201).send({ id: comment.id, at: comment.submitDate.toISOString() })
  })

  app.post<ById>(`${SESSIONS}/:id/attachments`, async (request, reply) => {
    const { files } = await receiveForm(request)
    if (files.length === 0) throw invalidInput('file', 'This is required.')
    const added = []
    for (const file of files)
      added.push(await addAttachment(request.ctx, { kind: 'session', id: idOf(request) }, file))
    return reply.code(201).send({ items: added.map(presentAttachment) })
  })

  app.get<ById>('/api/v1/machine-qa/attachments/:id/content', (request, reply) => sendContent(request, reply))

  app.get('/api/v1/machine-qa/test-history', async (request): Promise<WireTestHistory> => {
    const parameters = parametersOf(request)
    const info = Number(parameters.get('info') ?? 'NaN')
    if (!Number.isInteger(info)) throw invalidInput('info', 'This must be a whole number.')
    const from = parameters.get('from')
    const history = await findTestHistory(request.ctx, info, {
      limit: HISTORY_PAGE,
      ...(from !== null && !Number.isNaN(Date.parse(from)) ? { from: new Date(from) } : {}),
    })
    const test = history.subject.test
    return {
      subject: { test: test.name, unit: history.subject.unit.name },
      points: history.points.map((point) => ({
        ...presentPoint(point, test, request.ctx.zone),
        reference:
          point.referenceId === null ? null : (history.references.get(point.referenceId)?.value ?? null),
        tolerance:
          point.toleranceId === null ? null : (history.tolerances.get(point.toleranceId)?.tolerance ?? null),
      })),
      complete: history.next === null,
    }
  })
}

/** Types that browsers show without running anything in them. */
const SHOWN_INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
])

async function sendContent(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
  const { attachment, open } = await openAttachment(request.ctx, { id: idOf(request) })
  const inline = SHOWN_INLINE.has(attachment.mediaType)
  reply.headers({
    'content-type': inline ? attachment.mediaType : 'application/octet-stream',
    'content-disposition': contentDisposition(attachment.label, inline ? 'inline' : 'attachment'),
    'content-length': attachment.sizeBytes,
    'cache-control': 'private, max-age=3600',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  })
  return reply.send(await open())
}

function reviewOf(statuses: number, version: number | undefined): SessionReview {
  return version === undefined ? { statuses } : { statuses, version }
}

function wholeNumbersById(given: unknown, field: string): ReadonlyMap<number, number> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidInput(field, 'This is required.')
  return new Map(
    Object.entries(given).map(([id, value]) => {
      if (!/^\d{1,9}$/.test(id) || !Number.isSafeInteger(value))
        throw invalidInput(field, 'This must give a whole number by id.')
      return [Number(id), Number(value)]
    }),
  )
}

function idOf(request: FastifyRequest<ById>): number {
  if (!/^\d{1,9}$/.test(request.params.id)) throw invalidInput('id', 'This must be a whole number.')
  return Number(request.params.id)
}
