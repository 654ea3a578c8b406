import { Button } from '@mantine/core'
import { IconFiles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { reportKindsQuery, type SavedReport, savedReportsQuery } from '../../api/reports.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { appHref } from '../../ui/app-path.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import classes from './reports.module.css'
import { visibilityWords } from './schedule-words.ts'

const COLUMNS: readonly TableColumn<SavedReport>[] = [
  { id: 'title', header: 'Title', cell: ({ title }) => title },
  { id: 'kind', header: 'Report', cell: ({ kindTitle }) => kindTitle },
  { id: 'format', header: 'Format', cell: ({ format }) => format.toUpperCase() },
  { id: 'visibility', header: 'Seen by', cell: visibilityWords },
  {
    id: 'next',
    header: 'Sent next',
    cell: ({ nextRunAt }) =>
      nextRunAt === null ? <span className="ts-dim">–</span> : <RelativeTime at={nextRunAt} hint="tooltip" />,
  },
]

/** Saved reports, and the kinds from which new ones are made. */
export function ReportsPage(): ReactElement {
  const saved = useQuery(savedReportsQuery)
  const kinds = useQuery(reportKindsQuery)
  const failed = saved.error ?? kinds.error
  return (
    <>
      <PageHeader
        title="Reports"
        count={saved.data?.items.length}
        facts="On paper, as a sheet, by hand or sent by themselves."
        actions={
          <Button
            component="a"
            href={appHref('/reports/documents')}
            variant="default"
            leftSection={<IconFiles size={16} stroke={1.7} />}
          >
            Issued documents
          </Button>
        }
      />
      {failed ? <ErrorPanel error={failed} onRetry={() => void saved.refetch()} /> : null}
      <Panel title="Saved reports" padding="flush">
        <DataTable
          label="Saved reports"
          columns={COLUMNS}
          rows={saved.data?.items}
          rowKey={({ id }) => String(id)}
          rowTo={({ id }) => `/reports/${id}`}
          expectedRows={3}
          empty={<EmptyNote>No report is saved. Choose a kind below to make one.</EmptyNote>}
        />
      </Panel>
      <h2 className={classes.heading}>New report</h2>
      <ul className={classes.kinds}>
        {kinds.data?.items.map(({ kind, title, description }) => (
          <li key={kind}>
            <AppLink to={`/reports/new?kind=${kind}`} className={classes.kind}>
              <span className={classes.kindTitle}>{title}</span>
              <span className={classes.kindText}>{description}</span>
            </AppLink>
          </li>
        ))}
      </ul>
    </>
  )
}
