import type { ReactElement } from 'react'
import type { WireIssue, WireMetric } from '../../../../src/dialects/native/quality/report.schema.ts'
import { appearanceOf, DEBT_PROBLEMS, targetText, UNMEASURED, valueText } from '../../api/quality/words.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { commentText } from './Comment.tsx'
import type { ColumnId } from './metric-columns.ts'
import classes from './quality.module.css'

type Cell = (props: { readonly metric: WireMetric }) => ReactElement | string | null

/** What a column says of a metric. */
export function MetricCell({
  metric,
  column,
}: {
  readonly metric: WireMetric
  readonly column: ColumnId
}): ReactElement | null {
  const Shown = CELLS[column]
  return <Shown metric={metric} />
}

const CELLS: Readonly<Record<ColumnId, Cell>> = {
  trend: Trend,
  status: Status,
  measurement: Measurement,
  target: Target,
  unit: ({ metric }) => (metric.value === '1' ? metric.unitSingular : metric.unit),
  time_left: TimeLeft,
  source: Sources,
  comment: ({ metric }) => {
    const text = commentText(metric.comment)
    return (
      <span className={classes.commentCell} title={text}>
        {text}
      </span>
    )
  },
  issues: Issues,
  tags: ({ metric }) => (
    <ul className={classes.tags}>
      {metric.tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  ),
}

function Trend({ metric }: { readonly metric: WireMetric }): ReactElement {
  const values = metric.recent.map(({ value }) => (value === null ? null : Number(value)))
  const known = values.filter((value) => value !== null && !Number.isNaN(value))
  if (metric.scale === 'version_number' || known.length < 2) return <span className="ts-dim">–</span>
  const label = `Last week: ${known[0]} to ${known.at(-1)} ${metric.unit}`
  return <Sparkline values={values} label={label} token={appearanceOf(metric.status).token} />
}

function Status({ metric }: { readonly metric: WireMetric }): ReactElement {
  const { token, word } = appearanceOf(metric.status)
  return (
    <>
      <StatusChip token={token}>{word}</StatusChip>
      {metric.statusSince === null ? null : (
        <span className={classes.below}>
          since <RelativeTime at={metric.statusSince} detail="day" hint="tooltip" />
        </span>
      )}
    </>
  )
}

function Measurement({ metric }: { readonly metric: WireMetric }): ReactElement {
  const failed = metric.sources.find((source) => source.connectionError ?? source.parseError)
  const note = noteOf(metric, failed !== undefined)
  return (
    <>
      <b className="ts-num">{valueText(metric, metric.value)}</b>
      {note === undefined ? null : (
        <span className={classes.below} title={note.title}>
          {note.word}
        </span>
      )}
    </>
  )
}

function noteOf(metric: WireMetric, hasFailed: boolean): { word: string; title: string } | undefined {
  if (metric.isRequested) return { word: 'measuring…', title: 'A measurement was asked for.' }
  if (hasFailed) return { word: 'source failed', title: 'One of the sources could not be read.' }
  if (metric.unmeasured !== null) return { word: 'not measured', title: UNMEASURED[metric.unmeasured] }
  if (metric.isOutdated) return { word: 'outdated', title: 'The sources were changed since.' }
  if (metric.isStale) return { word: 'stale', title: 'Not measured for an hour.' }
  return undefined
}

function Target({ metric }: { readonly metric: WireMetric }): ReactElement {
  if (!metric.evaluateTargets) return <span className="ts-dim">not judged</span>
  const isDebt = metric.acceptDebt && metric.debtProblem === null && metric.debtTarget !== null
  return (
    <>
      <span className="ts-num">{targetText(metric, isDebt ? metric.debtTarget : metric.target)}</span>
      {isDebt ? <span className={classes.below}>accepted as debt</span> : null}
      {metric.debtProblem === null ? null : (
        <span className={classes.below} title={DEBT_PROBLEMS[metric.debtProblem]}>
          debt ignored
        </span>
      )}
    </>
  )
}

function TimeLeft({ metric }: { readonly metric: WireMetric }): ReactElement {
  if (metric.daysLeft === null || metric.deadline === null) return <span className="ts-dim">–</span>
  const isOver = metric.daysLeft <= 0
  return (
    <span className={classes.timeLeft} data-over={isOver} title={metric.deadline}>
      {isOver ? 'overdue' : metric.daysLeft === 1 ? '1 day' : `${metric.daysLeft} days`}
    </span>
  )
}

function Sources({ metric }: { readonly metric: WireMetric }): ReactElement {
  return (
    <ul className={classes.plain}>
      {metric.sources.map(({ id, name, landingUrl }) => (
        <li key={id}>
          {landingUrl !== null && /^https?:\/\/|^\//.test(landingUrl) ? (
            <a href={landingUrl}>{name}</a>
          ) : (
            name
          )}
        </li>
      ))}
    </ul>
  )
}

function Issues({ metric }: { readonly metric: WireMetric }): ReactElement {
  const known = new Map(metric.issues.map((issue) => [issue.issueId, issue]))
  return (
    <ul className={classes.plain}>
      {metric.issueIds.map((id) => (
        <li key={id}>
          <IssueName id={id} issue={known.get(id)} />
        </li>
      ))}
    </ul>
  )
}

function IssueName({
  id,
  issue,
}: {
  readonly id: string
  readonly issue: WireIssue | undefined
}): ReactElement {
  const state = issue?.name ?? issue?.category
  const words = state === undefined || state === null ? id : `${id} · ${state}`
  const { landingUrl = '', summary } = issue ?? {}
  return /^https?:\/\//.test(landingUrl) ? (
    <a href={landingUrl} title={summary}>
      {words}
    </a>
  ) : (
    <span title={summary}>{words}</span>
  )
}
