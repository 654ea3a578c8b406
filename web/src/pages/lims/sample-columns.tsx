import type { ReactElement } from 'react'
import type { WireSampleRow } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { stateToken } from '../../api/lims/words.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'

const ID: TableColumn<WireSampleRow> = {
  id: 'objectId',
  header: 'Sample',
  cell: ({ objectId }) => <span className="ts-mono">{objectId}</span>,
  sortable: true,
}
const STATE: TableColumn<WireSampleRow> = {
  id: 'state',
  header: 'State',
  cell: (row) => <SampleState row={row} />,
  sortable: true,
}
const CLIENT: TableColumn<WireSampleRow> = {
  id: 'client',
  header: 'Client',
  cell: ({ client }) => client.name,
  sortable: true,
}
const TYPE: TableColumn<WireSampleRow> = {
  id: 'sampleType',
  header: 'Type',
  cell: ({ sampleType }) => sampleType.name,
  sortable: true,
}
const PROGRESS: TableColumn<WireSampleRow> = {
  id: 'progress',
  header: 'Results',
  cell: ({ progress }) => (
    <span
      className="ts-num"
      title={`${progress.submitted} of ${progress.total} submitted, ${progress.verified} verified`}
    >
      {progress.submitted} / {progress.total}
    </span>
  ),
  align: 'end',
}
const RECEIVED: TableColumn<WireSampleRow> = {
  id: 'dateReceived',
  header: 'Received',
  cell: ({ dateReceived }) => <RelativeTime at={dateReceived} hint="tooltip" />,
  sortable: true,
}
const DUE: TableColumn<WireSampleRow> = {
  id: 'dueDate',
  header: 'Due',
  cell: ({ dueDate }) => <RelativeTime at={dueDate} hint="tooltip" />,
  sortable: true,
}

/** Columns of the list of samples, by the names that the server sorts by. */
export const SAMPLE_COLUMNS: readonly TableColumn<WireSampleRow>[] = [
  ID,
  STATE,
  CLIENT,
  TYPE,
  PROGRESS,
  RECEIVED,
  DUE,
  { id: 'priority', header: 'Priority', cell: ({ priority }) => priority?.name ?? '–', sortable: true },
  {
    id: 'registeredAt',
    header: 'Registered',
    cell: ({ registeredAt }) => <RelativeTime at={registeredAt} hint="tooltip" />,
    sortable: true,
  },
  {
    id: 'clientSampleId',
    header: "Client's sample ID",
    cell: ({ clientSampleId }) => clientSampleId ?? '–',
    sortable: true,
    hidden: true,
  },
  {
    id: 'contact',
    header: 'Contact',
    cell: ({ contact }) => contact.name,
    sortable: true,
    hidden: true,
  },
  {
    id: 'samplePoint',
    header: 'Sample point',
    cell: ({ samplePoint }) => samplePoint?.name ?? '–',
    sortable: true,
    hidden: true,
  },
  { id: 'batch', header: 'Batch', cell: ({ batch }) => batch?.name ?? '–', sortable: true, hidden: true },
  {
    id: 'datePublished',
    header: 'Published',
    cell: ({ datePublished }) => <RelativeTime at={datePublished} hint="tooltip" />,
    sortable: true,
    hidden: true,
  },
]

function plain(column: TableColumn<WireSampleRow>): TableColumn<WireSampleRow> {
  return { ...column, sortable: false }
}

export const OVERVIEW_COLUMNS = [ID, STATE, CLIENT, TYPE, PROGRESS, RECEIVED, DUE].map(plain)

/** State of a sample; that it is late comes first. */
export function SampleState({ row }: { readonly row: WireSampleRow }): ReactElement {
  if (row.cancelled) return <StatusChip token="void">Cancelled</StatusChip>
  return (
    <StatusChip token={row.late ? 'late' : stateToken(row.state)}>
      {row.late ? `${row.stateTitle}, late` : row.stateTitle}
    </StatusChip>
  )
}
