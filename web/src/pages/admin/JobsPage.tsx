import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type JobOverview, type JobRun, jobsQuery } from '../../api/jobs.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import classes from './JobsPage.module.css'

/** Background work: what runs when, how it went last, and why it failed. `?kind=` opens one job. */
export function JobsPage(): ReactElement {
  const jobs = useQuery(jobsQuery)
  const [{ kind }] = useUrlState()
  const failed = jobs.data?.items.filter((job) => job.lastRuns[0]?.outcome === 'failed').length
  return (
    <>
      <PageHeader
        title="Background jobs"
        crumbs={[{ label: 'Administration', to: '/admin' }]}
        facts={
          failed === undefined
            ? undefined
            : failed === 0
              ? 'No job failed when it ran last'
              : `${failed} failed when they ran last`
        }
      />
      {jobs.isError ? <ErrorPanel error={jobs.error} onRetry={() => void jobs.refetch()} /> : null}
      {jobs.isPending ? <Skeleton height={320} /> : null}
      {jobs.data === undefined ? null : (
        <Panel padding="flush">
          <ul className={classes.jobs}>
            {jobs.data.items.map((job) => (
              <li key={job.kind}>
                <Job job={job} isOpen={job.kind === kind} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function tokenOf(run: JobRun | undefined): StatusToken {
  if (run === undefined) return 'none'
  if (run.outcome === null) return 'todo'
  return run.outcome === 'done' ? 'ok' : 'act'
}

function wordOf(run: JobRun | undefined): string {
  if (run === undefined) return 'Never ran'
  if (run.outcome === null) return 'Running'
  return run.outcome === 'done' ? 'Done' : 'Failed'
}

function Job({ job, isOpen }: { readonly job: JobOverview; readonly isOpen: boolean }): ReactElement {
  const last = job.lastRuns[0]
  return (
    <details className={classes.job} open={isOpen}>
      <summary>
        <span className={classes.title}>{job.title}</span>
        <span className={classes.schedule}>{job.schedule}</span>
        <StatusChip token={tokenOf(last)}>{wordOf(last)}</StatusChip>
        <span className={classes.when}>
          {last === undefined ? null : <RelativeTime at={last.startedAt} />}
        </span>
      </summary>
      {last === undefined ? <p className="ts-dim">No run has been recorded.</p> : null}
      <ul className={classes.runs}>
        {job.lastRuns.map((run) => (
          <li key={run.startedAt} className={classes.run}>
            <StatusChip token={tokenOf(run)}>{wordOf(run)}</StatusChip>
            <RelativeTime at={run.startedAt} detail="seconds" hint="tooltip" />
            <span className="ts-dim ts-num">{secondsOf(run)}</span>
            {run.problem === null ? null : <span className={classes.problem}>{run.problem}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function secondsOf({ startedAt, finishedAt }: JobRun): string {
  if (finishedAt === null) return ''
  return `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`
}
