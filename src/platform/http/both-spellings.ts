import type { FastifyInstance, RouteOptions } from 'fastify'

/**
 * Registers a route with and without its trailing slash. Redirecting would lose a request's body; Fastify's own option
 * would make paths equal that must differ (`/api` and `/api/`).
 */
export function routeBothSpellings(app: FastifyInstance, route: RouteOptions): void {
  const bare = route.url.replace(/\/$/, '')
  for (const url of bare === '' ? ['/'] : [bare, `${bare}/`]) app.route({ ...route, url })
}
