import { ActionIcon, Skeleton, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireMetric, WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { useLiveReports } from '../../api/quality/live.ts'
import { reportQuery } from '../../api/quality/reports.ts'
import { appearanceOf, targetText, valueText, worstOf } from '../../api/quality/words.ts'
import { useSession } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { usePagePlace } from '../../ui/page-place.ts'
import { useNow } from '../../ui/RelativeTime.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { dayIn, formatClock, formatDay } from '../../ui/site-time.ts'
import { toastError } from '../../ui/toasts.ts'
import classes from './board.module.css'
import { StatusCounts } from './StatusCounts.tsx'

const READ_AGAIN_MS = 120_000

/** A report to be read from across the room: how subjects stand, and what needs somebody. It keeps itself up to date. */
export function BoardPage(): ReactElement {
  const { report: id } = useParams({ from: '/board/quality/$report' })
  const { site } = useSession()
  const report = useQuery({ ...reportQuery(id), refetchInterval: READ_AGAIN_MS })
  const isConnected = useLiveReports(id)
  const now = useNow()
  const { data } = report
  usePagePlace(data?.title ?? 'Quality', [])
  useShortcut('f', 'Show the board on the full screen', () => void toFullScreen())
  return (
    <main id="main" className={classes.board}>
      <header className={classes.header}>
        <AppLink to={`/quality/${id}`} className={classes.back} aria-label="The report">
          <IconArrowLeft size={22} />
        </AppLink>
        <h1>{data?.title ?? 'Quality'}</h1>
        <span className={classes.clock}>
          {formatDay(dayIn(now, site.zone))} · {formatClock(now, site.zone)}
        </span>
        <Tooltip label="Full screen">
          <ActionIcon aria-label="Show the board on the full screen" onClick={() => void toFullScreen()}>
            <IconMaximize size={20} />
          </ActionIcon>
        </Tooltip>
      </header>
      {isConnected && !report.isError ? null : (
        <p className={classes.stale} role="status">
          <StatusIcon token="unknown" size={22} /> Not connected: this is how it stood at{' '}
          {formatClock(new Date(report.dataUpdatedAt), site.zone)}.
        </p>
      )}
      {data === undefined ? (
        report.isError ? (
          <ErrorPanel error={report.error} onRetry={() => void report.refetch()} />
        ) : (
          <Skeleton height={480} radius="md" />
        )
      ) : (
        <BoardContent report={data} />
      )}
    </main>
  )
}

function BoardContent({ report }: { readonly report: WireReport }): ReactElement {
  const acting = report.subjects.flatMap((subject) =>
    subject.metrics
      .filter(({ requiresAction }) => requiresAction)
      .map((metric) => ({ metric, subject: subject.name })),
  )
  return (
    <>
      <ul className={classes.subjects}>
        {report.subjects.map(({ id, name, counts }) => (
          <li
            key={id}
            className={classes.subject}
            style={{ borderInlineStartColor: `var(--ts-${worstOf(counts)?.token ?? 'none'}-mark)` }}
          >
            <h2>{name}</h2>
            <StatusCounts counts={counts} iconSize={22} />
          </li>
        ))}
      </ul>
      <h2 className={classes.heading}>
        {acting.length === 0 ? 'Nothing needs action' : `${acting.length} need action`}
      </h2>
      <ul className={classes.metrics}>
        {acting.map(({ metric, subject }) => (
          <BoardMetric key={metric.id} metric={metric} subject={subject} />
        ))}
      </ul>
    </>
  )
}

function BoardMetric({
  metric,
  subject,
}: {
  readonly metric: WireMetric
  readonly subject: string
}): ReactElement {
  const { token, word } = appearanceOf(metric.status)
  const colours: Record<`--${string}`, string> = {
    '--mark': `var(--ts-${token}-mark)`,
    '--soft': `var(--ts-${token}-soft)`,
    '--text': `var(--ts-${token}-text)`,
  }
  return (
    <li className={classes.metric} style={colours}>
      <span className={classes.state}>
        <StatusIcon token={token} size={26} /> {word}
      </span>
      <span className={classes.name}>{metric.name}</span>
      <span className={classes.value}>
        {valueText(metric, metric.value)} <small>{metric.unit}</small>
      </span>
      <span className={classes.facts}>
        {subject} · target {targetText(metric, metric.target)}
        {metric.daysLeft === null
          ? ''
          : metric.daysLeft <= 0
            ? ' · overdue'
            : ` · ${metric.daysLeft} days left`}
      </span>
    </li>
  )
}

async function toFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen()
    else await document.exitFullscreen()
  } catch (error) {
    toastError('The browser does not allow the full screen', error)
  }
}
