import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { testHistoryQuery } from '../../api/machine-qa/sessions.ts'
import { Chart } from '../../ui/Chart.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { chartOf } from './history-chart.ts'

/** The course of one test on one unit. */
export function TestHistoryChart({
  unitTestInfoId,
  title,
  height = 360,
}: {
  readonly unitTestInfoId: number
  readonly title: string
  readonly height?: number
}): ReactElement {
  const history = useQuery(testHistoryQuery(unitTestInfoId))
  const chart = useMemo(
    () => (history.data === undefined ? undefined : chartOf(history.data)),
    [history.data],
  )
  if (history.isError) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />
  if (chart === undefined) return <Skeleton height={height + 40} />
  if (chart.series[0]?.points.length === 0) return <EmptyNote>No numbers have been recorded yet.</EmptyNote>
  return <Chart title={title} series={chart.series} events={chart.events} height={height} />
}
