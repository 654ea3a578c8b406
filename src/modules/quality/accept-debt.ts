import type { Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { applyChanges, withAttributes } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { readMetric } from './domain/metric.ts'
import { pythonText } from './domain/python-text.ts'
import { reviewDay } from './domain/response-times.ts'
import { describePlace } from './item-names.ts'
import { type KeptMeasurement, latestMeasurement, measureMetricAgain } from './measure-again.ts'
import { atPlace, idsOf } from './place.ts'
import type { Quality } from './quality.ts'

/**
 * Accepts what a metric is now as technical debt until the agreed day, or stops accepting it.
 *
 * @returns the measurement that was made because of it, if the metric was ever measured
 */
export async function acceptDebt(
  ctx: Context,
  quality: Quality,
  { metricId, accept }: { readonly metricId: string; readonly accept: boolean },
): Promise<KeptMeasurement | undefined> {
  await requireEditor(ctx, quality, 'edit_reports')
  return atPlace(ctx, 'metric', metricId, async (tx, place) => {
    const { attributes } = place.item
    const metric = readMetric(place.item)
    const latest = accept ? await latestMeasurement(tx, metricId) : undefined
    const today = zoneDay(tx.now(), tx.zone)
    const desired = place.report.attributes.desired_response_times
    const after = {
      accept_debt: accept,
      debt_target: latest?.scales[metric.scale]?.value ?? null,
      debt_end_date: accept ? reviewDay(desired, 'debt_target_met', today) : null,
    }
    const before = {
      accept_debt: attributes.accept_debt ?? false,
      debt_target: attributes.debt_target ?? null,
      debt_end_date: attributes.debt_end_date ?? null,
    }
    const parts = [
      `the accepted debt from '${pythonText(before.accept_debt)}' to '${pythonText(after.accept_debt)}'`,
      `the debt target from '${pythonText(before.debt_target)}' to '${pythonText(after.debt_target)}'`,
      `the debt end date from '${pythonText(before.debt_end_date)}' to '${pythonText(after.debt_end_date)}'`,
    ]
    const fact = {
      action: 'change-metric',
      itemId: metricId,
      text: ` changed ${parts.join(' and ')} of ${describePlace(place)}.`,
      around: idsOf(place),
      before,
      after,
      reportIds: [place.report.id],
    }
    await applyChanges(tx, quality, fact, [withAttributes(place.item, after)])
    return measureMetricAgain(tx, metricId)
  })
}
