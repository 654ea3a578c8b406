import type { Context } from '../../context.ts'
import { countMeasurements } from './store/measurements.ts'
import { visibleReports } from './visible-reports.ts'

/** How many measurements were ever made in the reports that the actor may see. */
export async function countVisibleMeasurements(ctx: Context): Promise<number> {
  const reports = await visibleReports(ctx)
  return countMeasurements(
    ctx.db,
    reports.map(({ id }) => id),
  )
}
