import type { ReactElement } from 'react'
import type { RecordRow } from '../../api/records.ts'
import { labelOf, numberOf, textOf } from '../../api/row-values.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import type { FilterField } from '../../ui/filters.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { formatDuration } from '../../ui/site-time.ts'

/** How a status looks: by what it means, not by the colour somebody gave it. */
export function statusToken(name: string): StatusToken {
  const word = name.toLowerCase()
  if (word.includes('pending')) return 'todo'
  if (word.includes('approved')) return 'ok'
  if (word.includes('rejected') || word.includes('test')) return 'void'
  return word.includes('complete') ? 'warn' : 'none'
}

export function ServiceStatus({ name }: { readonly name: string }): ReactElement {
  return <StatusChip token={statusToken(name)}>{name}</StatusChip>
}

/** A length of time in hours and minutes: `1:30`. */
export function Hours({ seconds }: { readonly seconds: unknown }): ReactElement {
  const value = numberOf(seconds)
  if (value === null) return <span className="ts-dim">–</span>
  return <span className="ts-num">{formatDuration(value).replace(/:00$/, '')}</span>
}

export const SERVICE_COLUMNS: readonly TableColumn<RecordRow>[] = [
  {
    id: 'datetimeService',
    header: 'Service',
    cell: (row) => <RelativeTime at={textOf(row.datetimeService)} hint="tooltip" />,
    sortable: true,
  },
  { id: 'unit', header: 'Unit', cell: (row) => labelOf(row.unit) },
  { id: 'unitServiceArea', header: 'Area', cell: (row) => labelOf(row.unitServiceArea) },
  { id: 'serviceType', header: 'Type', cell: (row) => labelOf(row.serviceType) },
  {
    id: 'serviceStatus',
    header: 'Status',
    cell: (row) => <ServiceStatus name={labelOf(row.serviceStatus)} />,
  },
  { id: 'problemDescription', header: 'Problem', cell: (row) => firstLine(textOf(row.problemDescription)) },
  {
    id: 'durationLostTime',
    header: 'Lost',
    unit: 'h',
    align: 'end',
    cell: (row) => <Hours seconds={row.durationLostTime} />,
    sortable: true,
  },
  {
    id: 'durationServiceTime',
    header: 'Service time',
    unit: 'h',
    align: 'end',
    cell: (row) => <Hours seconds={row.durationServiceTime} />,
    sortable: true,
    hidden: true,
  },
  { id: 'id', header: 'Event', cell: (row) => <span className="ts-mono">{row.id}</span>, sortable: true },
]

export const SERVICE_FILTERS: readonly FilterField[] = [
  { name: 'unit', label: 'Unit', kind: 'reference', target: 'machine-qa.unit' },
  { name: 'serviceStatus', label: 'Status', kind: 'reference', target: 'machine-qa.service-event-status' },
  { name: 'serviceType', label: 'Type', kind: 'reference', target: 'machine-qa.service-type' },
  { name: 'datetimeService', label: 'Service', kind: 'instant' },
  {
    name: 'unitServiceArea.serviceArea',
    label: 'Area',
    kind: 'reference',
    target: 'machine-qa.service-area',
  },
  { name: 'serviceStatus.isReviewRequired', label: 'Needs a review', kind: 'boolean' },
]

const LONGEST_LINE = 90

function firstLine(text: string): string {
  const [line = ''] = text.split('\n')
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}
