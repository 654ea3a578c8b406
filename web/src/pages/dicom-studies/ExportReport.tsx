import { Group } from '@mantine/core'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import type { WireDeidentificationReport } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import classes from './studies.module.css'
import { type ChangeSummary, summariseChanges } from './summarise-changes.ts'

const COLUMNS: readonly TableColumn<ChangeSummary>[] = [
  { id: 'tag', header: 'Tag', cell: ({ tag }) => <span className="ts-mono">{tag}</span>, width: 130 },
  { id: 'path', header: 'Element', cell: ({ path }) => path },
  { id: 'action', header: 'What was done', cell: ({ action }) => action, width: 160 },
  {
    id: 'files',
    header: 'Files',
    cell: ({ files }) => <span className="ts-num">{files}</span>,
    align: 'end',
    width: 70,
  },
]

export interface ExportReportProps {
  readonly report: WireDeidentificationReport | undefined
  /** What can be done next; above the table, which may be long. */
  readonly children: ReactNode
}

/** What was changed in a copy without identity: elements and what was done, never the old values. */
export function ExportReport({ report, children }: ExportReportProps): ReactElement {
  const changes = useMemo(() => (report ? summariseChanges(report.files) : []), [report])
  return (
    <>
      {report === undefined ? (
        <EmptyNote>The archive came without a report.</EmptyNote>
      ) : (
        <p className={classes.note}>
          {report.files.length === 1 ? '1 file' : `${report.files.length} files`} saved as{' '}
          <span className="ts-mono">deidentified.zip</span>, by {report.profile}
          {report.options.length === 0 ? '' : ` with ${report.options.join(', ')}`}. The report is in the
          archive, too.
        </p>
      )}
      <Group justify="flex-end" mt={12} gap={8}>
        {children}
      </Group>
      {report === undefined ? null : (
        <div className={classes.report}>
          <DataTable
            label="What was changed"
            columns={COLUMNS}
            rows={changes}
            rowKey={({ tag, path, action }) => `${tag} ${path} ${action}`}
            empty={<EmptyNote>Nothing had to be changed.</EmptyNote>}
          />
        </div>
      )}
    </>
  )
}
