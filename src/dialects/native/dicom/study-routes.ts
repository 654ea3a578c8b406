import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { deleteStudy, restoreStudy, shareStudy } from '../../../modules/dicom/delete-study.ts'
import { CONFIDENTIALITY_HELP } from '../../../modules/dicom/domain/confidentiality-help.data.ts'
import {
  CONFIDENTIALITY_OPTIONS,
  type ConfidentialityOption,
} from '../../../modules/dicom/domain/confidentiality-profile.ts'
import { exportStudy, exportWithoutIdentity } from '../../../modules/dicom/export-study.ts'
import { findStudies, getStudy } from '../../../modules/dicom/find-studies.ts'
import type { ImageFiles } from '../../../modules/dicom/image-files.ts'
import { zipFiles } from '../../../modules/dicom/zip-files.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { objectBody, parametersOf } from '../records.ts'
import { presentDetails, presentStudy } from './present-study.ts'
import type { WireDeidentificationOptions, WireStudyDetails, WireStudyList } from './studies.schema.ts'
import { exportWish, groupIds, studyPage, studyQuery } from './study-parameters.ts'

type ByStudy = { Params: { study: string } }

const BASE = '/api/v1/dicom/studies'
const BY_STUDY = `${BASE}/:study`

export type StudyServices = { readonly images: ImageFiles; readonly version: string }

/** Studies as the pages of the image store see them. */
export function studyRoutes(app: FastifyInstance, { images, version }: StudyServices): void {
  app.get(BASE, async (request): Promise<WireStudyList> => {
    const parameters = parametersOf(request)
    const page = studyPage(parameters)
    const { studies, total, modalities } = await findStudies(request.ctx, studyQuery(parameters), page)
    const { limit, offset } = page
    return { items: studies.map(presentStudy), total, limit, offset, modalities }
  })

  app.get<ByStudy>(BY_STUDY, async (request): Promise<WireStudyDetails> => {
    const from = parametersOf(request).get('bin') === 'true' ? 'bin' : 'store'
    return presentDetails(request.ctx, await getStudy(request.ctx, request.params.study, from))
  })

  app.delete<ByStudy>(BY_STUDY, async (request, reply) => {
    await deleteStudy(request.ctx, request.params.study, reasonOf(request))
    return reply.code(204).send()
  })

  app.post<ByStudy>(`${BY_STUDY}/restore`, async (request): Promise<WireStudyDetails> => {
    await restoreStudy(request.ctx, request.params.study)
    return presentDetails(request.ctx, await getStudy(request.ctx, request.params.study))
  })

  app.put<ByStudy>(`${BY_STUDY}/groups`, async (request): Promise<WireStudyDetails> => {
    await shareStudy(request.ctx, request.params.study, groupIds(objectBody(request).groups ?? []))
    return presentDetails(request.ctx, await getStudy(request.ctx, request.params.study))
  })

  app.get<ByStudy>(`${BY_STUDY}/archive`, async (request, reply) => {
    const { study } = request.params
    const series = parametersOf(request).get('series') ?? undefined
    const files = await exportStudy(request.ctx, study, series)
    return asArchive(reply, `study-${study}.zip`).send(zipFiles(files))
  })

  app.post<ByStudy>(`${BY_STUDY}/deidentified`, async (request, reply) => {
    const wish = { ...exportWish(objectBody(request)), method: `Touchstone ${version}` }
    const prepared = await exportWithoutIdentity(request.ctx, images, request.params.study, wish)
    const archive = zipFiles(prepared.files)
    archive.on('close', () => {
      prepared.remove().catch((error: unknown) => request.log.error({ err: error }, 'export not removed'))
    })
    return asArchive(reply, 'deidentified.zip').send(archive)
  })

  app.get('/api/v1/dicom/deidentification-options', async (): Promise<WireDeidentificationOptions> => {
    const names = Object.keys(CONFIDENTIALITY_OPTIONS) as ConfidentialityOption[]
    return {
      options: names.map((name) => ({
        name,
        code: CONFIDENTIALITY_OPTIONS[name].code,
        meaning: CONFIDENTIALITY_OPTIONS[name].meaning,
        help: CONFIDENTIALITY_HELP[name],
        excludes: EXCLUDES[name] ?? [],
      })),
    }
  })
}

const EXCLUDES: Partial<Record<ConfidentialityOption, readonly ConfidentialityOption[]>> = {
  'retain-full-dates': ['retain-modified-dates'],
  'retain-modified-dates': ['retain-full-dates'],
}

/** In the body, or in the query for clients that send none with DELETE. */
function reasonOf(request: FastifyRequest): string {
  const reason = objectBody(request).reason ?? parametersOf(request).get('reason') ?? ''
  if (typeof reason !== 'string' || reason.length > 2000)
    throw invalidInput('reason', 'This must be text of 2000 characters at most.')
  return reason
}

function asArchive(reply: FastifyReply, name: string): FastifyReply {
  return reply.headers({
    'content-type': 'application/zip',
    'content-disposition': contentDisposition(name),
    'cache-control': 'private, no-store',
  })
}
