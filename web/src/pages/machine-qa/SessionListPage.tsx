import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { qaRecordsQuery } from '../../api/machine-qa/configuration.ts'
import { readSessions, SESSIONS_PATH, type SessionRow } from '../../api/machine-qa/sessions.ts'
import { usePermission } from '../../api/session.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { BulkReview } from './BulkReview.tsx'
import { referenceLabel } from './UnitReferences.tsx'

/** @param unitOf the name of the unit of an assignment */
function columnsFor(
  unitOf: (assignmentId: number | undefined) => string,
): readonly TableColumn<SessionRow>[] {
  return [
    ...COLUMNS.slice(0, 1),
    { id: 'unit', header: 'Unit', cell: (row) => unitOf(row.unitTestCollection?.id) },
    ...COLUMNS.slice(1),
  ]
}

const COLUMNS: readonly TableColumn<SessionRow>[] = [
  {
    id: 'workCompleted',
    header: 'Completed',
    cell: (row) => <RelativeTime at={row.workCompleted} hint="tooltip" />,
    sortable: true,
  },
  { id: 'testList', header: 'Test list', cell: (row) => row.testList?.label ?? '–' },
  {
    id: 'day',
    header: 'Day',
    cell: (row) => <span className="ts-num">{row.day + 1}</span>,
    align: 'end',
    sortable: true,
    hidden: true,
  },
  { id: 'state', header: 'State', cell: (row) => <SessionState row={row} /> },
  { id: 'reviewedBy', header: 'Reviewed by', cell: (row) => row.reviewedBy?.label ?? '–' },
  { id: 'id', header: 'Session', cell: (row) => <span className="ts-mono">{row.id}</span>, sortable: true },
]

const FILTERS: readonly FilterField[] = [
  {
    name: 'unitTestCollection.unit',
    label: 'Unit',
    kind: 'reference',
    target: 'machine-qa.unit',
  },
  { name: 'testList', label: 'Test list', kind: 'reference', target: 'machine-qa.test-list' },
  { name: 'workCompleted', label: 'Completed', kind: 'instant' },
  { name: 'allReviewed', label: 'Reviewed', kind: 'boolean' },
  { name: 'inProgress', label: 'In progress', kind: 'boolean' },
  { name: 'flagged', label: 'Flagged', kind: 'boolean' },
]

/** All sessions, newest first. */
export function SessionListPage(): ReactElement {
  const list = useList<SessionRow>({
    name: 'machine-qa.session',
    defaultOrder: '-workCompleted',
    read: readSessions,
  })
  return (
    <>
      <PageHeader title="Sessions" crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]} count={list.total} />
      <SessionList list={list} />
    </>
  )
}

/** The table of sessions, also on the page of a unit. */
export function SessionList({
  list,
}: {
  readonly list: ReturnType<typeof useList<SessionRow>>
}): ReactElement {
  const mayReview = usePermission('machine-qa.session.review')
  const rows = list.result.data?.items ?? []
  const ids = [...new Set(rows.flatMap((row) => row.unitTestCollection?.id ?? []))].toSorted((a, b) => a - b)
  const assignments = useQuery({
    ...qaRecordsQuery('assignments', { 'id:in': ids.join(','), limit: 500, includeRetired: true }),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  })
  const columns = useMemo(() => {
    const units = new Map(assignments.data?.items.map((row) => [row.id, referenceLabel(row.unit)]))
    return columnsFor((id) => units.get(id ?? 0) ?? '–')
  }, [assignments.data])
  return (
    <ListView
      list={list}
      label="Sessions"
      columns={columns}
      filters={FILTERS}
      rowKey={(row) => String(row.id)}
      rowTo={(row) => `/machine-qa/sessions/${row.id}${row.inProgress ? '/edit' : ''}`}
      isDimmed={(row) => row.voidedAt !== null}
      exportPath={SESSIONS_PATH}
      {...(mayReview ? { bulk } : {})}
      empty={<EmptyNote>Nothing has been performed yet.</EmptyNote>}
    />
  )
}

function bulk(rows: readonly SessionRow[], clear: () => void): ReactElement {
  return <BulkReview rows={rows} clear={clear} />
}

export function SessionState({ row }: { readonly row: SessionRow }): ReactElement {
  if (row.voidedAt !== null) return <StatusChip token="void">Voided</StatusChip>
  if (row.inProgress) return <StatusChip token="todo">In progress</StatusChip>
  if (row.allReviewed) return <StatusChip token="ok">Reviewed</StatusChip>
  return <StatusChip token="warn">Unreviewed</StatusChip>
}
