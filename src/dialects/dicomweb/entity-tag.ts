import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** An entity tag of what instances hold: it changes with any of them. */
export function tagOfInstances(instances: readonly { readonly sha256: string }[]): string {
  const [only] = instances
  if (only && instances.length === 1) return `"${only.sha256.slice(0, 32)}"`
  const hash = createHash('sha256')
  for (const { sha256 } of instances) hash.update(sha256)
  return `"${hash.digest('hex').slice(0, 32)}"`
}

/** Whether the client has what the tag stands for (RFC 9110 13.1.2). */
export function isFresh(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  return known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
}
