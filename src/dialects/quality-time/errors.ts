import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { sendErrorPage } from './html-page.ts'
import { sendJson } from './send-json.ts'
import { PageFailure } from './wire-failure.ts'

/**
 * Answers failures as the documented system does: what its framework refuses with a page, what its reports refuse with
 * `{"ok": false, "error": …}`.
 */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  if (failure.kind === 'no-route') return sendErrorPage(reply, 404, `Not found: '${pathOf(request)}'`)
  const { error } = failure
  if (error instanceof PageFailure) return sendErrorPage(reply, error.status, error.message)
  if (error instanceof RefusedError) return sendRefusal(reply, error.refusal)
  const status = clientStatus(error)
  if (status !== undefined)
    return sendErrorPage(reply, status, TEXTS[status] ?? 'The request cannot be read.')
  request.log.error({ err: error }, 'defect')
  return sendErrorPage(reply, 500, `Internal Server Error. Request: ${request.id}`)
}

const TEXTS: Readonly<Record<number, string>> = {
  403: 'The request was sent by another site.',
  413: 'Request entity too large',
  414: 'The address is too long.',
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '/'
}

function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  switch (refusal.kind) {
    case 'not-authenticated':
      return sendErrorPage(reply, 401, 'Not authenticated: log in first.')
    case 'not-permitted':
      return sendErrorPage(reply, 403, 'You do not have permission to do this.')
    case 'not-found':
      return sendJson(
        reply,
        { ok: false, error: `${capital(refusal.what)} with UUID ${refusal.id} not found.` },
        404,
      )
    case 'invalid-input':
      return sendJson(reply, { ok: false, error: describeRefusal(refusal) }, 400)
    case 'conflict':
      return sendJson(reply, { ok: false, error: refusal.reason }, 409)
    case 'quota-exceeded':
    case 'too-many-attempts':
      return sendJson(reply, { ok: false, error: describeRefusal(refusal) }, 429)
    case 'upstream-failed':
      return sendJson(reply, { ok: false, error: describeRefusal(refusal) }, 502)
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function clientStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}
