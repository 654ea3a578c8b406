import { type Context, inTransaction } from '../../../context.ts'
import { equals } from '../../../core/query.ts'
import { changeLiving, changeRequest } from '../../../modules/lims/change-request.ts'
import type { Interim } from '../../../modules/lims/domain/service-snapshot.ts'
import { enterResults, type ResultEntry } from '../../../modules/lims/enter-results.ts'
import { type FoundObject, findObjectByPath, findObjectsByUid } from '../../../modules/lims/find-object.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { changeRecord } from '../../../modules/records/save-record.ts'
import { type Call, type Endpoint, requireSignedIn, UNCOUNTED } from '../endpoint.ts'
import { sitePath } from '../types/path-condition.ts'
import { textOf, type WireValue } from '../wire/parameters.ts'
import { parseLiteral } from '../wire/python-literal.ts'
import { WireError } from '../wire-error.ts'
import { inWireNames, readFields } from './read-fields.ts'

/** `update`: new values for fields of one object. @see specification 1.10 */
export const update: Endpoint = async (call) => {
  const { ctx, parameters, around } = call
  requireSignedIn(ctx)
  const { found, used } = await locate(call)
  const fields = new Map([...parameters].filter(([name]) => !UNCOUNTED.has(name) && !used.has(name)))
  const warnings = await changeFound(call, found, fields)
  const { row } = found
  return {
    obj_id: row.objectId,
    obj_uid: row.uid,
    obj_path: `/${around.site}${String(row.path)}`,
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

/** By UID, path, or type and id; with the parameters that said so. */
async function locate(
  call: Call,
): Promise<{ readonly found: FoundObject; readonly used: ReadonlySet<string> }> {
  const { ctx, parameters } = call
  const uid = textOf(parameters, 'obj_uid')
  if (uid !== undefined) {
    const [found] = await findObjectsByUid(ctx, [uid])
    if (!found) throw new WireError(`Object not found: ${uid}`, 404)
    return { found, used: new Set(['obj_uid', 'obj_path', 'obj_type']) }
  }
  const path = textOf(parameters, 'obj_path')
  if (path !== undefined)
    return { found: await findPath(call, path), used: new Set(['obj_path', 'obj_type']) }
  const type = textOf(parameters, 'obj_type')
  const id = textOf(parameters, 'id')
  if (type === undefined || id === undefined)
    throw new WireError('Object not found: obj_path, obj_uid, or obj_type and id are missing', 404)
  return { found: await findByTypeAndId(call, type, id), used: new Set(['obj_type', 'id']) }
}

export async function findPath(
  { ctx, around }: Pick<Call, 'ctx' | 'around'>,
  path: string,
): Promise<FoundObject> {
  const within = sitePath(path, around.site)
  const found = await findObjectByPath(ctx, within)
  if (found) return found
  throw new WireError(`Object not found: ${path}`, 404)
}

async function findByTypeAndId({ ctx, around }: Call, type: string, id: string): Promise<FoundObject> {
  const wire = around.types.find(type)
  if (!wire) throw new WireError(`Object not found: ${id}`, 404)
  const { rows } = await listRecords(
    ctx,
    wire.record,
    { where: equals('objectId', id), order: [], limit: 2, offset: 0 },
    { total: 'none' },
  )
  const [row] = rows
  if (!row || rows.length > 1) throw new WireError(`Object not found: ${id}`, 404)
  return { type: wire.type, record: wire.record, row }
}

/** @returns warnings */
export async function changeFound(
  call: Pick<Call, 'ctx' | 'around'>,
  found: FoundObject,
  fields: ReadonlyMap<string, WireValue>,
): Promise<readonly string[]> {
  const { ctx, around } = call
  const wire = around.types.find(found.type.type)
  if (!wire) throw new Error(`${found.type.type} is no type`)
  if (fields.has('id') && found.row.objectId !== fields.get('id'))
    throw new WireError('Renaming objects through this API is not supported.')
  const named = new Map([...fields].filter(([name]) => name !== 'id'))
  const { values, warnings } = await readFields(ctx, around, wire, named)
  if (Object.keys(values).length === 0) return warnings
  try {
    await store(call, found, values, named)
  } catch (error) {
    throw inWireNames(wire, error)
  }
  return warnings
}

function store(
  { ctx, around }: Pick<Call, 'ctx' | 'around'>,
  { record, row }: FoundObject,
  values: Readonly<Record<string, unknown>>,
  named: ReadonlyMap<string, WireValue>,
): Promise<unknown> {
  if (record.name === 'lims.analysis')
    return enterResults(ctx, around.calculations, [entryOf(row.id, values, named)])
  if (record.name === 'lims.request') return changeRequest(ctx, row.id, values)
  if (record.writer === 'verbs') return changeLiving(ctx, record, row.id, values)
  return changeRecord(ctx, record, row.id, row.version, values)
}

const ENTERED = ['method', 'instrument', 'analyst', 'remarks'] as const

/** What the fields of an analysis say as an entry of results. */
export function entryOf(
  id: number,
  values: Readonly<Record<string, unknown>>,
  named: ReadonlyMap<string, WireValue>,
): ResultEntry {
  const refused = Object.keys(values).find((name) => !KNOWN.has(name))
  if (refused !== undefined) throw new WireError(`You are not allowed to modify ${refused}`)
  const interims = interimsOf(values.interims)
  return {
    id,
    ...('result' in values ? { result: String(values.result ?? '') } : {}),
    ...('operand' in values
      ? { operand: values.operand === '<' || values.operand === '>' ? values.operand : null }
      : {}),
    ...('uncertainty' in values
      ? { uncertainty: values.uncertainty === null ? null : String(named.get('Uncertainty') ?? '') }
      : {}),
    ...(interims ? { interims } : {}),
    ...(Object.fromEntries(
      ENTERED.flatMap((name) => (name in values ? [[name, values[name]]] : [])),
    ) as Partial<ResultEntry>),
  }
}

const KNOWN: ReadonlySet<string> = new Set([...ENTERED, 'result', 'operand', 'uncertainty', 'interims'])

function interimsOf(given: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(given)) return undefined
  return Object.fromEntries(
    (given as readonly Interim[]).map(({ keyword, value }) => [String(keyword), String(value ?? '')]),
  )
}

/** `update_many`: all of the objects or none. @see specification 1.11 */
export const updateMany: Endpoint = async (call) => {
  const { ctx, parameters, around, url } = call
  requireSignedIn(ctx)
  const changes = readInputValues(parameters.get('input_values'))
  const found = new Map<string, FoundObject>()
  for (const path of changes.keys()) found.set(path, await findPath(call, path))
  const results = await analysisEntries(call, changes, found)
  await applyAll(ctx, around, changes, found, results)
  return { updates: [...changes.keys()].map(() => ({ url, success: true, error: false })) }
}

type Changes = ReadonlyMap<string, ReadonlyMap<string, WireValue>>

function readInputValues(given: WireValue | undefined): Changes {
  if (given === undefined || given === null || given === '') throw new WireError('missing input_values')
  const value = typeof given === 'string' ? parseLiteral(given)?.value : given
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WireError('input_values: Invalid JSON/Python variable')
  return new Map(
    Object.entries(value as Readonly<Record<string, WireValue>>).map(([path, fields]) => {
      if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
        throw new WireError('input_values: Invalid JSON/Python variable')
      return [path, new Map(Object.entries(fields as Readonly<Record<string, WireValue>>))] as const
    }),
  )
}

/** Results are calculated from together, and that takes place before anything is stored. */
async function analysisEntries(
  { ctx, around }: Call,
  changes: Changes,
  found: ReadonlyMap<string, FoundObject>,
): Promise<readonly ResultEntry[]> {
  const wire = around.types.find('Analysis')
  const entries: ResultEntry[] = []
  for (const [path, fields] of changes) {
    const object = found.get(path)
    if (!wire || object?.record.name !== 'lims.analysis') continue
    const { values } = await readFields(ctx, around, wire, fields)
    entries.push(entryOf(object.row.id, values, fields))
  }
  return entries
}

async function applyAll(
  ctx: Context,
  around: Call['around'],
  changes: Changes,
  found: ReadonlyMap<string, FoundObject>,
  entries: readonly ResultEntry[],
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (const [path, fields] of changes) {
      const object = found.get(path)
      if (object && object.record.name !== 'lims.analysis')
        await changeFound({ ctx: tx, around }, object, fields)
    }
    if (entries.length > 0) await enterResults(tx, around.calculations, entries)
  })
}
