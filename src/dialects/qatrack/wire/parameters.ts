import type { FastifyRequest } from 'fastify'

/** The query of a request as it came: repeated names stay, nothing is turned into numbers. */
export function parametersOf({ url }: Pick<FastifyRequest, 'url'>): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}
