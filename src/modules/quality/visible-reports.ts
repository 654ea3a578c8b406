import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { QUALITY_ACCESS } from './permissions.ts'
import { findReportOfLink, findVisibleReports, type Reader, type ReportAccess } from './store/reports.ts'

/** A link for reading that somebody was given instead of an account. */
export type Reading = { readonly link?: string | undefined }

/** Which reports there are for whoever asks. */
export function readerOf({ actor }: Context): Reader {
  switch (actor.kind) {
    case 'system':
      return { kind: 'everything' }
    case 'anonymous':
      return { kind: 'public' }
    case 'user':
      if (actor.isAdministrator) return { kind: 'everything' }
      return hasPermission(actor, QUALITY_ACCESS)
        ? { kind: 'user', userId: actor.id, groupIds: actor.groupIds }
        : { kind: 'public' }
  }
}

/** Every report that the actor may see, also those that were deleted, for travels in time. */
export function visibleReports(ctx: Context): Promise<readonly ReportAccess[]> {
  return findVisibleReports(ctx.db, readerOf(ctx))
}

/** Who may see a report, if the actor may. */
export async function findVisibleReport(
  ctx: Context,
  id: string,
  { link }: Reading = {},
): Promise<ReportAccess | undefined> {
  const [found] = await findVisibleReports(ctx.db, readerOf(ctx), [id])
  if (found || !link) return found
  const linked = await findReportOfLink(ctx.db, hashSecret(link))
  if (linked !== id) return undefined
  const [opened] = await findVisibleReports(ctx.db, { kind: 'everything' }, [id])
  return opened
}

/** As {@link findVisibleReport}; one that may not be seen does not exist. @throws RefusedError `not-found` */
export async function requireVisibleReport(
  ctx: Context,
  id: string,
  reading: Reading = {},
): Promise<ReportAccess> {
  const found = await findVisibleReport(ctx, id, reading)
  if (!found) throw noSuch('report', id)
  return found
}

export function noSuch(
  what: 'report' | 'subject' | 'metric' | 'source' | 'entity' | 'destination',
  id: string,
): RefusedError {
  return new RefusedError({ kind: 'not-found', what, id })
}
