import { hasPermission } from '../../../core/actor.ts'
import { addAnalyses } from '../../../modules/lims/add-analyses.ts'
import { createObject } from '../../../modules/lims/create-object.ts'
import { type FoundObject, findObjectByPath } from '../../../modules/lims/find-object.ts'
import { limsSettings } from '../../../modules/lims/lims-settings.ts'
import { type Call, type Endpoint, requireSignedIn, UNCOUNTED } from '../endpoint.ts'
import { sitePath } from '../types/path-condition.ts'
import type { WireType } from '../types/wire-types.ts'
import { textOf, type WireValue } from '../wire/parameters.ts'
import { WireError } from '../wire-error.ts'
import { createRequest } from './create-request.ts'
import { inWireNames, readFields } from './read-fields.ts'

/** Parameters of `create` that are no fields. */
const OWN: ReadonlySet<string> = new Set([...UNCOUNTED, 'obj_path', 'obj_type', 'obj_id'])

/** `create`: a new object in a folder; a request for analyses comes with its sample, partition and analyses. */
export const create: Endpoint = async (call) => {
  const { around, parameters } = call
  const type = textOf(parameters, 'obj_type')
  if (type === undefined) throw new WireError('Required field not found in request: obj_type')
  const wire = around.types.find(type)
  await requireApi(call, textOf(parameters, 'obj_path') ?? '')
  if (type === 'AnalysisRequest') return createRequest(call, OWN)
  const path = textOf(parameters, 'obj_path')
  if (path === undefined) throw new WireError('Required field not found in request: obj_path')
  if (!wire) throw new WireError(`Disallowed subobject type: ${type}`)
  const place = await placeOf(call, wire, sitePath(path, around.site))
  const fields = new Map([...parameters].filter(([name]) => !OWN.has(name)))
  if (type === 'Analysis') return createAnalysis(call, place, fields)
  return createOther(call, wire, place, fields)
}

/** Writing through this API is a permission of its own; the laboratory may open it to clerks and contacts. */
export async function requireApi({ ctx, around, url }: Call, path: string): Promise<void> {
  requireSignedIn(ctx)
  if (hasPermission(ctx.actor, 'lims.api.use')) return
  if (hasPermission(ctx.actor, 'lims.sample.register') && (await limsSettings(ctx)).apiForClerks) return
  const parent = `${new URL(url).origin}/${around.site}${sitePath(path, around.site)}`
  throw new WireError(`You don't have the 'BIKA: Access JSON API' permission on ${parent}`, 403)
}

type Place = { readonly parent: FoundObject | undefined }

/** The folder of the type, or an object that may hold it. */
async function placeOf({ ctx, around }: Call, wire: WireType, path: string): Promise<Place> {
  const { type } = wire
  if (path === type.folder || (type.type === 'Batch' && path === '/batches')) return { parent: undefined }
  const parent = await findObjectByPath(ctx, path)
  if (!parent && !isFolder(around.types.all, path))
    throw new WireError(`Object not found: /${around.site}${path}`, 404)
  if (!parent?.type.holds.includes(type.type)) throw new WireError(`Disallowed subobject type: ${type.type}`)
  return { parent }
}

function isFolder(types: readonly WireType[], path: string): boolean {
  return path === '' || path === '/bika_setup' || types.some(({ type }) => type.folder === path)
}

async function createAnalysis(
  call: Call,
  { parent }: Place,
  fields: ReadonlyMap<string, WireValue>,
): Promise<Readonly<Record<string, unknown>>> {
  const { ctx, around } = call
  const wire = around.types.find('Analysis')
  if (!wire || parent?.type.type !== 'AnalysisRequest')
    throw new WireError('Disallowed subobject type: Analysis')
  if (!fields.has('Service')) throw new WireError('Required field not found in request: Service')
  const { values } = await readFields(ctx, around, wire, fields)
  if (typeof values.service !== 'number')
    throw new WireError('Required field Service may not have blank value')
  const added = await addAnalyses(ctx, parent.row.id, [values.service])
  const [first] = added
  return { obj_id: first?.keyword, obj_uid: first?.uid, obj_path: `/${around.site}${first?.path}` }
}

async function createOther(
  call: Call,
  wire: WireType,
  place: Place,
  fields: ReadonlyMap<string, WireValue>,
): Promise<Readonly<Record<string, unknown>>> {
  const { ctx, around, parameters } = call
  if (wire.record.writer === 'verbs') throw new WireError(`Disallowed subobject type: ${wire.type.type}`)
  requireFields(wire, fields)
  const { values, warnings } = await readFields(ctx, around, wire, fields)
  try {
    const row = await createObject(
      ctx,
      wire.record,
      { ...values, ...ownerOf(wire, place) },
      textOf(parameters, 'obj_id'),
    )
    return {
      obj_id: row.objectId,
      obj_uid: row.uid,
      obj_path: `/${around.site}${String(row.path)}`,
      ...(warnings.length > 0 ? { warnings } : {}),
    }
  } catch (error) {
    throw inWireNames(wire, error)
  }
}

/** @throws WireError for the first required field that is absent or blank */
function requireFields(wire: WireType, fields: ReadonlyMap<string, WireValue>): void {
  for (const { name, field } of wire.fields.values()) {
    const declared = wire.record.fields[field]
    const isOwner = wire.type.owners.includes(field)
    if (!declared?.required || declared.readOnly || isOwner) continue
    const given = fields.get(name) ?? (field === wire.record.titleField ? fields.get('title') : undefined)
    if (given === undefined) throw new WireError(`Required field not found in request: ${name}`)
    if (given === '') throw new WireError(`Required field ${name} may not have blank value`)
  }
}

function ownerOf(wire: WireType, { parent }: Place): Readonly<Record<string, unknown>> {
  const owner = wire.type.owners.find((field) => wire.record.fields[field]?.target === parent?.record.name)
  const ofClient =
    owner ?? (parent?.type.type === 'Client' && 'client' in wire.record.fields ? 'client' : undefined)
  return parent && ofClient ? { [ofClient]: parent.row.id } : {}
}
