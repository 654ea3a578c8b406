import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { requireSession } from './authenticate.ts'
import { sendJson } from './send-json.ts'
import { parseReportDate } from './timestamps.ts'
import { PageFailure } from './wire-failure.ts'

/** One request of an endpoint. */
export type Exchange = {
  readonly ctx: Context
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** a part of the path. @throws Error for one that the path does not have: a defect */
  readonly part: (name: string) => string
  readonly query: URLSearchParams
  /** the time to travel to; undefined for now. @throws RefusedError `invalid-input` */
  readonly at: () => Date | undefined
  /** @throws PageFailure 400 for what is no JSON object */
  readonly body: () => Readonly<Record<string, unknown>>
  readonly text: () => string
}

export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** below the prefix, with `<name>` for parts that vary, as the listing shows it */
  readonly path: string
  /** a sentence for the listing */
  readonly description: string
  /** whoever has not logged in is refused before the body is read */
  readonly needs?: 'session'
  /** gives the JSON to answer, or sends something else itself */
  readonly handle: (exchange: Exchange) => Promise<unknown>
}

export const PREFIXES = ['/api/v3', '/api/internal'] as const

/** Registers an endpoint under both prefixes. */
export function serveEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  const { method, path, needs, handle } = endpoint
  for (const prefix of PREFIXES) {
    app.route({
      method,
      url: `${prefix}${path.replaceAll(/<(\w+)>/g, ':$1')}`,
      onRequest: async (request) => {
        if (needs === 'session') requireSession(request)
      },
      handler: async (request, reply) => {
        const answer = await handle(exchangeOf(request, reply))
        // a reply that was sent is awaited until it has left
        return reply.sent ? reply : sendJson(reply, answer)
      },
    })
  }
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply): Exchange {
  const { ctx } = request
  const parts = request.params as Readonly<Record<string, string | undefined>>
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  return {
    ctx,
    request,
    reply,
    query,
    part: (name) => {
      const found = parts[name]
      if (found === undefined) throw new Error(`this path has no part ${name}`)
      return found
    },
    at: () => {
      const at = parseReportDate(query.get('report_date'), ctx.now(), ctx.zone)
      if (at === 'invalid') throw invalidInput('report_date', 'This is not a date in ISO format.')
      return at
    },
    body: () => parseBody(request),
    text: () => bodyText(request),
  }
}

/** A body counts only when it says that it is JSON. */
export function bodyText({ body, headers }: FastifyRequest): string {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (!Buffer.isBuffer(body) || body.length === 0) return ''
  return type === 'application/json' || type === 'application/json-rpc' ? body.toString('utf8') : ''
}

function parseBody(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const text = bodyText(request)
  if (text === '')
    throw new PageFailure(400, 'The body must be JSON, with the content type application/json.')
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PageFailure(400, 'The body must be a JSON object.')
  return { ...value }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new PageFailure(400, 'Invalid JSON')
    throw error
  }
}

/** The value that a change names: the body has it under the name of the attribute. */
export function valueIn(body: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!Object.hasOwn(body, name)) throw invalidInput(name, 'This is required.')
  return body[name]
}
