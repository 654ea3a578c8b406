import type { ReactElement } from 'react'
import { AppLink } from './AppLink.tsx'
import { insideApp } from './app-path.ts'
import classes from './Chart.module.css'
import { type ChartModel, formatPoint } from './chart-model.ts'
import { formatNumber } from './number-text.ts'
import { StatusChip } from './StatusChip.tsx'
import { formatInstant } from './site-time.ts'

/** More lines than this are for the CSV export, not for reading. */
const MAX_LINES = 1000

export interface ChartTableProps {
  readonly title: string
  readonly model: ChartModel
  readonly hidden: ReadonlySet<string>
  readonly zone: string
  readonly height: number
}

/** The points of a chart, newest first, in the room the chart takes. */
export function ChartTable({ title, model, hidden, zone, height }: ChartTableProps): ReactElement {
  const lines = model.series
    .filter(({ id }) => !hidden.has(id))
    .flatMap((series) => series.points.map((point) => ({ series, point })))
    .toSorted((one, other) => other.point.at - one.point.at)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className={classes.table} style={{ height }} tabIndex={0} aria-label={`Data of ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{model.along ?? 'Time'}</th>
            <th scope="col">Series</th>
            <th scope="col" data-align="end">
              Value
            </th>
            <th scope="col" data-align="end">
              Difference
            </th>
            <th scope="col">Status</th>
            <th scope="col">By</th>
            <th scope="col">Comment</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MAX_LINES).map(({ series, point }) => (
            <tr key={`${series.id}${point.at}`}>
              <td>
                {model.along === undefined ? (
                  <PointTime at={point.at} zone={zone} to={point.to} />
                ) : (
                  formatNumber(point.at)
                )}
              </td>
              <td>{series.name}</td>
              <td data-align="end">{formatPoint(series, point.value)}</td>
              <td data-align="end">{point.difference}</td>
              <td>{point.status === undefined ? null : <StatusChip token={point.status} />}</td>
              <td>{point.person}</td>
              <td>{point.comment}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > MAX_LINES ? (
        <p className="ts-dim">
          The newest {MAX_LINES} of {lines.length.toLocaleString()} points. The CSV export has all.
        </p>
      ) : null}
    </section>
  )
}

interface PointTimeProps {
  readonly at: number
  readonly zone: string
  readonly to: string | undefined
}

function PointTime({ at, zone, to }: PointTimeProps): ReactElement {
  const text = formatInstant(new Date(at), zone)
  return to === undefined ? <span>{text}</span> : <AppLink to={insideApp(to)}>{text}</AppLink>
}
