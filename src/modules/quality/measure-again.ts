import type { Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import type { Measurement, MeasuringCircumstances, SourceReading } from './domain/measurement.ts'
import { measureAgain } from './domain/next-measurement.ts'
import { metricWithSources } from './place.ts'
import { QUALITY_CHANNEL } from './quality.ts'
import { findItem } from './store/items.ts'
import {
  findMeasurement,
  findMetricState,
  forgetParameterHash,
  insertMeasurement,
  withEntities,
} from './store/measurements.ts'

export type KeptMeasurement = Measurement & { readonly id: number }

/** The newest measurement of a metric with everything that its sources found. */
export async function latestMeasurement(
  ctx: Context,
  metricId: string,
): Promise<KeptMeasurement | undefined> {
  const state = await findMetricState(ctx.db, metricId)
  const stored = state && (await findMeasurement(ctx.db, state.latestId))
  return stored && withEntities(ctx.db, stored)
}

/** Judges the newest measurement of a metric anew and stores it as one that begins now. */
export async function measureMetricAgain(
  tx: Context,
  metricId: string,
  parts: { readonly sources?: readonly SourceReading[]; readonly changeId?: number } = {},
): Promise<KeptMeasurement | undefined> {
  const [metric, latest] = [await findItem(tx.db, metricId), await latestMeasurement(tx, metricId)]
  if (!metric || !latest) return undefined
  const made = {
    ...measureAgain(await metricWithSources(tx, metric), latest, circumstancesOf(tx), parts.sources),
    reportId: metric.reportId,
    changeId: parts.changeId ?? null,
  }
  return { ...made, id: await storeMeasurement(tx, made, latest.id) }
}

export function circumstancesOf(ctx: Context): MeasuringCircumstances {
  const now = ctx.now()
  return { now, today: zoneDay(now, ctx.zone), zone: ctx.zone }
}

/** Stores the newest measurement of a metric and tells whoever watches. */
export async function storeMeasurement(
  tx: Context,
  measurement: Measurement,
  before?: number,
): Promise<number> {
  if (before !== undefined) await forgetParameterHash(tx.db, before)
  const id = await insertMeasurement(tx.db, measurement)
  await tx.database.notify(QUALITY_CHANNEL, `metric:${measurement.metricId}`)
  return id
}
