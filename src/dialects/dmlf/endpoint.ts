import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { detail, NOT_FOUND, WireError } from '../../platform/http/wire-error.ts'
import { authenticate } from './authenticate.ts'
import { sendJson } from './send-json.ts'

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Endpoint = {
  /** addresses without the slash at the end; each is served with it, and with `.json` in its place */
  readonly url: string
  /** what an OPTIONS request is told */
  readonly name: string
  readonly access: 'public' | Access
  readonly handlers: Partial<Readonly<Record<Method, Handler>>>
  readonly actions?: Readonly<Record<string, unknown>>
  readonly parses?: readonly string[]
  readonly bodyLimit?: number
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Nothing but files is large here, and those are no bodies to Fastify. */
const LARGEST_BODY = 2 * 2 ** 20

/** The documented order of checks: content negotiation, credential, method, then the body. */
export function serveEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  const { url, handlers, access, bodyLimit = LARGEST_BODY } = endpoint
  const allow = allowedMethods(endpoint)
  const route: Omit<RouteOptions, 'url'> = {
    method: METHODS,
    bodyLimit,
    onRequest: async (request, reply) => {
      reply.headers({ allow, vary: 'Accept' })
      requireAcceptable(request)
      if (access !== 'public') await authenticate(request, access)
      if (request.method !== 'OPTIONS' && !handlerOf(handlers, request.method))
        throw new WireError(405, detail(`Method "${request.method}" not allowed.`))
    },
    handler: (request, reply) =>
      handlerOf(handlers, request.method)?.(request, reply) ?? describe(endpoint, reply),
  }
  for (const spelling of [url, `${url}/`]) app.route({ ...route, url: spelling })
  // the suffix of an id is part of what stands for `:id`
  if (!url.endsWith(':id')) app.route({ ...route, url: `${url}.json` })
}

function handlerOf(handlers: Endpoint['handlers'], method: string): Handler | undefined {
  return handlers[(method === 'HEAD' ? 'GET' : method) as Method]
}

function allowedMethods({ handlers }: Endpoint): string {
  const order: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const own = order.filter((method) => handlers[method])
  return [...own, ...(handlers.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

/** @throws WireError 404 for a format in the query that there is not, 406 for one in the header */
function requireAcceptable(request: FastifyRequest): void {
  const format = parametersOf(request).get('format')
  if (format !== null && format !== 'json') throw new WireError(404, NOT_FOUND)
  const accept = request.headers.accept ?? '*/*'
  const isTaken = accept
    .split(',')
    .some((each) => /^\s*(\*\/\*|application\/(\*|json)|text\/(\*|html))\s*(;|$)/i.test(each))
  if (!isTaken && accept.trim() !== '')
    throw new WireError(406, detail('Could not satisfy the request Accept header.'))
}

function describe({ name, actions, parses }: Endpoint, reply: FastifyReply): FastifyReply {
  return sendJson(reply, {
    name,
    description: '',
    renders: ['application/json', 'text/html'],
    parses: parses ?? ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    ...(actions ? { actions } : {}),
  })
}

/** The query as it was sent, repeated names and all. */
export function parametersOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

/** The id in the path, without a suffix. */
export function idOf(request: FastifyRequest): string {
  const { id = '' } = request.params as { readonly id?: string }
  return id.replace(/\.json$/, '')
}
