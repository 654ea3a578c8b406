import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { reviewFaults } from '../../api/machine-qa/service.ts'
import type { RecordRow } from '../../api/records.ts'
import { labelOf, referencesOf, textOf } from '../../api/row-values.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import type { FilterField } from '../../ui/filters.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toast, toastError } from '../../ui/toasts.ts'

export const FAULT_COLUMNS: readonly TableColumn<RecordRow>[] = [
  {
    id: 'occurred',
    header: 'Occurred',
    cell: (row) => <RelativeTime at={textOf(row.occurred)} hint="tooltip" />,
    sortable: true,
  },
  { id: 'unit', header: 'Unit', cell: (row) => labelOf(row.unit) },
  {
    id: 'faultTypes',
    header: 'Fault',
    cell: (row) => <span className="ts-mono">{codesOf(row)}</span>,
  },
  { id: 'modality', header: 'Modality', cell: (row) => labelOf(row.modality) },
  { id: 'isReviewed', header: 'Review', cell: (row) => <FaultState isReviewed={row.isReviewed === true} /> },
  { id: 'createdBy', header: 'Reported by', cell: (row) => labelOf(row.createdBy) },
  {
    id: 'relatedServiceEvents',
    header: 'Service',
    cell: (row) =>
      referencesOf(row.relatedServiceEvents)
        .map(({ id }) => id)
        .join(', ') || '–',
  },
]

export const FAULT_FILTERS: readonly FilterField[] = [
  { name: 'unit', label: 'Unit', kind: 'reference', target: 'machine-qa.unit' },
  { name: 'isReviewed', label: 'Reviewed', kind: 'boolean' },
  { name: 'faultTypes', label: 'Type', kind: 'reference', target: 'machine-qa.fault-type' },
  { name: 'occurred', label: 'Occurred', kind: 'instant' },
  { name: 'modality', label: 'Modality', kind: 'reference', target: 'machine-qa.modality' },
]

/** What the machine said, as it says it. */
export function codesOf(row: Readonly<Record<string, unknown>>): string {
  return referencesOf(row.faultTypes)
    .map(({ label }) => label)
    .join(', ')
}

export function FaultState({ isReviewed }: { readonly isReviewed: boolean }): ReactElement {
  return isReviewed ? (
    <StatusChip token="ok">Reviewed</StatusChip>
  ) : (
    <StatusChip token="warn">Unreviewed</StatusChip>
  )
}

/** Notes that somebody looked at the selected faults. */
export function BulkFaultReview({
  rows,
  clear,
}: {
  readonly rows: readonly RecordRow[]
  readonly clear: () => void
}): ReactElement {
  const client = useQueryClient()
  const waiting = rows.filter((row) => row.isReviewed !== true)
  const review = async (): Promise<void> => {
    try {
      await reviewFaults(waiting.map(({ id }) => id))
      clear()
      await Promise.all([
        client.invalidateQueries({ queryKey: ['list'] }),
        client.invalidateQueries({ queryKey: ['machine-qa'] }),
      ])
      toast(`${waiting.length} ${waiting.length === 1 ? 'fault' : 'faults'} reviewed.`)
    } catch (error) {
      toastError('The review was not stored', error)
    }
  }
  return (
    <Button disabled={waiting.length === 0} onClick={() => void review()}>
      Review {waiting.length} {waiting.length === 1 ? 'fault' : 'faults'}
    </Button>
  )
}
