import { asSystem } from '../../../context.ts'
import { all, compare, equals } from '../../../core/query.ts'
import { isGroupOf, isUserOf } from '../../../modules/access/list-module-users.ts'
import { groupRecord } from '../../../modules/access/records/group.ts'
import { userRecord } from '../../../modules/access/records/user.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { removeRecord } from '../../../modules/records/retire-record.ts'
import { changeRecord, createRecord } from '../../../modules/records/save-record.ts'
import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Answered, Endpoint, Exchange } from '../endpoint.ts'
import { getResource } from '../resources/list-resource.ts'
import { rowIdOf } from '../resources/row-id.ts'
import type { WireResource } from '../resources/wire-resource.ts'
import { type Parsed, type ParseField, parseText, problem } from '../wire/field-values.ts'
import { NO_SUCH_OBJECT, parseHyperlink } from '../wire/hyperlink.ts'
import { resourceLink } from '../wire/links.ts'
import { type Body, parseBody } from '../wire/parse-body.ts'
import { pythonType } from '../wire/python-words.ts'
import { fieldReader, objectOf, REQUIRED, refuseProblems } from '../wire/read-fields.ts'
import { GROUP_WRITE_FIELDS } from './group-write-fields.ts'
import { findPermissionIds, toggledPermission } from './toggle-permission.ts'

/** What makes a group one of machine QA from its first day. */
const BELONGING = 'machine-qa.access'

/** Adds to the endpoints of groups, which can be read like others, what makes, changes and removes them. */
export function withGroupWrites(endpoint: Endpoint, resource: WireResource): Endpoint {
  const write: Endpoint['handlers'] =
    endpoint.kind === 'list'
      ? { post: (exchange) => addGroup(exchange, resource) }
      : {
          put: (exchange) => updateGroup(exchange, resource, 'whole'),
          patch: (exchange) => updateGroup(exchange, resource, 'part'),
          delete: removeGroup,
        }
  return { ...endpoint, handlers: { ...endpoint.handlers, ...write }, writes: GROUP_WRITE_FIELDS }
}

/** A new group belongs to machine QA and permits nothing else yet; its members may read, as any user there may. */
async function addGroup(exchange: Exchange, resource: WireResource): Promise<Answered> {
  const { ctx, links, request } = exchange
  const fields = await readGroup(exchange, parseBody(request), 'whole')
  const permissions = await findPermissionIds(ctx, [BELONGING])
  const { id } = await createRecord(ctx, groupRecord, { ...fields, permissions: [...permissions.values()] })
  return {
    status: 201,
    headers: { location: resourceLink(links, resource.path, id) },
    body: await getResource(exchange, resource, String(id)),
  }
}

/** Name and members; or, with any `type` but `users`, one permission on or off. */
async function updateGroup(
  exchange: Exchange,
  resource: WireResource,
  scope: 'whole' | 'part',
): Promise<Answered> {
  const { ctx, request } = exchange
  const body = parseBody(request)
  const { type } = objectOf(body)
  const group = await findGroup(exchange)
  if (type !== undefined && type !== null && type !== 'users') {
    const { permissions, answer } = await toggledPermission(ctx, group, objectOf(body))
    await changeRecord(ctx, groupRecord, group.id, group.version, { permissions })
    return { body: answer }
  }
  const fields = await readGroup(exchange, body, scope, group.id)
  await changeRecord(ctx, groupRecord, group.id, group.version, fields)
  return { body: await getResource(exchange, resource, String(group.id)) }
}

async function removeGroup(exchange: Exchange): Promise<Answered> {
  const group = await findGroup(exchange)
  await removeRecord(exchange.ctx, groupRecord, group.id)
  return { status: 204 }
}

/** @throws WireError 404 also for a group that permits something of another part */
async function findGroup({ ctx, id }: Exchange): Promise<AnyRow> {
  const where = all(equals('id', rowIdOf(id)), isGroupOf('machine-qa'))
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    groupRecord,
    { where, order: [], limit: 1, offset: 0 },
    { total: 'none' },
  )
  if (!rows[0]) throw new WireError(404, NOT_FOUND)
  return rows[0]
}

const LONGEST_NAME = 150

async function readGroup(
  { ctx }: Exchange,
  body: Body,
  scope: 'whole' | 'part',
  groupId?: number,
): Promise<Record<string, unknown>> {
  const { read, problems } = fieldReader(body, scope)
  const name = read('name', REQUIRED, parseText({ blank: 'refused', maxLength: LONGEST_NAME }))
  if (name !== undefined && (await isTaken(ctx, name, groupId))) {
    problems.push({ field: 'name', problem: 'group with this name already exists.' })
  }
  const users = read('user_set', REQUIRED, parseUsers)
  if (users && !(await areUsers(ctx, users))) problems.push({ field: 'user_set', problem: NO_SUCH_OBJECT })
  refuseProblems(problems)
  return { ...(name === undefined ? {} : { name }), ...(users === undefined ? {} : { users }) }
}

const parseUsers: ParseField<readonly number[]> = (given, text) => {
  if (!Array.isArray(given)) {
    return problem(`Expected a list of items but got type "${pythonType(given, text)}".`)
  }
  const ids: number[] = []
  for (const item of given) {
    const parsed: Parsed<number> = parseHyperlink('auth/users')(item, undefined)
    if ('problems' in parsed) return parsed
    ids.push(parsed.value)
  }
  return { value: [...new Set(ids)] }
}

/** The names of groups of other parts count too: names are unique over all. */
async function isTaken(ctx: Exchange['ctx'], name: string, except: number | undefined): Promise<boolean> {
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    groupRecord,
    { where: equals('name', name), order: [], limit: 2, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.some(({ id }) => id !== except)
}

/** Whether all of them are users that this API shows. */
async function areUsers(ctx: Exchange['ctx'], ids: readonly number[]): Promise<boolean> {
  if (ids.length === 0) return true
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    userRecord,
    { where: all(compare('id', 'in', ids), isUserOf('machine-qa')), order: [], limit: ids.length, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.length === ids.length
}
