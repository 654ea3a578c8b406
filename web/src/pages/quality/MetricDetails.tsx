import { Tabs } from '@mantine/core'
import type { ReactElement } from 'react'
import type { WireMetric, WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { ChangesTab } from './ChangesTab.tsx'
import { DebtTab } from './DebtTab.tsx'
import { EntitiesTab } from './EntitiesTab.tsx'
import { MetricConfiguration } from './MetricConfiguration.tsx'
import { MetricTools } from './MetricTools.tsx'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'
import { SourcesTab } from './SourcesTab.tsx'
import { TrendTab } from './TrendTab.tsx'

export interface MetricDetailsProps {
  readonly metric: WireMetric
  readonly subject: WireSubject
  readonly view: ReportView
  readonly patch: PatchView
  readonly tab: number
  readonly onTab: (tab: number) => void
}

const FIXED = ['Configuration', 'Sources', 'Trend', 'Technical debt', 'Changelog'] as const

/** All about one metric, in tabs whose numbers are part of addresses: the entities of sources come last. */
export function MetricDetails({
  metric,
  subject,
  view,
  patch,
  tab,
  onTab,
}: MetricDetailsProps): ReactElement {
  const listed = metric.sources.filter(({ hasEntities }) => hasEntities)
  const shown = tab < FIXED.length + listed.length ? tab : 0
  const source = listed[shown - FIXED.length]
  return (
    <Tabs
      value={String(shown)}
      onChange={(value) => onTab(Number(value ?? 0))}
      keepMounted={false}
      className={classes.tabs}
    >
      <div className={classes.tabsHead}>
        <Tabs.List aria-label={`About ${metric.name}`}>
          {FIXED.map((label, index) => (
            <Tabs.Tab key={label} value={String(index)}>
              {label}
            </Tabs.Tab>
          ))}
          {listed.map(({ id, name }, index) => (
            <Tabs.Tab key={id} value={String(FIXED.length + index)}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <MetricTools metric={metric} subject={subject} />
      </div>
      <Tabs.Panel value={String(shown)} className={classes.tabPanel}>
        {shown === 0 ? <MetricConfiguration metric={metric} /> : null}
        {shown === 1 ? <SourcesTab metric={metric} /> : null}
        {shown === 2 ? <TrendTab metric={metric} /> : null}
        {shown === 3 ? <DebtTab metric={metric} /> : null}
        {shown === 4 ? <ChangesTab itemId={metric.id} /> : null}
        {source === undefined ? null : (
          <EntitiesTab metric={metric} source={source} view={view} patch={patch} />
        )}
      </Tabs.Panel>
    </Tabs>
  )
}
