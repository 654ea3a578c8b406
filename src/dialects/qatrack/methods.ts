import type { FastifyRequest } from 'fastify'
import { hasPermission } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { detail, NOT_PERMITTED, WireError } from '../../platform/http/wire-error.ts'
import { requireCaller } from './authenticate.ts'
import type { Method } from './endpoint.ts'
import { parametersOf } from './wire/parameters.ts'
import { mediaTypeOf } from './wire/parse-body.ts'

/** Every method a route must answer, be it with 405: unknown ones never reach a route. */
export const METHODS: readonly Method[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

export function isRead(method: Method): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

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
 * The method that a request means. Forms of the page can send nothing but POST, so theirs may name another one; whose
 * session it is and that the page was ours is proved besides.
 */
export function methodOf(request: FastifyRequest): Method {
  const method = request.method as Method
  if (method !== 'POST' || request.ctx.origin.credential !== 'session' || !sendsForm(request)) return method
  const meant = parametersOf(request).get('_method')
  return meant === 'PUT' || meant === 'PATCH' || meant === 'DELETE' ? meant : method
}

export function sendsForm({ headers }: FastifyRequest): boolean {
  const type = mediaTypeOf(headers['content-type'] ?? '')
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
}

/** @throws WireError 401 or 403 unless the caller belongs to machine QA and holds the permission */
export function requirePermitted(request: FastifyRequest, permission: string): void {
  requireCaller(request)
  if (!mayAct(request, permission)) throw new WireError(403, NOT_PERMITTED)
}

export function mayAct({ ctx: { actor } }: FastifyRequest, permission: string): boolean {
  return hasPermission(actor, 'machine-qa.access') && hasPermission(actor, permission)
}

/** @throws WireError 405 for a method that is not among those */
export function requireOffered(method: Method, offered: readonly Method[]): void {
  if (!offered.includes(method)) throw new WireError(405, detail(`Method "${method}" not allowed.`))
}
