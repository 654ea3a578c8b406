import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type DocumentRow, documentKindsQuery, issueDocument, readDocuments } from '../../api/reports.ts'
import { usePermission } from '../../api/session.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toast, toastError } from '../../ui/toasts.ts'

const COLUMNS: readonly TableColumn<DocumentRow>[] = [
  {
    id: 'number',
    header: 'Number',
    cell: ({ label, href }) => (
      <a href={href} target="_blank" rel="noreferrer">
        <span className="ts-mono">{label}</span>
      </a>
    ),
    sortable: true,
  },
  { id: 'title', header: 'Title', cell: ({ title }) => title, sortable: true },
  { id: 'kind', header: 'Kind', cell: ({ kindTitle }) => kindTitle },
  {
    id: 'state',
    header: 'State',
    cell: ({ supersededById }) =>
      supersededById === null ? (
        <StatusChip token="ok">Current</StatusChip>
      ) : (
        <StatusChip token="void">Superseded</StatusChip>
      ),
  },
  {
    id: 'issuedAt',
    header: 'Issued',
    cell: ({ issuedAt }) => <RelativeTime at={issuedAt} hint="tooltip" />,
    sortable: true,
  },
  { id: 'issuedBy', header: 'By', cell: ({ issuedBy }) => issuedBy.label },
  {
    id: 'sha256',
    header: 'SHA-256',
    cell: ({ sha256 }) => (
      <span className="ts-mono" title={sha256}>
        {sha256.slice(0, 12)}…
      </span>
    ),
    hidden: true,
  },
]

/** What was given out under a number. Nothing of it ever changes. */
export function DocumentsPage(): ReactElement {
  const kinds = useQuery(documentKindsQuery)
  const list = useList<DocumentRow>({
    name: 'reports.document',
    defaultOrder: '-issuedAt',
    read: readDocuments,
  })
  const mayIssue = usePermission('reports.document.issue')
  const filters: readonly FilterField[] = [
    {
      name: 'kind',
      label: 'Kind',
      kind: 'choice',
      choices: (kinds.data?.items ?? []).map(({ kind, title }) => ({ value: kind, label: title })),
    },
    {
      name: 'current',
      label: 'Superseded',
      kind: 'choice',
      choices: [{ value: 'true', label: 'Leave out' }],
    },
  ]
  return (
    <>
      <PageHeader
        title="Issued documents"
        crumbs={[{ label: 'Reports', to: '/reports' }]}
        count={list.total}
        facts="Numbered without gaps, kept as they were issued."
      />
      <ListView
        list={list}
        label="Issued documents"
        columns={COLUMNS}
        filters={filters}
        rowKey={({ id }) => String(id)}
        isDimmed={({ supersededById }) => supersededById !== null}
        searchPlaceholder="Number or title"
        savedViews="none"
        empty={<EmptyNote>Nothing was issued yet. Issue a document from a saved report.</EmptyNote>}
        {...(mayIssue
          ? {
              bulk: (rows: readonly DocumentRow[], clear: () => void) => (
                <IssueAgain rows={rows} onDone={clear} />
              ),
            }
          : {})}
      />
    </>
  )
}

/** Makes the document of the same record anew; it takes the place of the chosen one. */
function IssueAgain({
  rows,
  onDone,
}: {
  readonly rows: readonly DocumentRow[]
  readonly onDone: () => void
}): ReactElement {
  const client = useQueryClient()
  const [row] = rows
  const isPossible = rows.length === 1 && row?.canBeIssued === true && row.supersededById === null
  const issue = useMutation({
    mutationFn: () =>
      issueDocument({ kind: row?.kind ?? '', subjectId: row?.subject?.id ?? '', supersedesId: row?.id ?? 0 }),
    onSuccess: async ({ label }) => {
      await client.invalidateQueries({ queryKey: ['list', 'reports.document'] })
      toast(`${label} issued.`)
      onDone()
    },
    onError: (error) => toastError('The document was not issued', error),
  })
  return (
    <Button variant="default" disabled={!isPossible} loading={issue.isPending} onClick={() => issue.mutate()}>
      Issue a new revision
    </Button>
  )
}
