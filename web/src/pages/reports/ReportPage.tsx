import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { type ReportChoice, type ReportKind, reportKindsQuery, savedReportQuery } from '../../api/reports.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { ReportEditor } from './ReportEditor.tsx'

/** A report of the kind in the address, not saved yet. */
export function NewReportPage(): ReactElement {
  const kinds = useQuery(reportKindsQuery)
  const [{ kind: name }] = useUrlState()
  if (kinds.isError) return <ErrorPanel error={kinds.error} onRetry={() => void kinds.refetch()} />
  if (kinds.data === undefined) return <Loading />
  const kind = kinds.data.items.find((each) => each.kind === name)
  if (kind === undefined) return <ErrorPanel error={new Error('There is no such kind of report.')} />
  return <ReportEditor key={kind.kind} kind={kind} initial={unsaved(kind)} />
}

/** A saved report. */
export function SavedReportPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const kinds = useQuery(reportKindsQuery)
  const report = useQuery(savedReportQuery(id))
  const failed = kinds.error ?? report.error
  if (failed) return <ErrorPanel error={failed} onRetry={() => void report.refetch()} />
  if (kinds.data === undefined || report.data === undefined) return <Loading />
  const { data } = report
  const kind = kinds.data.items.find((each) => each.kind === data.kind)
  if (kind === undefined)
    return <ErrorPanel error={new Error('You may not run reports of this kind any more.')} />
  return <ReportEditor key={`${data.id}.${data.version}`} kind={kind} initial={data} saved={data} />
}

function unsaved({ kind, title, formats }: ReportKind): ReportChoice {
  return {
    ...{ kind, title, filters: {}, notes: [], signature: false, visibility: 'owner', visibleTo: [] },
    format: formats[0] ?? 'pdf',
    schedule: null,
  }
}

function Loading(): ReactElement {
  return (
    <>
      <PageHeader title="" loading crumbs={[{ label: 'Reports', to: '/reports' }]} />
      <Skeleton height={480} />
    </>
  )
}
