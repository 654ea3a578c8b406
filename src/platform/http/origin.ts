import type { FastifyRequest } from 'fastify'

/**
 * Scheme and host for links in an answer, without a trailing slash: the site's public address when it is set,
 * otherwise what the client asked (`X-Forwarded-*` counts only from trusted proxies).
 */
export function requestOrigin(request: FastifyRequest, publicUrl: string): string {
  return publicUrl !== '' ? publicUrl : `${request.protocol}://${request.host}`
}
