import type { Context } from '../../context.ts'
import { findEntityType } from './domain/catalogue/catalogue.ts'
import type { EntityType } from './domain/catalogue/entity-type.ts'
import { type Entity, type EntityJudgement, isIgnored, ownJudgement } from './domain/entity.ts'
import { textOf } from './domain/report-tree.ts'
import { hiddenSources } from './find-measurements.ts'
import { latestMeasurement } from './measure-again.ts'
import { metricWithSources } from './place.ts'
import type { Quality } from './quality.ts'
import { findItem } from './store/items.ts'
import { noSuch, type Reading, requireVisibleReport } from './visible-reports.ts'

export type JudgedEntity = {
  readonly entity: Entity
  readonly judgement: EntityJudgement | undefined
  readonly isIgnored: boolean
}

export type SourceEntities = {
  readonly sourceId: string
  /** whether the actor may see what was counted */
  readonly isVisible: boolean
  readonly type: EntityType | undefined
  readonly value: string | null
  readonly entities: readonly JudgedEntity[]
}

/** What each source of the newest measurement of a metric counted, with what people said about it. */
export async function findEntities(
  ctx: Context,
  quality: Quality,
  metricId: string,
  reading: Reading = {},
): Promise<{ readonly measuredAt: Date | null; readonly sources: readonly SourceEntities[] }> {
  const metric = await findItem(ctx.db, metricId)
  if (metric?.kind !== 'metric') throw noSuch('metric', metricId)
  await requireVisibleReport(ctx, metric.reportId, reading)
  const latest = await latestMeasurement(ctx, metricId)
  if (!latest) return { measuredAt: null, sources: [] }
  const [{ sources }, hidden] = [
    await metricWithSources(ctx, metric),
    await hiddenSources(ctx, quality, metricId),
  ]
  const types = new Map(sources.map(({ id, attributes }) => [id, textOf(attributes, 'type') ?? '']))
  const metricType = textOf(metric.attributes, 'type') ?? ''
  return {
    measuredAt: latest.end,
    sources: latest.sources.map(({ sourceId, value, entities, judgements }) => {
      const isVisible = !hidden.has(sourceId)
      return {
        sourceId,
        isVisible,
        value,
        type: findEntityType(types.get(sourceId) ?? '', metricType),
        entities: (isVisible ? entities : []).map((entity) => {
          const judgement = ownJudgement(judgements, entity.key)
          return { entity, judgement, isIgnored: isIgnored(judgement, ctx.now(), ctx.zone) }
        }),
      }
    }),
  }
}
