import type { Context } from './context.ts'
import { ownPartsOf } from './declared-own-parts.ts'
import type { Job } from './modules/jobs/job.ts'
import { collectDue } from './modules/quality/collector/collect-due.ts'
import { createSourceFetch } from './modules/quality/collector/source-fetch.ts'
import { VISIBILITIES, type Visibility } from './modules/quality/domain/visibility.ts'
import { publicExportKey } from './modules/quality/export-key.ts'
import type { Quality } from './modules/quality/quality.ts'
import { isDemonstration } from './modules/site/demonstration.ts'
import type { Site } from './site.ts'

/**
 * What quality reports need of a site, the answers of its other parts included.
 *
 * @param jobs all background work, once it is known
 */
export function qualityOf({ access, config, notifications }: Site, jobs: () => readonly Job[]): Quality {
  return {
    access,
    settings: {
      newVisibility: visibilityOf(config.qualityVisibility),
      importVisibility: visibilityOf(config.qualityImportVisibility),
      importWithoutCredentials: config.qualityImportWithoutCredentials,
    },
    ownParts: ownPartsOf(jobs),
    outgoing: notifications.outgoing,
  }
}

function visibilityOf(text: string): Visibility {
  return VISIBILITIES.find((each) => each === text) ?? 'named'
}

/** Measures what is due. In a demonstration nothing is asked of other servers. */
export async function collectQuality(ctx: Context, site: Site, jobs: () => readonly Job[]): Promise<void> {
  const quality = qualityOf(site, jobs)
  // soon after the first start, so that nobody who exports waits for the keys
  await publicExportKey(ctx, quality)
  const outside = (await isDemonstration(ctx)) ? 'keep' : 'measure'
  await collectDue(ctx, quality, createSourceFetch(quality.outgoing), { outside })
}
