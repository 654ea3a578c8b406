import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireOverview, WireReportHead } from '../../../../src/dialects/native/quality/report.schema.ts'
import { makeReport } from '../../api/quality/edits.ts'
import { useLiveReports } from '../../api/quality/live.ts'
import { overviewQuery } from '../../api/quality/reports.ts'
import { worstOf } from '../../api/quality/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

import { toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { Comment } from './Comment.tsx'
import { DateTravel } from './DateTravel.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import classes from './quality.module.css'
import { StatusCounts } from './StatusCounts.tsx'

/** All reports that the reader may see, with how their metrics stand. */
export function OverviewPage(): ReactElement {
  const [search, patch] = useUrlState()
  const router = useRouter()
  const overview = useQuery(overviewQuery(search.report_date))
  const isConnected = useLiveReports()
  const [isImporting, setImporting] = useState(false)
  const { data } = overview
  const add = async (): Promise<void> => {
    try {
      const { id } = await makeReport()
      await router.navigate({ href: `/quality/${id}` })
    } catch (error) {
      toastError('The report was not made', error)
    }
  }
  return (
    <>
      <PageHeader
        title="Quality"
        crumbs={[]}
        count={data?.reports.length}
        loading={data === undefined && !overview.isError}
        facts={data === undefined ? undefined : data.subtitle || data.title}
        actions={
          data?.mayEdit ? (
            <Button variant="default" onClick={() => setImporting(true)}>
              Import report
            </Button>
          ) : undefined
        }
        primary={data?.mayEdit ? <Button onClick={() => void add()}>Add report</Button> : undefined}
      />
      {isConnected ? null : (
        <Banner token="unknown">Not connected: changes appear once the server answers.</Banner>
      )}
      <div className={classes.tools}>
        <TextInput
          aria-label="Search reports"
          placeholder="Search reports"
          leftSection={<IconSearch size={16} />}
          value={search.q ?? ''}
          onChange={(event) => patch({ q: event.currentTarget.value || undefined }, 'replace')}
        />
        <DateTravel date={search.report_date} onTravel={(date) => patch({ report_date: date })} />
      </div>
      {data === undefined ? (
        overview.isError ? (
          <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          <Skeleton height={420} radius="md" />
        )
      ) : (
        <OverviewContent overview={data} />
      )}
      {isImporting ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  )
}

function OverviewContent({ overview }: { readonly overview: WireOverview }): ReactElement {
  const [search, patch] = useUrlState()
  const { tag, report_date: date } = search
  const words = (search.q ?? '').toLocaleLowerCase()
  const shown = overview.reports.filter(
    (report) =>
      (tag === undefined || report.tags.includes(tag)) &&
      `${report.title} ${report.subtitle}`.toLocaleLowerCase().includes(words),
  )
  return (
    <>
      <Comment html={overview.comment} />
      <ul className={classes.cards} aria-label="Reports">
        {shown.map((report) => (
          <ReportCard key={report.id} report={report} date={date} />
        ))}
      </ul>
      {shown.length > 0 ? null : (
        <EmptyNote>
          {overview.reports.length === 0 ? 'There is no report here yet.' : 'No report matches.'}
        </EmptyNote>
      )}
      {overview.tags.length === 0 ? null : (
        <section aria-labelledby="tags">
          <h2 id="tags" className={classes.heading}>
            By tag
          </h2>
          <ul className={classes.cards}>
            {overview.tags.map((each) => (
              <li key={each.tag} className={classes.card} data-picked={each.tag === tag}>
                <button
                  type="button"
                  className={classes.pick}
                  aria-pressed={each.tag === tag}
                  onClick={() => patch({ tag: each.tag === tag ? undefined : each.tag })}
                >
                  {each.tag}
                </button>
                <StatusCounts counts={each.counts} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ReportCard({
  report,
  date,
}: {
  readonly report: WireReportHead
  readonly date: string | undefined
}): ReactElement {
  const worst = worstOf(report.counts)?.token ?? 'none'
  return (
    <li className={classes.card} style={{ borderInlineStartColor: `var(--ts-${worst}-mark)` }}>
      <AppLink
        to={`/quality/${report.id}${date === undefined ? '' : `?report_date=${date}`}`}
        className={classes.pick}
      >
        {report.title || 'Report without a title'}
      </AppLink>
      <p className="ts-dim">{report.subtitle}</p>
      <StatusCounts counts={report.counts} />
      {report.tags.length === 0 ? null : (
        <ul className={classes.tags} aria-label="Tags">
          {report.tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      <p className={classes.foot}>
        Changed <RelativeTime at={report.changedAt} hint="tooltip" />
      </p>
    </li>
  )
}
