import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestOrigin } from '../../platform/http/origin.ts'
import { type Endpoint, PREFIXES } from './endpoint.ts'
import { sendJson } from './send-json.ts'

/** A route of any API, as the listing shows it. */
export type ListedRoute = { readonly rule: string; readonly method: string; readonly description: string }

export type ListingOptions = {
  readonly publicUrl: string
  /** routes of the other APIs */
  readonly others: () => Promise<readonly ListedRoute[]>
}

/** `/api`: every route of every API. Below a prefix: its routes, and those with a text in them. */
export function listingRoutes(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  options: ListingOptions,
): void {
  const own = endpoints.flatMap(({ path, method, description }) =>
    PREFIXES.map((prefix): ListedRoute => ({ rule: `${prefix}${path}`, method, description })),
  )
  const send = (request: FastifyRequest, reply: FastifyReply, routes: readonly ListedRoute[]) => {
    const origin = requestOrigin(request, options.publicUrl)
    return sendJson(reply, presentRoutes(routes, origin))
  }
  app.get('/api', async (request, reply) => send(request, reply, [...own, ...(await options.others())]))
  app.get('/api/v3/docs', async (request, reply) => send(request, reply, own))
  for (const prefix of PREFIXES) {
    const below = own.filter(({ rule }) => rule.startsWith(`${prefix}/`))
    for (const url of [prefix, `${prefix}/`])
      app.get(url, async (request, reply) => send(request, reply, below))
    app.get(`${prefix}/:fragment`, async (request, reply) => {
      const { fragment = '' } = request.params as { readonly fragment?: string }
      const found = below.filter(({ rule }) => rule.includes(fragment))
      // clients of this prefix rely on being told of mistakes
      if (found.length === 0 && prefix === '/api/internal') return reply.callNotFound()
      return send(request, reply, found)
    })
  }
}

/** Several methods of one rule are one entry. */
function presentRoutes(routes: readonly ListedRoute[], origin: string): Map<string, unknown> {
  const byRule = Map.groupBy(routes, ({ rule }) => rule)
  return new Map(
    [...byRule].map(([rule, same]) => [
      rule,
      {
        url: `${origin}${rule}`,
        method: [...new Set(same.map(({ method }) => method))].join(', '),
        description: [...new Set(same.map(({ description }) => description))].join(' '),
      },
    ]),
  )
}
