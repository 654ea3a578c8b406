import type { FastifyRequest } from 'fastify'

/**
 * Whether a browser sent this request with the user's cookie from another site. Requests without the headers that
 * browsers add (curl, Python) and requests that carry their own credential pass.
 *
 * @param publicUrl address of the site, `''` when it has none: a proxy may have put another host into the request
 */
export function crossSiteProblem(request: FastifyRequest, publicUrl: string): string | undefined {
  if (request.ctx.origin.credential !== 'session') return undefined
  if (!writes(request)) return undefined
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return `sent from a ${site} page`
  const { origin } = request.headers
  if (origin !== undefined && origin !== publicUrl && originHost(origin) !== request.host)
    return 'sent from another origin'
  return undefined
}

/** GET writes in one of the dialects: its routes say so in their configuration. */
function writes(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS') return true
  return request.routeOptions.config.writesByGet === true
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** the route changes data although its method is GET */
    writesByGet?: boolean
  }
}
