import { asSystem, type Context, inTransaction } from '../context.ts'
import { qualityOf } from '../declared-quality.ts'
import { researchServicesOf } from '../declared-research.ts'
import { imageFolderOf } from '../modules/dicom/image-folder.ts'
import { limsHooks } from '../modules/lims/hooks.ts'
import { machineQaHooks } from '../modules/machine-qa/configuration/hooks.ts'
import { markAsDemonstration } from '../modules/site/demonstration.ts'
import type { Site } from '../site.ts'
import { seedDicomDemonstration } from './dicom/seed-dicom.ts'
import { seedStudies } from './dicom/seed-studies.ts'
import { seedLims } from './lims/seed-lims.ts'
import { seedDepartment } from './machine-qa/seed-department.ts'
import { seedHistory } from './machine-qa/seed-history.ts'
import { actingAt, seedProgramme } from './machine-qa/seed-programme.ts'
import { seedReferences } from './machine-qa/seed-references.ts'
import { seedService } from './machine-qa/seed-service.ts'
import { yearsOf } from './machine-qa/session-dates.ts'
import { seedQualityDemonstration } from './quality/seed-quality.ts'
import { seedReports } from './reports/seed-reports.ts'
import { seedResearchDemonstration } from './research/seed-research.ts'
import { seedAccounts } from './seed-accounts.ts'

const DAY_MS = 86_400_000

export type DemonstrationOptions = {
  /** days of history, two years unless given */
  readonly days?: number
  /** what its dates are relative to */
  readonly now?: Date
}

/**
 * Fills an empty site with the demonstration laboratory, all or nothing. The same on every run, apart from dates, which
 * are relative to now.
 *
 * @returns how many QA sessions that made
 */
export async function seedDemonstration(
  site: Site,
  { days = 730, now = new Date() }: DemonstrationOptions = {},
): Promise<number> {
  const ctx = seedingContext(site, now)
  const sessions = await inTransaction(ctx, async (tx) => {
    const people = await seedAccounts(tx, site.access)
    const physicist = people.actor('physicist')
    const opened = new Date(now.getTime() - (days + 30) * DAY_MS)
    const units = await seedDepartment(actingAt(tx, physicist, opened), yearsOf({ now, zone: tx.zone, days }))
    const programme = await seedProgramme(tx, people, units)
    const comparisons = await seedReferences(tx, people, units, programme, opened)
    const made = await seedHistory({ ctx: tx, people, programme, comparisons, days })
    await seedService({ ctx: tx, people, units, programme, days })
    await seedDicomDemonstration(tx, people)
    await seedStudies(tx, people, imageFolderOf(site.config.data))
    await seedReports(tx, people, site.reports)
    await seedLims(tx, people)
    await seedResearchDemonstration(tx, people, researchServicesOf(site.config))
    // last: it measures what the others made
    await seedQualityDemonstration(
      tx,
      people,
      qualityOf(site, () => []),
    )
    await markAsDemonstration(tx)
    return made
  })
  await site.base.database.optimize()
  return sessions
}

/** Its calculations are known to be good (a test reads them), so Python need not be started for them. */
function seedingContext({ base, config }: Site, now: Date): Context {
  const known = machineQaHooks({ check: async () => [] }, { mostTests: config.maxTestsPerList })
  return {
    ...asSystem(base, 'demonstration'),
    recordHooks: new Map([...base.recordHooks, ...known, ...limsHooks({ check: async () => [] })]),
    now: () => now,
  }
}
