import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import type { WireChartData } from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import { chartChoicesQuery, chartDataQuery } from '../../api/machine-qa/charts.ts'
import { Chart } from '../../ui/Chart.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { ChartChooser } from './ChartChooser.tsx'
import { ControlChart } from './ControlChart.tsx'
import { ControlSettings } from './ControlSettings.tsx'
import { type ChartState, controlQuery, dataQuery, idsText, readChartState } from './chart-state.ts'
import classes from './charts.module.css'
import { modelOf } from './model-of.ts'
import { ShareMenu } from './ShareMenu.tsx'

const HEIGHT = 420

/** Several tests of several units over years, with what they were compared with and what happened meanwhile. */
export function ChartsPage(): ReactElement {
  const [search, patch] = useUrlState()
  const state = readChartState(search)
  const isChosen = state.units.length > 0 && state.tests.length > 0
  const choices = useQuery({
    ...chartChoicesQuery({ unit: idsText(state.units), inactive: state.withInactive ? 'true' : undefined }),
    enabled: state.units.length > 0,
  })
  const data = useQuery({ ...chartDataQuery(dataQuery(state)), enabled: isChosen })
  const series = data.data?.series ?? []
  const isShown = isChosen && data.data !== undefined
  const plotted = series.reduce((sum, { total }) => sum + total, 0)
  return (
    <>
      <PageHeader
        title="Charts"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        facts={
          <FactsLine>
            {isShown ? <span className="ts-num">{plotted.toLocaleString()} results</span> : null}
            {isShown ? <span className="ts-num">{series.length} series</span> : null}
            {isShown ? null : <span>Choose units and tests; the address keeps what you choose</span>}
          </FactsLine>
        }
        actions={<ShareMenu title="Machine QA chart" />}
      />
      <div className={classes.page}>
        <ChartChooser state={state} choices={choices.data} patch={(changes) => patch(changes, 'replace')} />
        {data.isError ? <ErrorPanel error={data.error} onRetry={() => void data.refetch()} /> : null}
        {data.isError ? null : isChosen ? (
          <ChosenCharts state={state} data={data.data} patch={patch} />
        ) : (
          <EmptyNote>
            {state.units.length === 0
              ? 'Choose one or more units to see what can be plotted.'
              : 'Choose the tests to plot.'}
          </EmptyNote>
        )}
      </div>
    </>
  )
}

interface ChosenChartsProps {
  readonly state: ChartState
  readonly data: WireChartData | undefined
  readonly patch: ReturnType<typeof useUrlState>[1]
}

function ChosenCharts({ state, data, patch }: ChosenChartsProps): ReactElement {
  const { isRelative, withService } = state
  const model = useMemo(
    () => (data === undefined ? undefined : modelOf(data, { isRelative, withService })),
    [data, isRelative, withService],
  )
  if (data === undefined || model === undefined) return <Skeleton height={HEIGHT + 56} radius="md" />
  const subjects = [...new Map(data.series.map((one) => [`${one.unit.id}-${one.test.id}`, one])).values()]
  const chosen = subjects.find(({ unit, test }) => `${unit.id}-${test.id}` === state.controlOf) ?? subjects[0]
  const isEmpty = data.series.every(({ points }) => points.length === 0)
  return (
    <>
      <Panel>
        {isEmpty ? (
          <EmptyNote>
            No results of these tests in this time. A longer time, or other statuses, may show some.
          </EmptyNote>
        ) : (
          <Chart
            title="Results"
            series={model.series}
            {...(model.events === undefined ? {} : { events: model.events })}
            height={HEIGHT}
            hidden={state.hidden}
            onHide={(hidden) => patch({ hide: hidden.join(',') || undefined }, 'replace')}
          />
        )}
      </Panel>
      <ControlSettings
        state={state}
        subjects={subjects}
        chosen={chosen === undefined ? '' : `${chosen.unit.id}-${chosen.test.id}`}
        patch={(changes) => patch(changes, 'replace')}
      />
      {state.control === undefined || chosen === undefined ? null : (
        <ControlChart query={controlQuery(state, chosen.unit.id, chosen.test.id)} />
      )}
    </>
  )
}
