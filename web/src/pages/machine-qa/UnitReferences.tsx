import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo, useState } from 'react'
import { qaRecordsQuery } from '../../api/machine-qa/configuration.ts'
import type { RecordRow, Reference } from '../../api/records.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { Panel } from '../../ui/Panel.tsx'

const MOST = 1000

/** The value itself: the record of a reference is only called after unit and test. */
function columnsFor(values: ReadonlyMap<number, string>): readonly TableColumn<RecordRow>[] {
  return [
    { id: 'test', header: 'Test', cell: (row) => referenceLabel(row.test) },
    {
      id: 'reference',
      header: 'Reference',
      cell: (row) => <span className="ts-num">{values.get(idOf(row.reference)) ?? '–'}</span>,
      align: 'end',
    },
    { id: 'tolerance', header: 'Tolerance', cell: (row) => referenceLabel(row.tolerance) },
  ]
}

function idOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'id' in value ? (value as Reference).id : 0
}

function valueText({ type, value }: RecordRow): string {
  if (type === 'boolean') return value === 1 ? 'Yes' : 'No'
  return formatNumber(Number(value))
}

/** What the tests of a unit are compared with; each row leads to its history, where it is set. */
export function UnitReferences({ unitId }: { readonly unitId: string }): ReactElement {
  const [text, setText] = useState('')
  const infos = useQuery(qaRecordsQuery('unit-test-infos', { unit: unitId, active: true, limit: MOST }))
  const ids = (infos.data?.items ?? []).map((row) => idOf(row.reference)).filter((id) => id > 0)
  const references = useQuery({
    ...qaRecordsQuery('references', { 'id:in': ids.join(','), limit: MOST }),
    enabled: ids.length > 0,
  })
  const columns = useMemo(
    () => columnsFor(new Map(references.data?.items.map((row) => [row.id, valueText(row)]))),
    [references.data],
  )
  if (infos.isError) return <ErrorPanel error={infos.error} onRetry={() => void infos.refetch()} />
  const rows = infos.data?.items
    .filter((row) => referenceLabel(row.test).toLowerCase().includes(text.toLowerCase()))
    .toSorted((a, b) => referenceLabel(a.test).localeCompare(referenceLabel(b.test)))
  return (
    <>
      <TextInput
        aria-label="Search tests"
        placeholder="Search tests"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw={360}
        mb={16}
      />
      <Panel padding="flush">
        <DataTable<RecordRow>
          label="References and tolerances"
          columns={columns}
          rows={rows}
          rowKey={(row) => String(row.id)}
          rowTo={(row) => `/machine-qa/tests/${row.id}`}
          empty={<EmptyNote>No test has been assigned to this unit.</EmptyNote>}
        />
      </Panel>
    </>
  )
}

export function referenceLabel(value: unknown): string {
  const isReference = typeof value === 'object' && value !== null && 'label' in value
  return isReference ? (value as Reference).label : '–'
}
