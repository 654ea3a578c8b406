import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { routeBothSpellings } from '../../platform/http/both-spellings.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import { authenticate } from './authenticate.ts'
import { sendJson } from './send-json.ts'

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

type Method = 'GET' | 'POST' | 'DELETE'

export type Endpoint = {
  /** Every address under which it is known. */
  readonly urls: readonly string[]
  /** What an OPTIONS request is told. */
  readonly name: string
  readonly access: 'public' | Access
  readonly handlers: Partial<Readonly<Record<Method, Handler>>>
  /** Comes before the body is read. */
  readonly beforeBody?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
  readonly bodyLimit?: number
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Nothing but files is large here. */
const LARGEST_BODY = 256 * 1024

/** Serves an endpoint at all its addresses: credentials come before the method, the method before the body. */
export function serveEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  const { urls, handlers, access, beforeBody, bodyLimit = LARGEST_BODY } = endpoint
  const allowed = allowedMethods(endpoint)
  const route: Omit<RouteOptions, 'url'> = {
    method: METHODS,
    bodyLimit,
    onRequest: async (request, reply) => {
      reply.headers({ allow: allowed, vary: 'Accept, Cookie' })
      if (access !== 'public') await authenticate(request, access)
      if (request.method !== 'OPTIONS' && !handlerOf(handlers, request.method))
        throw new WireError(405, detail(`Method "${request.method}" not allowed.`))
    },
    preParsing: async (request, reply) => {
      if (request.method !== 'OPTIONS') await beforeBody?.(request, reply)
    },
    handler: (request, reply) =>
      handlerOf(handlers, request.method)?.(request, reply) ?? describe(endpoint, reply),
  }
  for (const url of urls) routeBothSpellings(app, { ...route, url })
}

function handlerOf(handlers: Endpoint['handlers'], method: string): Handler | undefined {
  return handlers[(method === 'HEAD' ? 'GET' : method) as Method]
}

function allowedMethods({ handlers }: Endpoint): string {
  const head = handlers.GET ? ['HEAD'] : []
  return [...Object.keys(handlers), ...head, 'OPTIONS'].join(', ')
}

function describe({ name }: Endpoint, reply: FastifyReply): FastifyReply {
  return sendJson(reply, {
    name,
    description: '',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  })
}
