import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { parseOrderedJson } from '../../../modules/quality/domain/ordered-json.ts'
import { readReportFile } from '../../../modules/quality/domain/read-report-file.ts'
import { VISIBILITIES } from '../../../modules/quality/domain/visibility.ts'
import { importReport } from '../../../modules/quality/import-report.ts'
import type { Quality } from '../../../modules/quality/quality.ts'
import {
  findReportReaders,
  listReportLinks,
  makeReportLink,
  revokeReportLink,
  saveReportReaders,
} from '../../../modules/quality/report-access.ts'
import { requiredText } from '../body-fields.ts'
import { objectBody } from '../records.ts'
import { wholeNumber } from './edit-routes.ts'
import type { WireReportAccess, WireReportLink } from './report.schema.ts'

type WithId = { Params: { id: string } }

const LARGEST_FILE = 50_000_000

/** Who sees a report, links for those without an account, and reports that come as files. */
export function qualitySharingRoutes(app: FastifyInstance, quality: Quality): void {
  app.get<WithId>(
    '/api/v1/quality/reports/:id/access',
    async (request): Promise<WireReportAccess> => findReportReaders(request.ctx, quality, request.params.id),
  )
  app.put<WithId>('/api/v1/quality/reports/:id/access', async (request, reply) => {
    const body = objectBody(request)
    const visibility = VISIBILITIES.find((each) => each === body.visibility)
    if (!visibility) throw invalidInput('visibility', `This must be one of ${VISIBILITIES.join(', ')}.`)
    const readers = { visibility, userIds: idsIn(body, 'userIds'), groupIds: idsIn(body, 'groupIds') }
    await saveReportReaders(request.ctx, quality, request.params.id, readers)
    return reply.code(204).send()
  })
  app.get<WithId>('/api/v1/quality/reports/:id/links', async (request) => ({
    items: (await listReportLinks(request.ctx, quality, request.params.id)).map(
      ({ id, name, createdAt, revokedAt }): WireReportLink => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      }),
    ),
  }))
  app.post<WithId>('/api/v1/quality/reports/:id/links', async (request, reply) => {
    const name = requiredText(objectBody(request), 'name', 200)
    return reply
      .code(201)
      .send(await makeReportLink(request.ctx, quality, { reportId: request.params.id, name }))
  })
  app.delete<{ Params: { id: string; link: string } }>(
    '/api/v1/quality/reports/:id/links/:link',
    async (request, reply) => {
      await revokeReportLink(request.ctx, quality, request.params.id, wholeNumber(request.params.link))
      return reply.code(204).send()
    },
  )
  app.post('/api/v1/quality/reports/import', async (request, reply) =>
    reply.code(201).send(await importFile(request, quality)),
  )
}

/** The file comes as text: as an object it would lose the order of its items. */
async function importFile(request: FastifyRequest, quality: Quality): Promise<unknown> {
  const { file } = objectBody(request)
  if (typeof file !== 'string' || file.length > LARGEST_FILE)
    throw invalidInput('file', 'This must be the text of a report.')
  const { reportId, hasLostCredentials } = await importReport(
    request.ctx,
    quality,
    readReportFile(ordered(file)),
  )
  return { id: reportId, hasLostCredentials }
}

function ordered(text: string) {
  try {
    return parseOrderedJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidInput('file', 'This file is not JSON.')
    throw error
  }
}

function idsIn(body: Readonly<Record<string, unknown>>, name: string): readonly number[] {
  const value = body[name] ?? []
  if (!Array.isArray(value) || value.length > 1000 || !value.every((id) => Number.isSafeInteger(id)))
    throw invalidInput(name, 'This must be a list of whole numbers.')
  return value
}
