import type { FastifyInstance } from 'fastify'
import { ownsBika } from './dialects/bika/owns.ts'
import { ownsDicomApi } from './dialects/dicom-api/owns.ts'
import { ownsDicomweb } from './dialects/dicomweb/owns.ts'
import { ownsDmlf } from './dialects/dmlf/owns.ts'
import { ownsNative } from './dialects/native/owns.ts'
import { ownsQatrack } from './dialects/qatrack/owns.ts'
import { ownsQualityTime } from './dialects/quality-time/owns.ts'
import { withDicomFiles } from './modules/dicom/calculate-with-images.ts'
import type { ImageFiles } from './modules/dicom/image-files.ts'
import { imageFolderOf } from './modules/dicom/image-folder.ts'
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
  mounted: (name: string) => Promise<FastifyInstance>,
): readonly Part[] {
  const images = imagesOf(site)
  const calculating = { ...site, calculations: withDicomFiles(site.calculations, images) }
  return [
    nativePart(calculating, jobs, options, images),
    dicomApiPart(site, options),
    bikaPart(site),
    dicomwebPart(site, images),
    dmlfPart(site),
    // before the API that answers for the rest of /api
    qualityTimePart(site, jobs, mounted),
    qatrackPart(calculating),
  ]
}

/** Work on stored DICOM files, for all APIs together; opened by the first of them. */
function imagesOf({ config }: Site): () => Promise<ImageFiles> {
  let opened: Promise<ImageFiles> | undefined
  return () => {
    opened ??= import('./modules/dicom/image-files.ts').then(({ openImageFiles }) =>
      openImageFiles({
        folder: imageFolderOf(config.data),
        largestUpload: config.dicomUploadMib * 2 ** 20,
      }),
    )
    return opened
  }
}

function nativePart(
  site: Site,
  jobs: readonly Job[],
  { demo }: { readonly demo: boolean },
  images: () => Promise<ImageFiles>,
): Part {
  const { base, access, calculations, notifications, reports, config } = site
  return dialectPart('native', ownsNative, async () => {
    const { createNativeDialect } = await import('./dialects/native/dialect.ts')
    const { qualityOf } = await import('./declared-quality.ts')
    const { searchSources } = await import('./modules/workspace/search-records.ts')
    const { searchStudies } = await import('./modules/dicom/search-studies.ts')
    const { workForYou } = await import('./modules/machine-qa/for-you.ts')
    const { failedJobsSource } = await import('./modules/workspace/failed-jobs.ts')
    const { failedDeliveriesSource } = await import('./modules/notifications/failed-deliveries.ts')
    const { researchServicesOf } = await import('./declared-research.ts')
    return createNativeDialect({
      research: researchServicesOf(config),
      access,
      calculations,
      notifications,
      reports,
      quality: qualityOf(site, () => jobs),
      images: await images(),
      catalogue: base.catalogue,
      site: { name: config.siteName, zone: base.zone, demo, version: VERSION },
      jobs,
      search: [
        ...searchSources(base.catalogue),
        { kind: 'dicom.study', label: 'Study', permission: 'dicom.study.view', search: searchStudies },
      ],
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
      otherApis: async () => [
        (await import('./dialects/dicom-api/openapi.ts')).DICOM_API_OPENAPI,
        (await import('./dialects/dmlf/openapi.ts')).DMLF_OPENAPI,
      ],
    })
  })
}

function dmlfPart(site: Site): Part {
  return dialectPart('dmlf', ownsDmlf, async () => {
    const { createDmlfDialect } = await import('./dialects/dmlf/dialect.ts')
    const { researchServicesOf } = await import('./declared-research.ts')
    return createDmlfDialect({
      access: site.access,
      research: researchServicesOf(site.config),
      publicUrl: site.config.publicUrl,
    })
  })
}

function dicomApiPart({ access, config }: Site, { demo }: { readonly demo: boolean }): Part {
  return dialectPart('dicom-api', ownsDicomApi, async () =>
    (await import('./dialects/dicom-api/dialect.ts')).createDicomApiDialect({
      access,
      largestUpload: config.dicomUploadMib * 2 ** 20,
      registration: demo || config.dicomRegistration ? 'open' : 'closed',
      publicUrl: config.publicUrl,
    }),
  )
}

function dicomwebPart({ access, config }: Site, images: () => Promise<ImageFiles>): Part {
  return dialectPart('dicomweb', ownsDicomweb, async () => {
    const { createDicomwebDialect } = await import('./dialects/dicomweb/dialect.ts')
    return createDicomwebDialect({ access, images: await images(), publicUrl: config.publicUrl })
  })
}

/** The APIs whose routes are listed at `/api` besides its own. */
const LISTED = ['native', 'dicom-api', 'qatrack'] as const

function qualityTimePart(
  site: Site,
  jobs: readonly Job[],
  mounted: (name: string) => Promise<FastifyInstance>,
): Part {
  const { config, reports } = site
  return dialectPart('quality-time', ownsQualityTime, async () => {
    const { createQualityTimeDialect } = await import('./dialects/quality-time/dialect.ts')
    const { qualityOf } = await import('./declared-quality.ts')
    const { listRoutes } = await import('./listed-routes.ts')
    return createQualityTimeDialect({
      quality: qualityOf(site, () => jobs),
      builder: reports.builder,
      publicUrl: config.publicUrl,
      sessionHours: config.qualitySessionHours,
      version: VERSION,
      otherRoutes: async () =>
        (await Promise.all(LISTED.map(async (name) => listRoutes(name, await mounted(name))))).flat(),
    })
  })
}

function bikaPart({ base, access, calculations, config }: Site): Part {
  return dialectPart('bika', ownsBika, async () =>
    (await import('./dialects/bika/dialect.ts')).createBikaDialect({
      access,
      catalogue: base.catalogue,
      calculations,
      publicUrl: config.publicUrl,
    }),
  )
}
