import { ownsDicomApi } from './dialects/dicom-api/owns.ts'
import { ownsNative } from './dialects/native/owns.ts'
import { ownsQatrack } from './dialects/qatrack/owns.ts'
import type { Job } from './modules/jobs/job.ts'
import { dialectPart, type Part } from './platform/http/dialect.ts'
import type { Site } from './site.ts'
import { VERSION } from './version.ts'

/**
 * Every API of the product, in the order in which they are asked whether a path is theirs; the last one answers for
 * paths of nobody. Each is loaded with its first request: only what decides about paths is imported here.
 */
export function dialectsOf(
  site: Site,
  jobs: readonly Job[],
  options: { readonly demo: boolean },
): readonly Part[] {
  return [nativePart(site, jobs, options), dicomApiPart(site), qatrackPart(site)]
}

function nativePart(site: Site, jobs: readonly Job[], { demo }: { readonly demo: boolean }): Part {
  const { base, access, calculations, notifications, config } = site
  return dialectPart('native', ownsNative, async () => {
    const { createNativeDialect } = await import('./dialects/native/dialect.ts')
    const { searchSources } = await import('./modules/workspace/search-records.ts')
    const { workForYou } = await import('./modules/machine-qa/for-you.ts')
    const { failedJobsSource } = await import('./modules/workspace/failed-jobs.ts')
    const { failedDeliveriesSource } = await import('./modules/notifications/failed-deliveries.ts')
    return createNativeDialect({
      access,
      calculations,
      notifications,
      catalogue: base.catalogue,
      site: { name: config.siteName, zone: base.zone, demo, version: VERSION },
      jobs,
      search: searchSources(base.catalogue),
      forYou: [workForYou, failedJobsSource(jobs), failedDeliveriesSource],
    })
  })
}

function qatrackPart({ base, access, calculations, config }: Site): Part {
  return dialectPart('qatrack', ownsQatrack, async () => {
    const { createQatrackDialect } = await import('./dialects/qatrack/dialect.ts')
    return createQatrackDialect({
      access,
      catalogue: base.catalogue,
      calculations,
      publicUrl: config.publicUrl,
      throttlePerMinute: config.throttlePerMinute,
    })
  })
}

function dicomApiPart({ access }: Site): Part {
  return dialectPart('dicom-api', ownsDicomApi, async () =>
    (await import('./dialects/dicom-api/dialect.ts')).createDicomApiDialect({ access }),
  )
}
