import { ActionIcon, Progress, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import type { WireQuota, WireUsage } from '../../../../src/dialects/native/dicom/developer.schema.ts'
import { usageQuery } from '../../api/dicom/developer.ts'
import { Chart } from '../../ui/Chart.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { dayBounds, formatDay } from '../../ui/site-time.ts'
import { useUrlState } from '../../ui/url-state.ts'
import classes from './developer.module.css'
import { daysOfMonth, monthName, otherMonth } from './usage-days.ts'

/** Use of the API by day against the quotas of the month. */
export function UsagePanel(): ReactElement {
  const [search, patch] = useUrlState()
  const usage = useQuery({ ...usageQuery(search.month), placeholderData: keepPreviousData })
  const { data } = usage
  return (
    <Panel
      title="Use"
      aside={
        data === undefined ? null : (
          <span className={classes.months}>
            <ActionIcon
              aria-label="Month before"
              onClick={() => patch({ month: otherMonth(data.month, -1) }, 'replace')}
            >
              <IconChevronLeft size={18} stroke={1.7} />
            </ActionIcon>
            <span aria-live="polite">{monthName(data.month)}</span>
            <ActionIcon
              aria-label="Month after"
              disabled={data.isCurrent}
              onClick={() => patch({ month: otherMonth(data.month, 1) }, 'replace')}
            >
              <IconChevronRight size={18} stroke={1.7} />
            </ActionIcon>
          </span>
        )
      }
    >
      {usage.isError ? <ErrorPanel error={usage.error} onRetry={() => void usage.refetch()} /> : null}
      {data === undefined ? <Skeleton height={360} /> : <Usage usage={data} />}
    </Panel>
  )
}

function Usage({ usage }: { readonly usage: WireUsage }): ReactElement {
  const zone = useSiteZone()
  const series = useMemo(() => {
    const days = daysOfMonth(usage)
    const pointsOf = (resource: 'read' | 'generate') =>
      days.flatMap((day) => {
        const noon = dayBounds(day.day, zone)?.[0]
        return noon === undefined ? [] : [{ at: noon.getTime(), value: day[resource] }]
      })
    return [
      { id: 'read', name: 'Files read', digits: 0, points: pointsOf('read') },
      { id: 'generate', name: 'Files generated', digits: 0, points: pointsOf('generate') },
    ]
  }, [usage, zone])
  return (
    <>
      <div className={classes.quotas}>
        <Quota label="Files read" quota={usage.totals.read} />
        <Quota label="Files generated" quota={usage.totals.generate} />
      </div>
      {usage.isCurrent ? (
        <p className={classes.note}>
          Counting begins anew <RelativeTime at={usage.resetsAt} detail="day" />.
        </p>
      ) : null}
      {usage.days.length === 0 ? (
        <EmptyNote>Nothing was used in {monthName(usage.month)}.</EmptyNote>
      ) : (
        <>
          <Chart title="Files by day" series={series} height={220} />
          <DayTable usage={usage} />
        </>
      )}
    </>
  )
}

/** How much of a quota is used, in words and as a bar. */
function Quota({
  label,
  quota: { used, quota },
}: {
  readonly label: string
  readonly quota: WireQuota
}): ReactElement {
  const isUp = used >= quota
  const isNear = used >= quota * 0.9
  const token = isUp ? 'act' : isNear ? 'warn' : 'ok'
  return (
    <div className={classes.quota}>
      <div className={classes.quotaHead}>
        <strong>{label}</strong>
        <span className="ts-num">
          {used.toLocaleString()} of {quota.toLocaleString()}
          {isUp ? ' · used up' : isNear ? ' · nearly used up' : ''}
        </span>
      </div>
      <Progress
        value={quota === 0 ? 100 : Math.min(100, (used / quota) * 100)}
        color={`var(--ts-${token}-mark)`}
        aria-label={`${label}: ${used} of ${quota}`}
      />
    </div>
  )
}

function DayTable({ usage }: { readonly usage: WireUsage }): ReactElement {
  return (
    <table className={classes.days}>
      <caption className="ts-hidden">Files by day in {monthName(usage.month)}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Read</th>
          <th scope="col">Generated</th>
        </tr>
      </thead>
      <tbody>
        {usage.days.toReversed().map(({ day, read, generate }) => (
          <tr key={day}>
            <th scope="row">{formatDay(day)}</th>
            <td>{read}</td>
            <td>{generate}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
