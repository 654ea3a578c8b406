import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { JUDGEMENTS } from '../../../modules/quality/domain/entity.ts'
import {
  findEntities,
  type JudgedEntity,
  type SourceEntities,
} from '../../../modules/quality/find-entities.ts'
import { judgeEntities } from '../../../modules/quality/judge-entities.ts'
import type { Quality } from '../../../modules/quality/quality.ts'
import { OPEN } from '../authenticate.ts'
import { requiredText } from '../body-fields.ts'
import { objectBody } from '../records.ts'
import type { WireEntity, WireMetricEntities } from './report.schema.ts'
import { linkIn } from './report-routes.ts'

type WithId = { Params: { id: string } }

/** What sources counted, and what people say about it, many at once. */
export function qualityEntityRoutes(app: FastifyInstance, quality: Quality): void {
  app.get<WithId>('/api/v1/quality/metrics/:id/entities', OPEN, (request) =>
    entities(request, request.params.id, quality),
  )

  app.post<WithId>('/api/v1/quality/metrics/:id/entities', async (request) => {
    const body = objectBody(request)
    const { entityKeys, status, statusEndDate, rationale } = body
    if (!Array.isArray(entityKeys) || !entityKeys.every((key) => typeof key === 'string'))
      throw invalidInput('entityKeys', 'This must be a list of texts.')
    await judgeEntities(request.ctx, quality, {
      metricId: request.params.id,
      sourceId: requiredText(body, 'sourceId', 200),
      entityKeys,
      said: {
        ...(status === undefined ? {} : { status }),
        ...(statusEndDate === undefined ? {} : { status_end_date: statusEndDate }),
        ...(rationale === undefined ? {} : { rationale }),
      },
    })
    return entities(request, request.params.id, quality)
  })
}

async function entities(
  request: FastifyRequest,
  metricId: string,
  quality: Quality,
): Promise<WireMetricEntities> {
  const found = await findEntities(request.ctx, quality, metricId, { link: linkIn(request) })
  return { measuredAt: found.measuredAt?.toISOString() ?? null, sources: found.sources.map(presentSource) }
}

function presentSource({
  sourceId,
  isVisible,
  type,
  value,
  entities,
}: SourceEntities): WireMetricEntities['sources'][number] {
  return {
    sourceId,
    isVisible,
    value,
    entityName: type?.name ?? 'entity',
    entityNamePlural: type?.namePlural ?? 'entities',
    columns: (type?.attributes ?? [])
      .filter(({ visible }) => visible)
      .map(({ key, name, type: kind, url }) => ({ key, name, type: kind, url: url ?? null })),
    entities: entities.map(presentEntity),
  }
}

function presentEntity({ entity, judgement, isIgnored }: JudgedEntity): WireEntity {
  const { key, first_seen, old_key: _old, ...attributes } = entity
  return {
    key,
    firstSeen: first_seen ?? null,
    attributes,
    status: JUDGEMENTS.find((each) => each === judgement?.status) ?? 'unconfirmed',
    statusEndDate: judgement?.status_end_date ?? null,
    rationale: judgement?.rationale ?? '',
    isIgnored,
  }
}
