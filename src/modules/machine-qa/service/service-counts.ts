import { type Context, requirePermission } from '../../../context.ts'
import { countReturns } from '../store/return-to-service.ts'
import { countService } from '../store/service-counts.ts'

/** What waits in service log, parts and faults. */
export type ServiceCounts = {
  readonly openEvents: number
  readonly toReview: number
  readonly returnsIncomplete: number
  readonly returnsUnreviewed: number
  readonly unreviewedFaults: number
  readonly lowParts: number
}

export async function serviceCounts(ctx: Context): Promise<ServiceCounts> {
  requirePermission(ctx, 'machine-qa.service-event.view')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const [counted, returns] = await Promise.all([countService(db), countReturns(db)])
  return { ...counted, returnsIncomplete: returns.incomplete, returnsUnreviewed: returns.unreviewed }
}
