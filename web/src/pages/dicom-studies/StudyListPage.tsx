import { Button } from '@mantine/core'
import { type DragEvent, type ReactElement, useMemo, useState } from 'react'
import type { WireStudy, WireStudyList } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { readStudies } from '../../api/dicom/studies.ts'
import { usePermission } from '../../api/session.ts'
import { DicomSections } from '../../app/DicomSections.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { formatBytes } from '../../ui/FileDrop.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { formatDay } from '../../ui/site-time.ts'
import classes from './studies.module.css'
import { UploadDialog } from './UploadDialog.tsx'

const COLUMNS: readonly TableColumn<WireStudy>[] = [
  { id: 'patientName', header: 'Patient', cell: (row) => row.patientName ?? 'no name', sortable: true },
  {
    id: 'patientId',
    header: 'ID',
    cell: (row) => <span className="ts-mono">{row.patientId ?? '–'}</span>,
    sortable: true,
  },
  {
    id: 'studyDate',
    header: 'Date',
    cell: (row) => <span className="ts-num">{row.studyDate === null ? '–' : formatDay(row.studyDate)}</span>,
    sortable: true,
  },
  { id: 'modalities', header: 'Modality', cell: (row) => row.modalities.join(', ') || '–' },
  { id: 'description', header: 'Description', cell: (row) => row.description ?? '–', sortable: true },
  {
    id: 'accession',
    header: 'Accession',
    cell: (row) => <span className="ts-mono">{row.accessionNumber ?? '–'}</span>,
    sortable: true,
    hidden: true,
  },
  {
    id: 'instanceCount',
    header: 'Images',
    cell: (row) => <span className="ts-num">{row.instanceCount.toLocaleString()}</span>,
    align: 'end',
    sortable: true,
  },
  {
    id: 'size',
    header: 'Size',
    cell: (row) => <span className="ts-num">{formatBytes(row.sizeBytes)}</span>,
    align: 'end',
    hidden: true,
  },
  {
    id: 'storedAt',
    header: 'Stored',
    cell: (row) => <RelativeTime at={row.storedAt} hint="tooltip" />,
    sortable: true,
  },
]

/** The studies that the reader may see. */
export function StudyListPage(): ReactElement {
  const list = useList<WireStudy>({ name: 'dicom.study', defaultOrder: '-studyDate', read: readStudies })
  const mayStore = usePermission('dicom.study.store')
  const [files, setFiles] = useState<readonly File[]>()
  const modalities = (list.result.data as WireStudyList | undefined)?.modalities
  const filters = useMemo(() => filtersFor(modalities ?? []), [modalities])
  const isBin = list.control.filters.bin === 'true'
  const upload = <Button onClick={() => setFiles([])}>Upload images</Button>
  const onDrop = (event: DragEvent): void => {
    // a drop on the dialog comes by here, too, and was taken there
    if (event.defaultPrevented || !mayStore || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    setFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same
    <div className={classes.listPage} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <DicomSections />
      <PageHeader
        title={isBin ? 'Studies in the bin' : 'Studies'}
        crumbs={[{ label: 'DICOM', to: '/dicom' }]}
        count={list.total}
        {...(mayStore ? { primary: upload } : {})}
      />
      <ListView
        list={list}
        label="Studies"
        columns={COLUMNS}
        filters={filters}
        rowKey={(row) => row.studyUid}
        rowTo={(row) => `/dicom/studies/${row.studyUid}${row.deleted === null ? '' : '?bin=true'}`}
        isDimmed={(row) => row.deleted !== null}
        searchPlaceholder="Search patient, ID, description"
        empty={
          <EmptyNote {...(mayStore ? { action: upload } : {})}>
            {isBin ? 'The bin is empty.' : 'No images are stored yet.'}
          </EmptyNote>
        }
      />
      {files === undefined ? null : (
        <UploadDialog
          files={files}
          onClose={() => {
            setFiles(undefined)
            void list.result.refetch()
          }}
        />
      )}
    </div>
  )
}

function filtersFor(modalities: readonly string[]): readonly FilterField[] {
  return [
    {
      name: 'modality',
      label: 'Modality',
      kind: 'choice',
      choices: modalities.map((value) => ({ value, label: value })),
    },
    { name: 'studyDate', label: 'Date', kind: 'day' },
    { name: 'patientName', label: 'Patient', kind: 'text' },
    { name: 'patientId', label: 'Patient ID', kind: 'text' },
    { name: 'description', label: 'Description', kind: 'text' },
    { name: 'accession', label: 'Accession', kind: 'text' },
    { name: 'bin', label: 'In the bin', kind: 'boolean' },
  ]
}
