import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireMetric, WireTrend } from '../../../../src/dialects/native/quality/report.schema.ts'
import { trendQuery } from '../../api/quality/reports.ts'
import { appearanceOf } from '../../api/quality/words.ts'
import { Chart } from '../../ui/Chart.tsx'
import type { ChartBand, ChartSeries } from '../../ui/chart-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { useEditing } from './editing.ts'

/** How a metric went, with what was aimed at. */
export function TrendTab({ metric }: { readonly metric: WireMetric }): ReactElement {
  const { report } = useEditing()
  const trend = useQuery({
    ...trendQuery(metric.id, report.at ?? undefined),
    enabled: metric.scale !== 'version_number',
  })
  if (metric.scale === 'version_number') return <EmptyNote>Versions have no trend.</EmptyNote>
  if (trend.isError && trend.data === undefined)
    return <ErrorPanel error={trend.error} onRetry={() => void trend.refetch()} />
  if (trend.data === undefined) return <Skeleton height={340} radius="md" />
  if (trend.data.points.length === 0) return <EmptyNote>Nothing was measured yet.</EmptyNote>
  return <Chart title={metric.name} height={300} series={[seriesOf(metric, trend.data)]} />
}

/** Both ends of every span that a value held, so that the line shows steps. */
function seriesOf(metric: WireMetric, { points }: WireTrend): ChartSeries {
  const spans = points.flatMap(({ start, end, value, status }) => {
    const { token } = appearanceOf(status)
    const number = value === null ? null : Number(value)
    const from = { at: Date.parse(start), value: number, status: token }
    return start === end ? [from] : [from, { ...from, at: Date.parse(end) }]
  })
  const first = spans[0]?.at ?? 0
  return {
    id: metric.id,
    name: metric.name,
    unit: metric.scale === 'percentage' ? '%' : metric.unit,
    points: spans,
    ...(metric.evaluateTargets ? { bands: [bandOf(metric, first)] } : {}),
  }
}

function bandOf({ direction, target, nearTarget }: WireMetric, from: number): ChartBand {
  const [aim, near] = [limitOf(target), limitOf(nearTarget)]
  const tolerance = aim === undefined ? {} : direction === '<' ? { tolHigh: aim } : { tolLow: aim }
  const action = near === undefined ? {} : direction === '<' ? { actHigh: near } : { actLow: near }
  return { from, ...tolerance, ...action }
}

function limitOf(text: string | null): number | undefined {
  const number = Number(text)
  return text === null || text === '' || Number.isNaN(number) ? undefined : number
}
