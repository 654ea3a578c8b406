import { Button, Skeleton } from '@mantine/core'
import { IconDeviceTv } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { useLiveReports } from '../../api/quality/live.ts'
import { catalogueQuery, reportQuery } from '../../api/quality/reports.ts'
import { worstOf } from '../../api/quality/words.ts'
import { useSession } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { AddItem } from './AddItem.tsx'
import { Comment } from './Comment.tsx'
import { Dashboard } from './Dashboard.tsx'
import { EditingContext, type EditingFacts, whyNotEditable } from './editing.ts'
import classes from './quality.module.css'
import { ReportMenu } from './ReportMenu.tsx'
import { ReportSettings } from './ReportSettings.tsx'
import { ReportTools } from './ReportTools.tsx'
import { type PatchView, type ReportView, useReportView } from './report-view.ts'
import { SubjectPanel } from './SubjectPanel.tsx'
import { shownSubjects } from './shown-metrics.ts'

const CRUMBS = [{ label: 'Quality', to: '/quality' }]

/** A report: cards by subject and tag, then its metrics, which open where they stand. */
export function ReportPage(): ReactElement {
  const { report: id } = useParams({ from: '/shell/quality/$report' })
  const [view, patch] = useReportView(id)
  const report = useQuery(reportQuery(id, view.date))
  const isConnected = useLiveReports(id)
  const { data } = report
  if (data === undefined) {
    return (
      <>
        <PageHeader title="Report" crumbs={CRUMBS} loading={!report.isError} />
        {report.isError ? (
          <ErrorPanel error={report.error} onRetry={() => void report.refetch()}>
            <AppLink to="/quality">All reports</AppLink>
          </ErrorPanel>
        ) : (
          <Skeleton height={480} radius="md" />
        )}
      </>
    )
  }
  return (
    <>
      {isConnected ? null : (
        <Banner token="unknown">Not connected: changes appear once the server answers.</Banner>
      )}
      {data.at === null || view.date === undefined ? null : (
        <Banner
          token="todo"
          action={
            <button
              type="button"
              className={classes.inBanner}
              onClick={() => patch({ report_date: undefined })}
            >
              Back to now
            </button>
          }
        >
          As it was at the end of {formatDay(view.date)}. The past cannot be edited.
        </Banner>
      )}
      <ReportContent report={data} view={view} patch={patch} />
    </>
  )
}

function ReportContent({
  report,
  view,
  patch,
}: {
  readonly report: WireReport
  readonly view: ReportView
  readonly patch: PatchView
}): ReactElement {
  const { user } = useSession()
  const catalogue = useQuery(catalogueQuery)
  const subjects = useMemo(() => shownSubjects(report, view), [report, view])
  const total = report.subjects.reduce((sum, { metrics }) => sum + metrics.length, 0)
  const left = subjects.reduce((sum, { metrics }) => sum + metrics.length, 0)
  const worst = worstOf(report.counts)
  const editing: EditingFacts = {
    report,
    catalogue: catalogue.data,
    mayEdit: report.mayEdit,
    why: whyNotEditable(report, user),
  }
  const clear = { metrics_to_hide: undefined, hidden_tags: undefined, q: undefined }
  return (
    <EditingContext value={editing}>
      <PageHeader
        title={report.title || 'Report without a title'}
        crumbs={CRUMBS}
        status={worst === undefined ? undefined : <StatusChip token={worst.token}>{worst.word}</StatusChip>}
        facts={
          <FactsLine>
            {report.subtitle === '' ? null : report.subtitle}
            {total === 1 ? '1 metric' : `${total.toLocaleString()} metrics`}
            <span>
              Changed <RelativeTime at={report.changedAt} />
            </span>
          </FactsLine>
        }
        actions={
          <>
            <ReportMenu report={report} date={view.date} />
            <Button
              component={AppLink}
              to={`/board/quality/${report.id}`}
              variant="default"
              leftSection={<IconDeviceTv size={17} stroke={1.7} />}
            >
              Board
            </Button>
          </>
        }
        primary={
          report.mayEdit ? <AddItem kind="subject" parentId={report.id} label="Add subject" /> : undefined
        }
      />
      <Comment html={report.comment} />
      <Dashboard report={report} view={view} patch={patch} />
      <ReportTools view={view} patch={patch} shown={left} total={total} />
      {subjects.map((subject) => (
        <SubjectPanel key={subject.id} subject={subject} view={view} patch={patch} />
      ))}
      {subjects.length > 0 || view.hide === 'all' ? null : total === 0 && report.subjects.length === 0 ? (
        <EmptyNote>This report has no subject yet{report.mayEdit ? ': add one above.' : '.'}</EmptyNote>
      ) : (
        <EmptyNote
          action={
            <Button variant="default" onClick={() => patch(clear)}>
              Show all metrics
            </Button>
          }
        >
          What is filtered leaves none of {total} metrics.
        </EmptyNote>
      )}
      <ReportSettings report={report} />
    </EditingContext>
  )
}
