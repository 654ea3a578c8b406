import { compare, equals, related } from '../../../core/query.ts'
import { ROLE_GROUPS } from '../../../modules/access/domain/role-groups.ts'
import { listUsersOfModule } from '../../../modules/access/list-module-users.ts'
import { allowedTransitions } from '../../../modules/lims/allowed-transitions.ts'
import { findObjectsByUid } from '../../../modules/lims/find-object.ts'
import { VERSION } from '../../../version.ts'
import { type Endpoint, requireSignedIn } from '../endpoint.ts'
import { textsOf, type WireValue } from '../wire/parameters.ts'
import { parseLiteral } from '../wire/python-literal.ts'
import { WireError } from '../wire-error.ts'

/** `getusers`: who holds given roles. */
export const getUsers: Endpoint = async ({ ctx, parameters }) => {
  requireSignedIn(ctx)
  const roles = textsOf(parameters.get('roles')).filter((role) => role !== '')
  if (roles.length === 0) throw new WireError('No roles specified')
  const names = ROLE_GROUPS.filter(({ foreignRoles }) =>
    foreignRoles.some((role) => roles.includes(role.replace(/^Bika: /, ''))),
  ).map(({ name }) => name)
  const inGroups = related('groups', compare('name', 'in', names))
  const where = roles.includes('Manager')
    ? ({ kind: 'any', of: [inGroups, equals('isAdministrator', true)] } as const)
    : inGroups
  const order = [{ path: ['username'], direction: 'asc' }] as const
  const { rows } = await listUsersOfModule(ctx, 'lims', { where, order, limit: 1000, offset: 0 })
  return {
    users: rows.map((row) => ({
      userid: row.username,
      fullname: [row.firstName, row.lastName].filter(Boolean).join(' ') || row.username,
    })),
  }
}

/** `allowedTransitionsFor_many`: what the caller may do now with each of some objects. */
export const allowedTransitionsForMany: Endpoint = async ({ ctx, parameters }) => {
  requireSignedIn(ctx)
  const uids = readUids(parameters.get('uid'))
  if (uids.length === 0) throw new WireError('No object UID specified in request')
  const found = await findObjectsByUid(ctx, uids)
  const missing = uids.find((uid) => !found.some(({ row }) => row.uid === uid))
  if (missing !== undefined)
    throw new WireError(`Cannot get the allowed transitions (Object not found: ${missing})`)
  const transitions: Record<string, unknown>[] = []
  for (const [record, group] of Map.groupBy(found, (each) => each.record)) {
    const moves = await allowedTransitions(
      ctx,
      record,
      group.map(({ row }) => row),
    )
    transitions.push(...group.map(({ row }) => ({ uid: row.uid, transitions: moves.get(row.id) ?? [] })))
  }
  return { transitions }
}

function readUids(given: WireValue | undefined): readonly string[] {
  if (typeof given !== 'string' || !/^\s*[[(]/.test(given)) return textsOf(given).filter((uid) => uid !== '')
  return textsOf(parseLiteral(given)?.value)
}

/** `version` */
export const version: Endpoint = async () => ({ version: VERSION, build: VERSION, date: '2026-11-22' })
