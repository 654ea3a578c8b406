import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import type { WireControlChart } from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import type { Query } from '../../api/client.ts'
import { controlChartQuery } from '../../api/machine-qa/charts.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './charts.module.css'
import { panelModel } from './model-of.ts'

const HEIGHT = 240
const MOST_SIGNALS = 200

/** The control chart of one test on one unit, with every rule that is broken and where. */
export function ControlChart({ query }: { readonly query: Query }): ReactElement {
  const chart = useQuery(controlChartQuery(query))
  if (chart.isError) return <ErrorPanel error={chart.error} onRetry={() => void chart.refetch()} />
  if (chart.data === undefined) return <Skeleton height={2 * HEIGHT} />
  const { data } = chart
  const title = `${data.unit.name} :: ${data.test.name}`
  if (data.panels.length === 0) {
    return (
      <EmptyNote>
        Not enough data for a control chart of {title}: the baseline needs {data.needed} results, there are{' '}
        {data.available}.
      </EmptyNote>
    )
  }
  return (
    <>
      {data.panels.map((panel, place) => (
        <ControlPanel
          key={panel.title}
          chart={data}
          place={place}
          title={`${title}, ${panel.title.toLowerCase()}`}
        />
      ))}
      <Signals chart={data} />
    </>
  )
}

interface ControlPanelProps {
  readonly chart: WireControlChart
  readonly place: number
  readonly title: string
}

function ControlPanel({ chart, place, title }: ControlPanelProps): ReactElement {
  const model = useMemo(() => panelModel(chart, place), [chart, place])
  const limits = chart.panels[place]?.limits
  return (
    <Panel>
      <Chart title={title} series={model.series} height={HEIGHT} showControl />
      {limits === undefined ? null : (
        <p className={classes.limits}>
          Centre {formatNumber(limits.centre)}, limits {formatNumber(limits.lower)} to{' '}
          {formatNumber(limits.upper)}
        </p>
      )}
    </Panel>
  )
}

function Signals({ chart }: { readonly chart: WireControlChart }): ReactElement {
  const newest = chart.signals.toReversed().slice(0, MOST_SIGNALS)
  return (
    <Panel
      title="Rules broken"
      aside={<span className="ts-num ts-dim">{chart.signals.length}</span>}
      padding="flush"
    >
      {newest.length === 0 ? (
        <EmptyNote>No rule is broken: nothing but chance shows.</EmptyNote>
      ) : (
        <ul className={classes.signals}>
          {newest.map(({ index, rule, words, severity }) => {
            const point = chart.points[index]
            return (
              <li key={`${rule} ${index}`}>
                <StatusChip token={severity === 'rejection' ? 'act' : 'warn'}>{rule}</StatusChip>
                <span>{words}</span>
                {point === undefined ? null : (
                  <AppLink to={`/machine-qa/sessions/${point.sessionId}`}>
                    <RelativeTime at={new Date(point.at).toISOString()} hint="tooltip" />
                  </AppLink>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
