import type {
  WireHistoryPoint,
  WirePointTolerance,
  WireTestHistory,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { PASS_FAIL } from '../../api/machine-qa/words.ts'
import type { ChartBand, ChartEvent, ChartSeries } from '../../ui/chart-model.ts'
import { formatNumber } from '../../ui/number-text.ts'

/** The history of a test on a unit as a chart: values, bands of the tolerance that held, reference steps. */
export function chartOf(history: WireTestHistory): {
  readonly series: readonly ChartSeries[]
  readonly events: readonly ChartEvent[]
} {
  const points = history.points.filter(({ value, skipped }) => value !== null && !skipped).toReversed()
  const bands: ChartBand[] = []
  const references: { from: number; value: number }[] = []
  const events: ChartEvent[] = []
  for (const point of points) {
    const from = Date.parse(point.at)
    const { reference } = point
    if (reference !== null && references.at(-1)?.value !== reference) {
      const before = references.at(-1)
      if (before !== undefined) {
        const detail = `${formatNumber(before.value)} → ${formatNumber(reference)}`
        events.push({ at: from, label: 'Reference changed', detail, token: 'debt' })
      }
      references.push({ from, value: reference })
    }
    const band = bandOf(point)
    if (!isSameBand(bands.at(-1), band)) bands.push({ from, ...band })
  }
  const series: ChartSeries = {
    id: 'value',
    name: history.subject.test,
    points: points.map((point) => ({
      at: Date.parse(point.at),
      value: point.value,
      status: PASS_FAIL[point.passFail].token,
      ...differenceOf(point),
      ...(point.comment === '' ? {} : { comment: point.comment }),
      to: `/machine-qa/sessions/${point.sessionId}`,
    })),
    ...(bands.length === 0 ? {} : { bands }),
    ...(references.length === 0 ? {} : { references }),
  }
  return { series: [series], events }
}

type Band = Omit<ChartBand, 'from'>

/** The limits as values; of a percent tolerance they move with the reference. */
function bandOf({ reference, tolerance }: WireHistoryPoint): Band {
  if (reference === null || tolerance === null) return {}
  if (tolerance.kind !== 'absolute' && tolerance.kind !== 'percent') return {}
  const scale = tolerance.kind === 'percent' ? reference / 100 : 1
  const at = (limit: number | null | undefined): number | undefined =>
    limit === null || limit === undefined ? undefined : reference + limit * scale
  const ends = orient(tolerance, scale)
  return Object.fromEntries(
    Object.entries({
      actLow: at(ends.actLow),
      tolLow: at(ends.tolLow),
      tolHigh: at(ends.tolHigh),
      actHigh: at(ends.actHigh),
    }).filter(([, value]) => value !== undefined),
  )
}

/** Per cent of a negative reference turns the limits around. */
function orient(tolerance: WirePointTolerance, scale: number): WirePointTolerance {
  if (scale >= 0) return tolerance
  const { actLow = null, tolLow = null, tolHigh = null, actHigh = null, kind } = tolerance
  return { kind, actLow: actHigh, tolLow: tolHigh, tolHigh: tolLow, actHigh: actLow }
}

function isSameBand(before: Band | undefined, after: Band): boolean {
  const keys = ['actLow', 'tolLow', 'tolHigh', 'actHigh'] as const
  return before !== undefined && keys.every((key) => before[key] === after[key])
}

function differenceOf({ value, reference, tolerance }: WireHistoryPoint): { difference?: string } {
  if (value === null || reference === null) return {}
  const isPercent = tolerance?.kind === 'percent' && reference !== 0
  const amount = isPercent ? (100 * (value - reference)) / reference : value - reference
  const text = formatNumber(Number(amount.toPrecision(4)), { signed: true })
  return { difference: isPercent ? `${text} %` : text }
}
