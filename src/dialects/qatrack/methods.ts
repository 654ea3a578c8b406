import type { FastifyRequest } from 'fastify'
import { hasPermission } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { requireCaller } from './authenticate.ts'
import { detail, NOT_PERMITTED, WireError } from './errors.ts'

export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Every method a route must answer, be it with 405: unknown ones never reach a route. */
export const METHODS: readonly Method[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The permission that a method needs on a kind of object; reading needs none besides belonging to the part. */
export function permissionFor(method: Method, { permissions }: Pick<RecordType, 'permissions'>): string {
  switch (method) {
    case 'POST':
      return permissions.add
    case 'PUT':
    case 'PATCH':
      return permissions.change
    case 'DELETE':
      return permissions.retire
    default:
      return 'machine-qa.access'
  }
}

/**
 * The documented order: who calls, may they, and only then whether the method is offered at all.
 *
 * @throws WireError 401, 403 or 405
 */
export function requireMethod(request: FastifyRequest, permission: string, offered: readonly Method[]): void {
  requireCaller(request)
  const { actor } = request.ctx
  if (!hasPermission(actor, 'machine-qa.access') || !hasPermission(actor, permission))
    throw new WireError(403, NOT_PERMITTED)
  requireOffered(request, offered)
}

/** @throws WireError 405 with the methods there are */
export function requireOffered(request: FastifyRequest, offered: readonly Method[]): void {
  if (offered.some((method) => method === request.method)) return
  throw new WireError(405, detail(`Method "${request.method}" not allowed.`), { allow: allowHeader(offered) })
}

export function allowHeader(offered: readonly Method[]): string {
  const order: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
  return order.filter((method) => offered.includes(method)).join(', ')
}
