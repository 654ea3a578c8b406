import { Skeleton, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireUnitAvailability } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { availabilityQuery } from '../../api/machine-qa/service.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Chart } from '../../ui/Chart.tsx'
import type { ChartSeries } from '../../ui/chart-model.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Num } from '../../ui/Num.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { dayIn, instantOf } from '../../ui/site-time.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { ServiceLinks } from './ServiceLinks.tsx'
import classes from './service.module.css'

type UnitRow = WireUnitAvailability['items'][number]

const YEAR_MS = 364 * 86_400_000

/** For how long units were meant to be available, and were not, by month. */
export function AvailabilityPage(): ReactElement {
  const zone = useSiteZone()
  const [search, patch] = useUrlState()
  const to = search.to ?? dayIn(new Date(), zone)
  const from = search.from ?? dayIn(new Date(Date.parse(`${to}T12:00:00Z`) - YEAR_MS), zone)
  const found = useQuery({
    ...availabilityQuery({ from, to, unit: search.unit }),
    placeholderData: keepPreviousData,
  })
  const units = found.data?.items
  return (
    <>
      <PageHeader
        title="Availability"
        crumbs={[
          { label: 'Machine QA', to: '/machine-qa' },
          { label: 'Service log', to: '/machine-qa/service' },
        ]}
        facts="Uptime is the share of the planned hours that service did not take away."
      />
      <ServiceLinks />
      <div className={classes.parts}>
        <div className={classes.actions}>
          <TextInput
            label="From"
            type="date"
            value={from}
            max={to}
            onChange={(event) => patch({ from: event.currentTarget.value || undefined }, 'replace')}
          />
          <TextInput
            label="To"
            type="date"
            value={to}
            min={from}
            onChange={(event) => patch({ to: event.currentTarget.value || undefined }, 'replace')}
          />
        </div>
        {found.isError ? (
          <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />
        ) : units === undefined ? (
          <Skeleton height={420} radius="md" />
        ) : (
          <>
            <Chart title="Uptime by month" series={units.map((unit) => seriesOf(unit, zone))} height={300} />
            <AvailabilityTable units={units} />
          </>
        )}
      </div>
    </>
  )
}

function seriesOf({ unit, months }: UnitRow, zone: string): ChartSeries {
  return {
    id: String(unit.id),
    name: unit.name,
    unit: '%',
    digits: 1,
    points: months.map(({ month, uptime, lostS }) => ({
      at: (instantOf(`${month}-15T12:00`, zone) ?? new Date(`${month}-15T12:00:00Z`)).getTime(),
      value: uptime === null ? null : uptime * 100,
      ...(lostS === 0 ? {} : { comment: `${(lostS / 3600).toFixed(1)} h lost` }),
    })),
  }
}

const HOUR_S = 3600

function AvailabilityTable({ units }: { readonly units: readonly UnitRow[] }): ReactElement {
  const months = units[0]?.months.map(({ month }) => month) ?? []
  return (
    <Panel title="By unit and month" padding="flush">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
      <section className={classes.scroller} aria-label="Availability by unit and month" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Unit</th>
              <th scope="col" className={classes.end}>
                Uptime <span className="ts-dim">%</span>
              </th>
              <th scope="col" className={classes.end}>
                Planned <span className="ts-dim">h</span>
              </th>
              <th scope="col" className={classes.end}>
                Lost <span className="ts-dim">h</span>
              </th>
              <th scope="col" className={classes.end}>
                Service <span className="ts-dim">h</span>
              </th>
              <th scope="col" className={classes.end}>
                Events
              </th>
              {months.map((month) => (
                <th key={month} scope="col" className={classes.end}>
                  {month}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map(({ unit, total, months: each }) => (
              <tr key={unit.id}>
                <th scope="row">
                  <AppLink to={`/machine-qa/units/${unit.id}?tab=service`}>{unit.name}</AppLink>
                </th>
                <td className={classes.end}>
                  <Num value={total.uptime === null ? null : total.uptime * 100} digits={1} />
                </td>
                <td className={classes.end}>
                  <Num value={total.potentialS / HOUR_S} digits={0} />
                </td>
                <td className={classes.end}>
                  <Num value={total.lostS / HOUR_S} digits={1} />
                </td>
                <td className={classes.end}>
                  <Num value={total.serviceS / HOUR_S} digits={1} />
                </td>
                <td className={classes.end}>
                  <Num value={total.events} />
                </td>
                {each.map(({ month, uptime }) => (
                  <td key={month} className={classes.end}>
                    <Num value={uptime === null ? null : uptime * 100} digits={1} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
