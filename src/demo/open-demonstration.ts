import type { Config } from '../config.ts'
import { asSystem } from '../context.ts'
import { EVERYTHING } from '../core/query.ts'
import { RefusedError } from '../core/refusal.ts'
import { userRecord } from '../modules/access/records/user.ts'
import { listRecords } from '../modules/records/list-records.ts'
import { isDemonstration } from '../modules/site/demonstration.ts'
import { openSite, type Site } from '../site.ts'
import { prepareDemoFolder } from './demo-folder.ts'
import { seedDemonstration } from './seed-demonstration.ts'

/** The zone of the users' document, unless the settings name another. */
const DEMO_ZONE = 'America/Toronto'

/**
 * Opens the demonstration laboratory, and makes it first where it is not there yet.
 *
 * @param fresh whether one that was made before is thrown away
 * @param say told what takes a moment
 * @throws RefusedError `conflict` for a folder or a database with other data in it
 */
export async function openDemonstration(
  config: Config,
  { fresh, say }: { readonly fresh: boolean; readonly say: (line: string) => void },
): Promise<Site> {
  if (fresh && config.databaseUrl !== '') {
    throw new RefusedError({
      kind: 'conflict',
      reason: 'On PostgreSQL, empty the database yourself instead of --fresh.',
    })
  }
  await prepareDemoFolder(config.data, fresh)
  const site = await openSite({ ...config, timezone: config.timezone || DEMO_ZONE })
  try {
    const ctx = asSystem(site.base, 'demonstration')
    if (await isDemonstration(ctx)) return site
    const where = { where: EVERYTHING, order: [], limit: 1, offset: 0 }
    const { rows } = await listRecords(ctx, userRecord, where, { total: 'none', relations: 'none' })
    if (rows.length > 0) {
      throw new RefusedError({
        kind: 'conflict',
        reason: 'The database holds data that the demonstration did not make.',
      })
    }
    say('Making the demonstration laboratory …')
    await seedDemonstration(site)
    return site
  } catch (error) {
    await site.close()
    throw error
  }
}
