import type { Database } from '../../platform/database/database.ts'
import { decideFact, findFact } from './store/facts.ts'

/** Name of the fact. */
export const ZONE = 'zone'

/** The zone that a site was given, against another one that the settings now name. */
export class ZoneConflictError extends Error {
  constructor(settled: string, configured: string) {
    super(
      `This site's time zone is ${settled}, but TOUCHSTONE_TIMEZONE says ${configured}. Due dates and days already follow ` +
        `${settled}; to change it run: touchstone site zone ${configured}`,
    )
    this.name = 'ZoneConflictError'
  }
}

/**
 * The one zone of the site, written at the first start.
 *
 * @param configured what the settings say, `''` when they say nothing
 * @param fallback the zone of the host
 * @throws ZoneConflictError when the settings name another zone later
 */
export async function settleZone(
  db: Database,
  configured: string,
  fallback: string,
  at: Date,
): Promise<string> {
  await decideFact(db, ZONE, configured || fallback, at)
  const settled = (await findFact(db, ZONE)) ?? fallback
  if (configured !== '' && configured !== settled) throw new ZoneConflictError(settled, configured)
  return settled
}
