import { asSystem, type Context, requirePermission } from '../../context.ts'
import { all, type Condition, compare, equals, type Query, related } from '../../core/query.ts'
import { listRecords, type RecordPage } from '../records/list-records.ts'
import { groupRecord } from './records/group.ts'
import { userRecord } from './records/user.ts'

/** Users who belong to a part of the product: by a group that permits something of it, or as administrators. */
export function isUserOf(module: string): Condition {
  const inGroup = related('groups', related('permissions', equals('module', module)))
  return { kind: 'any', of: [equals('isAdministrator', true), inGroup] }
}

/** What every part shares: permissions of these modules make a group nobody else's. */
const SHARED_MODULES = ['workspace', 'equipment', 'notifications', 'reports', 'site']

/** Groups that permit something of a part of the product, and nothing of another part or of the administration. */
export function isGroupOf(module: string): Condition {
  const ofModule = related('permissions', equals('module', module))
  const ofOthers = related('permissions', {
    kind: 'not',
    of: compare('module', 'in', [module, ...SHARED_MODULES]),
  })
  return all(ofModule, { kind: 'not', of: ofOthers })
}

/** One page of the users of a part, for whoever belongs to it. */
export function listUsersOfModule(ctx: Context, module: string, query: Query): Promise<RecordPage> {
  requirePermission(ctx, `${module}.access`)
  return listRecords(asSystem(ctx, 'access'), userRecord, {
    ...query,
    where: all(isUserOf(module), query.where),
  })
}

/** One page of the groups of a part, for whoever belongs to it. */
export function listGroupsOfModule(ctx: Context, module: string, query: Query): Promise<RecordPage> {
  requirePermission(ctx, `${module}.access`)
  return listRecords(asSystem(ctx, 'access'), groupRecord, {
    ...query,
    where: all(isGroupOf(module), query.where),
  })
}
