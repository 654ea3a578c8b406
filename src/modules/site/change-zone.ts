import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { isZone } from '../../core/calendar.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { ZONE } from './settle-zone.ts'
import { findFact, replaceFact } from './store/facts.ts'

/** Changes the settled zone of the site. Servers that run keep the old one until they are restarted. */
export async function changeZone(
  ctx: Context,
  zone: string,
): Promise<{ readonly before: string; readonly after: string }> {
  requirePermission(ctx, 'site.zone.change')
  if (!isZone(zone))
    throw invalidInput('zone', `There is no zone ${zone}. One is America/Toronto, another UTC.`)
  return inTransaction(ctx, async (tx) => {
    const before = (await findFact(tx.db, ZONE)) ?? tx.zone
    if (before !== zone) {
      await replaceFact(tx.db, ZONE, zone, tx.now())
      await recordAudit(tx, {
        action: 'site.zone.change',
        record: 'site.fact',
        recordId: ZONE,
        before: { zone: before },
        after: { zone },
      })
    }
    return { before, after: zone }
  })
}
