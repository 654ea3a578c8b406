import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { WireMetric, WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { MetricCell } from './MetricCell.tsx'
import { MetricDetails } from './MetricDetails.tsx'
import type { METRIC_COLUMNS } from './metric-columns.ts'
import classes from './quality.module.css'
import type { PatchView, ReportView } from './report-view.ts'

export interface MetricRowProps {
  readonly metric: WireMetric
  readonly subject: WireSubject
  readonly columns: readonly (typeof METRIC_COLUMNS)[number][]
  readonly view: ReportView
  readonly patch: PatchView
  /** number of the tab that is open; undefined while closed */
  readonly tab: number | undefined
  readonly onOpen: (tab: number | undefined) => void
}

/** One metric; its name opens the details below. */
export function MetricRow({
  metric,
  subject,
  columns,
  view,
  patch,
  tab,
  onOpen,
}: MetricRowProps): ReactElement {
  const isOpen = tab !== undefined
  const Arrow = isOpen ? IconChevronDown : IconChevronRight
  return (
    <tbody id={metric.id}>
      <tr className={classes.row} data-open={isOpen}>
        <th scope="row">
          <button
            type="button"
            className={classes.metricName}
            aria-expanded={isOpen}
            onClick={() => onOpen(isOpen ? undefined : 0)}
          >
            <Arrow size={16} stroke={1.7} aria-hidden="true" />
            <span>
              {metric.name}
              {metric.secondaryName === '' ? null : (
                <span className={classes.secondary}>{metric.secondaryName}</span>
              )}
            </span>
          </button>
        </th>
        {columns.map(({ id }) => (
          <td key={id} data-column={id}>
            <MetricCell metric={metric} column={id} />
          </td>
        ))}
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={columns.length + 1} className={classes.details}>
            <MetricDetails
              metric={metric}
              subject={subject}
              view={view}
              patch={patch}
              tab={tab}
              onTab={onOpen}
            />
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}
