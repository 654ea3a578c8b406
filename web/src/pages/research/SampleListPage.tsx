import { Button } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import type {
  ResearchChoices,
  SampleRow,
  SearchFields,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { unitSign, valueAt, valueText } from '../../api/research/info-text.ts'
import { choicesQuery, labelsAddress, searchFieldsQuery, searchSamples } from '../../api/research/samples.ts'
import { INFO_PREFIX, searchText } from '../../api/research/search-query.ts'
import { usePermission } from '../../api/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { RegisterButton } from './OverviewPage.tsx'
import { ResearchSections } from './ResearchSections.tsx'
import { SampleExportMenu } from './SampleExportMenu.tsx'
import { SampleStateChip } from './SampleStateChip.tsx'
import { SearchHelp } from './SearchHelp.tsx'
import { SAMPLE_STATES } from './sample-state.ts'

/** Samples by text, by an expression, and by every field of their types. */
export function SampleListPage(): ReactElement {
  const { data: choices } = useSuspenseQuery(choicesQuery)
  const fields = useQuery(searchFieldsQuery)
  const mayAdd = usePermission('research.sample.add')
  const list = useList<SampleRow>({
    name: 'research.sample',
    defaultOrder: '-dateCreated',
    read: ({ order, limit, offset, ...query }, signal) =>
      searchSamples({ q: searchText(query, choices), order, limit, offset }, signal),
  })
  const found = useMemo(() => distinctFields(fields.data), [fields.data])
  const columns = useMemo(() => [...OWN_COLUMNS, ...found.map(columnOf)], [found])
  const filters = useMemo(() => [...ownFilters(choices), ...found.map(filterOf)], [choices, found])
  const search = searchText(list.query, choices)
  return (
    <>
      <ResearchSections />
      <PageHeader
        title="Samples"
        crumbs={[{ label: 'Research', to: '/research' }]}
        count={list.total}
        actions={
          <>
            <SearchHelp fields={found} />
            <SampleExportMenu of={{ q: search }} />
          </>
        }
        {...(mayAdd ? { primary: <RegisterButton /> } : {})}
      />
      <SearchProblem error={list.result.error} />
      <ListView
        list={list}
        label="Samples"
        columns={columns}
        filters={filters}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/research/samples/${row.id}`}
        isDimmed={(row) => row.state === 'consumed' || row.state === 'archived'}
        searchPlaceholder="Words, or weight_in_g > 5 g"
        bulk={(rows) => <BulkActions ids={rows.map(({ id }) => id)} />}
        empty={
          <EmptyNote {...(mayAdd ? { action: <RegisterButton /> } : {})}>
            No sample is registered yet.
          </EmptyNote>
        }
      />
    </>
  )
}

function BulkActions({ ids }: { readonly ids: readonly number[] }): ReactElement {
  return (
    <>
      <SampleExportMenu of={{ ids }} />
      <Button component="a" variant="default" href={labelsAddress(ids)} target="_blank">
        Print {ids.length === 1 ? 'label' : `${ids.length} labels`}
      </Button>
    </>
  )
}

/** What in the search could not be read, beside the box in which it was typed. */
function SearchProblem({ error }: { readonly error: unknown }): ReactElement | null {
  if (!(error instanceof ApiError) || error.problems.length === 0) return null
  return <Banner token="warn">{error.problems.map(({ problem }) => problem).join(' ')}</Banner>
}

const OWN_COLUMNS: readonly TableColumn<SampleRow>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortable: true },
  {
    id: 'sampleId',
    header: 'Id',
    cell: (row) => <span className="ts-mono">{row.sampleId}</span>,
    sortable: true,
  },
  { id: 'sampleType', header: 'Type', cell: (row) => row.sampleType.label },
  {
    id: 'state',
    header: 'State',
    cell: (row) => <SampleStateChip state={row.state} warnings={row.warningCount} />,
    sortable: true,
  },
  {
    id: 'dateCreated',
    header: 'Made on',
    cell: (row) => <span className="ts-num">{formatDay(row.dateCreated)}</span>,
    sortable: true,
  },
  { id: 'project', header: 'Project', cell: (row) => row.project.label },
  { id: 'institute', header: 'Institute', cell: (row) => row.institute.label, hidden: true },
]

function ownFilters({ sampleTypes, projects, institutes }: ResearchChoices): readonly FilterField[] {
  const choicesOf = (rows: readonly { readonly id: number; readonly label: string }[]) =>
    rows.map(({ id, label }) => ({ value: String(id), label }))
  const types = sampleTypes.map(({ id, name }) => ({ id, label: name }))
  const states = Object.entries(SAMPLE_STATES).map(([value, { word }]) => ({ value, label: word }))
  return [
    { name: 'type', label: 'Type', kind: 'choice', choices: choicesOf(types) },
    { name: 'project', label: 'Project', kind: 'choice', choices: choicesOf(projects) },
    { name: 'institute', label: 'Institute', kind: 'choice', choices: choicesOf(institutes) },
    { name: 'date_created', label: 'Made on', kind: 'day' },
    { name: 'state', label: 'State', kind: 'choice', choices: states },
    { name: 'location', label: 'Location', kind: 'text' },
  ]
}

export type FoundField = SearchFields['items'][number]

/** Fields of several types under one path are one filter and one column. */
function distinctFields(fields: SearchFields | undefined): readonly FoundField[] {
  const byPath = new Map<string, FoundField>()
  for (const field of fields?.items ?? []) if (!byPath.has(field.path)) byPath.set(field.path, field)
  return [...byPath.values()]
}

const NUMERIC: ReadonlySet<string> = new Set(['number', 'integer', 'quantity', 'duration', 'range'])

function columnOf(field: FoundField): TableColumn<SampleRow> {
  const units = field.unit === null ? [] : [field.unit]
  return {
    id: INFO_PREFIX + field.path,
    header: field.label,
    hidden: true,
    ...(NUMERIC.has(field.kind) ? { align: 'end' } : {}),
    cell: (row) => (
      <span className={NUMERIC.has(field.kind) ? 'ts-num' : undefined}>
        {valueText({ kind: field.kind, units }, valueAt(row.info, field.path)) || '–'}
      </span>
    ),
  }
}

function filterOf(field: FoundField): FilterField {
  const common = { name: INFO_PREFIX + field.path, label: field.label }
  if (NUMERIC.has(field.kind))
    return { ...common, kind: 'number', ...(field.unit === null ? {} : { unit: unitSign(field.unit) }) }
  if (field.kind === 'date') return { ...common, kind: 'day' }
  return { ...common, kind: field.kind === 'boolean' ? 'boolean' : 'text' }
}
