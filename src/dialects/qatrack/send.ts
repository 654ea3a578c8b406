import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answered } from './endpoint.ts'
import { renderPage } from './page/render-page.ts'
import { prefersHtml } from './wire/negotiate.ts'
import { renderJson } from './wire/render-json.ts'
import { renderLargeJson } from './wire/render-large-json.ts'

/** As {@link send}, for answers that may be large. */
export async function sendInTurns(
  request: FastifyRequest,
  reply: FastifyReply,
  answered: Answered,
): Promise<FastifyReply> {
  const rendering = request.qatrack?.rendering
  if (rendering?.kind !== 'json' || answered.body === undefined) return send(request, reply, answered)
  return send(request, reply, answered, await renderLargeJson(answered.body, rendering.indent))
}

/**
 * Sends an answer as JSON, or as the page for browsers.
 *
 * @param json the body, where it is written already
 */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answered: Answered,
  json?: string,
): FastifyReply {
  const { status = 200, headers = {}, body } = answered
  reply.code(status).headers({ vary: 'Accept, Cookie', ...headers })
  const rendering = request.qatrack?.rendering
  const wantsPage = rendering ? rendering.kind === 'html' : prefersHtml(request)
  if (wantsPage) {
    // without it browsers hide from where a form was sent, and the form looks as if it came from another site
    reply.header('referrer-policy', 'same-origin')
    return reply.type('text/html; charset=utf-8').send(renderPage(request, status, body))
  }
  if (body === undefined) return reply.send()
  // the documented type names no character set, and only a serializer keeps the server from adding one to a text
  return reply
    .type('application/json')
    .serializer(asWritten)
    .send(json ?? renderJson(body, rendering?.indent))
}

function asWritten(text: string): string {
  return text
}
