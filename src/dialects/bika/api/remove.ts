import { inTransaction } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { findObjectsByUid } from '../../../modules/lims/find-object.ts'
import { removeObject } from '../../../modules/lims/remove-object.ts'
import { type Endpoint, requireSignedIn } from '../endpoint.ts'
import { failureOf } from '../errors.ts'
import { textsOf } from '../wire/parameters.ts'
import { WireError } from '../wire-error.ts'

/** `remove`: deletes objects that nothing refers to; all or none. @see specification 1.12 */
export const remove: Endpoint = async ({ ctx, parameters }) => {
  requireSignedIn(ctx)
  const uids = textsOf(parameters.get('UID')).filter((uid) => uid !== '')
  if (uids.length === 0) throw new WireError('No UID specified in request')
  await inTransaction(ctx, async (tx) => {
    const found = await findObjectsByUid(tx, uids)
    if (found.length < uids.length) throw new WireError('No objects found', 404)
    for (const object of found) {
      await removeObject(tx, object).catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error
        throw new WireError(
          `Cannot delete '${String(object.row.uid)}' because (${failureOf(error)?.message})`,
          409,
        )
      })
    }
  })
  return {}
}
