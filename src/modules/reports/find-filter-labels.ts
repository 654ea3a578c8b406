import type { Context } from '../../context.ts'
import { findLabels } from '../records/find-labels.ts'
import type { FilterValues, ReportFilter } from './domain/report-filter.ts'

/** Titles of the records that filters name, by filter. */
export async function findFilterLabels(
  ctx: Context,
  declared: readonly ReportFilter[],
  values: FilterValues,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const filter of declared) {
    const chosen = values[filter.name]
    if (filter.kind !== 'records' || typeof chosen !== 'object') continue
    const ids = [...chosen].filter((id) => typeof id === 'number')
    const labels = await findLabels(ctx, ctx.catalogue.get(filter.record), ids)
    found.set(
      filter.name,
      ids.map((id) => labels.get(id) ?? String(id)),
    )
  }
  return found
}
