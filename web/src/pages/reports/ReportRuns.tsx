import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type ReportRun, reportRunsQuery, type SavedReport } from '../../api/reports.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './reports.module.css'

const STATES: Readonly<Record<ReportRun['state'], { readonly token: StatusToken; readonly word: string }>> = {
  waiting: { token: 'todo', word: 'Waiting' },
  running: { token: 'todo', word: 'Running' },
  done: { token: 'ok', word: 'Sent' },
  empty: { token: 'none', word: 'Nothing to report' },
  failed: { token: 'act', word: 'Failed' },
}

/** When the report was sent by itself, and how that went. */
export function ReportRuns({ report }: { readonly report: SavedReport }): ReactElement {
  const runs = useQuery(reportRunsQuery(report.id))
  return (
    <Panel title="Log" padding="flush">
      {runs.data?.items.length === 0 ? <EmptyNote>It was not sent yet.</EmptyNote> : null}
      <ul className={classes.runs}>
        {runs.data?.items.map((run) => (
          <li key={run.id}>
            <StatusChip token={STATES[run.state].token}>{STATES[run.state].word}</StatusChip>
            <RelativeTime at={run.scheduledFor ?? run.startedAt} hint="tooltip" />
            {run.rowCount === null ? null : <span className="ts-dim ts-num">{run.rowCount} rows</span>}
            {run.recipients === null ? null : (
              <span className="ts-dim ts-num">{run.recipients} recipients</span>
            )}
            {run.file !== null && report.isOwn ? (
              <a href={run.file.href} download>
                {run.file.name}
              </a>
            ) : null}
            {run.problem === null ? null : <span className={classes.problem}>{run.problem}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
