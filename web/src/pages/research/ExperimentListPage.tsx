import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { Link, ResearchChoices } from '../../../../src/dialects/native/research/research.schema.ts'
import { EXPERIMENTS_PATH, type ExperimentRow, readExperiments } from '../../api/research/experiments.ts'
import { choicesQuery } from '../../api/research/samples.ts'
import { usePermission } from '../../api/session.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { ResearchSections } from './ResearchSections.tsx'

const COLUMNS: readonly TableColumn<ExperimentRow>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortable: true },
  { id: 'method', header: 'Method', cell: (row) => row.method?.label ?? '–' },
  {
    id: 'sample',
    header: 'Sample',
    cell: (row) => <span className="ts-mono">{row.sample?.label ?? '–'}</span>,
  },
  {
    id: 'dateCreated',
    header: 'Done on',
    cell: (row) => <span className="ts-num">{formatDay(row.dateCreated)}</span>,
    sortable: true,
  },
  { id: 'staff', header: 'Done by', cell: (row) => row.staff?.label ?? '–' },
  { id: 'project', header: 'Project', cell: (row) => row.project?.label ?? '–' },
]

/** What was done with samples. */
export function ExperimentListPage(): ReactElement {
  const { data: choices } = useSuspenseQuery(choicesQuery)
  const mayAdd = usePermission('research.experiment.add')
  const router = useRouter()
  const list = useList<ExperimentRow>({
    name: 'research.experiment',
    defaultOrder: '-dateCreated',
    read: readExperiments,
  })
  const filters = useMemo(() => filtersFor(choices), [choices])
  const record = (
    <Button onClick={() => void router.navigate({ href: '/research/experiments/new' })}>
      Record experiment
    </Button>
  )
  return (
    <>
      <ResearchSections />
      <PageHeader
        title="Experiments"
        crumbs={[{ label: 'Research', to: '/research' }]}
        count={list.total}
        {...(mayAdd ? { primary: record } : {})}
      />
      <ListView
        list={list}
        label="Experiments"
        columns={COLUMNS}
        filters={filters}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/research/experiments/${row.id}`}
        searchPlaceholder="Search name and notes"
        exportPath={EXPERIMENTS_PATH}
        empty={<EmptyNote {...(mayAdd ? { action: record } : {})}>No experiment is recorded yet.</EmptyNote>}
      />
    </>
  )
}

function filtersFor({ methods, projects, staff }: ResearchChoices): readonly FilterField[] {
  const choicesOf = (rows: readonly Link[]) => rows.map(({ id, label }) => ({ value: String(id), label }))
  return [
    { name: 'method', label: 'Method', kind: 'choice', choices: choicesOf(methods) },
    { name: 'project', label: 'Project', kind: 'choice', choices: choicesOf(projects) },
    { name: 'staff', label: 'Done by', kind: 'choice', choices: choicesOf(staff) },
    { name: 'dateCreated', label: 'Done on', kind: 'day' },
  ]
}
