import type { ReactElement } from 'react'
import type { WireMetric, WireSubject } from '../../../../src/dialects/native/quality/report.schema.ts'
import { MetricRow } from './MetricRow.tsx'
import { type ColumnId, METRIC_COLUMNS, nextSort } from './metric-columns.ts'
import classes from './quality.module.css'
import { type PatchView, type ReportView, writeTabs } from './report-view.ts'

/** The metrics of a subject, each of which opens below its row. */
export function MetricTable({
  subject,
  view,
  patch,
}: {
  readonly subject: WireSubject
  readonly view: ReportView
  readonly patch: PatchView
}): ReactElement {
  const columns = METRIC_COLUMNS.filter(
    ({ id }) => !view.hiddenColumns.includes(id) && !(view.hideEmpty && isEmpty(subject.metrics, id)),
  )
  const open = (id: string, tab: number | undefined): void => {
    const tabs = new Map(view.tabs)
    if (tab === undefined) tabs.delete(id)
    else tabs.set(id, tab)
    patch({ tabs: writeTabs(tabs), expanded: undefined })
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={`Metrics of ${subject.name}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            {[{ id: 'name', header: 'Metric', sortable: true }, ...columns].map(
              ({ id, header, sortable }) => (
                <th key={id} scope="col" aria-sort={ariaSort(view, id)}>
                  {sortable ? (
                    <button type="button" className={classes.sort} onClick={() => patch(nextSort(view, id))}>
                      {header}
                      <span aria-hidden="true">{arrowOf(view, id)}</span>
                    </button>
                  ) : (
                    header
                  )}
                </th>
              ),
            )}
          </tr>
        </thead>
        {subject.metrics.map((metric) => (
          <MetricRow
            key={metric.id}
            metric={metric}
            subject={subject}
            columns={columns}
            view={view}
            patch={patch}
            tab={view.tabs.get(metric.id)}
            onOpen={(tab) => open(metric.id, tab)}
          />
        ))}
      </table>
    </section>
  )
}

function isEmpty(metrics: readonly WireMetric[], id: ColumnId): boolean {
  switch (id) {
    case 'comment':
      return metrics.every(({ comment }) => comment === '')
    case 'issues':
      return metrics.every(({ issueIds }) => issueIds.length === 0)
    case 'tags':
      return metrics.every(({ tags }) => tags.length === 0)
    case 'time_left':
      return metrics.every(({ daysLeft }) => daysLeft === null)
    default:
      return false
  }
}

function ariaSort(view: ReportView, id: string): 'ascending' | 'descending' | undefined {
  if (view.sortColumn !== id) return undefined
  return view.isDescending ? 'descending' : 'ascending'
}

function arrowOf(view: ReportView, id: string): string {
  const direction = ariaSort(view, id)
  if (direction === undefined) return ''
  return direction === 'descending' ? ' ↓' : ' ↑'
}
