import { inTransaction } from '../../../context.ts'
import { doTransition, type ObjectRef } from '../../../modules/lims/do-transition.ts'
import { objectTypeOf } from '../../../modules/lims/domain/object-types.ts'
import { TransitionRefusedError } from '../../../modules/lims/transition-refused.ts'
import { type Call, type Endpoint, requireSignedIn } from '../endpoint.ts'
import { textOf, textsOf, type WireValue } from '../wire/parameters.ts'
import { parseLiteral } from '../wire/python-literal.ts'
import { WireError } from '../wire-error.ts'
import { findFound, readQuery } from './find-objects.ts'
import { pageOf } from './read.ts'
import { findPath } from './update.ts'

/** `doActionFor`: moves everything that a query finds on its page. @see specification 1.13 */
export const doActionFor: Endpoint = async (call) => {
  const { ctx, parameters, around } = call
  requireSignedIn(ctx)
  const action = requireAction(call)
  const { found } = await findFound(ctx, around, readQuery(around, parameters), pageOf(parameters))
  if (found.length === 0) throw new WireError('No matching objects found', 404)
  await moveAll(
    call,
    found.map(({ wire, row }) => ({ record: wire.record.name, id: row.id })),
    action,
  )
  return {}
}

/** `doActionFor_many`: moves the objects at a list of paths. */
export const doActionForMany: Endpoint = async (call) => {
  requireSignedIn(call.ctx)
  const action = requireAction(call)
  const paths = readPaths(call.parameters.get('f') ?? call.parameters.get('obj_paths'))
  const objects: ObjectRef[] = []
  for (const path of paths) {
    const { record, row } = await findPath(call, path)
    objects.push({ record: record.name, id: row.id })
  }
  if (objects.length > 0) await moveAll(call, objects, action)
  return {}
}

function requireAction({ parameters }: Call): string {
  const action = textOf(parameters, 'action')
  if (action === undefined || action === '') throw new WireError('No action specified in request')
  return action
}

function readPaths(given: WireValue | undefined): readonly string[] {
  if (typeof given !== 'string') return textsOf(given)
  if (given.trim() === '') return []
  if (!/^\s*[[(]/.test(given)) return [given]
  const parsed = parseLiteral(given)
  if (!parsed || !Array.isArray(parsed.value)) throw new WireError('obj_paths: Invalid JSON/Python variable')
  return textsOf(parsed.value)
}

async function moveAll({ ctx, around }: Call, objects: readonly ObjectRef[], action: string): Promise<void> {
  try {
    await inTransaction(ctx, (tx) => doTransition(tx, objects, action))
  } catch (error) {
    if (!(error instanceof TransitionRefusedError)) throw error
    const { object, why } = error
    const { type } = objectTypeOf(object.record, object.row)
    throw new WireError(
      `Cannot execute '${action}' on <${type} at /${around.site}${object.path}> (${why})`,
      409,
    )
  }
}
