import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type {
  WireOutcomes,
  WireWorkItem,
  WireWorkList,
} from '../../../../src/dialects/native/machine-qa/work.schema.ts'
import { DUE } from '../../api/machine-qa/words.ts'
import { readWork } from '../../api/machine-qa/work.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { appHref } from '../../ui/app-path.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { formatDay } from '../../ui/site-time.ts'
import classes from './work.module.css'

export const WORK_COLUMNS: readonly TableColumn<WireWorkItem>[] = [
  { id: 'name', header: 'Test list', cell: (item) => item.name, sortable: true },
  { id: 'unit', header: 'Unit', cell: (item) => item.unit.name, sortable: true },
  { id: 'dueStatus', header: 'Status', cell: (item) => <DueChip item={item} />, sortable: true },
  { id: 'due', header: 'Due', cell: (item) => <DueDate item={item} />, sortable: true },
  { id: 'frequency', header: 'Frequency', cell: (item) => item.frequency?.name ?? 'Ad hoc', sortable: true },
  { id: 'last', header: 'Last done', cell: (item) => <LastDone item={item} />, sortable: true },
  { id: 'assignedTo', header: 'Assigned to', cell: (item) => item.assignedTo?.name ?? '–', hidden: true },
  { id: 'site', header: 'Site', cell: (item) => item.site?.name ?? '–', hidden: true },
  { id: 'action', header: '', cell: (item) => <WorkAction item={item} />, align: 'end' },
]

const FILTERS: readonly FilterField[] = [
  { name: 'unit', label: 'Unit', kind: 'reference', target: 'machine-qa.unit' },
  { name: 'site', label: 'Site', kind: 'reference', target: 'equipment.site' },
  { name: 'frequency', label: 'Frequency', kind: 'reference', target: 'machine-qa.frequency' },
  {
    name: 'due',
    label: 'Due',
    kind: 'choice',
    choices: [
      { value: 'overdue', label: 'Overdue' },
      { value: 'due', label: 'Due' },
      { value: 'later', label: 'Not due' },
      { value: 'none', label: 'No due date' },
    ],
  },
  { name: 'category', label: 'Category', kind: 'reference', target: 'machine-qa.category' },
]

/** What is to be performed, most urgent first. */
export function WorkListPage(): ReactElement {
  const list = useList<WireWorkItem>({ name: 'machine-qa.work', defaultOrder: 'due', read: readWork })
  const answer = list.result.data as WireWorkList | undefined
  return (
    <>
      <PageHeader
        title="Work list"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        count={list.total}
        facts={
          <FactsLine>
            <span className="ts-num">{answer?.counts.action ?? '–'} overdue</span>
            <span className="ts-num">{answer?.counts.tolerance ?? '–'} due</span>
            <span className="ts-num">{answer?.counts.ok ?? '–'} not due yet</span>
          </FactsLine>
        }
      />
      <ListView
        list={list}
        label="Work"
        columns={WORK_COLUMNS}
        filters={FILTERS}
        searchPlaceholder="Search lists and units"
        rowKey={(item) => String(item.assignmentId)}
        rowTo={workPath}
        empty={<EmptyNote>Nothing is assigned to your groups.</EmptyNote>}
      />
    </>
  )
}

/** Where a row leads: the session in progress, or a new one. */
export function workPath(item: WireWorkItem): string {
  return item.inProgress === null
    ? `/machine-qa/perform/${item.assignmentId}`
    : `/machine-qa/sessions/${item.inProgress.sessionId}/edit`
}

function DueChip({ item }: { readonly item: WireWorkItem }): ReactElement {
  const { token, word } = DUE[item.dueStatus]
  return <StatusChip token={token}>{word}</StatusChip>
}

function DueDate({ item }: { readonly item: WireWorkItem }): ReactElement {
  const { window } = item
  const hint = window === null ? undefined : `Perform ${formatDay(window.from)} to ${formatDay(window.to)}`
  return (
    <span title={hint}>
      <RelativeTime at={item.dueAt} hint="tooltip" />
    </span>
  )
}

function LastDone({ item }: { readonly item: WireWorkItem }): ReactElement {
  if (item.last === null) return <span className="ts-dim">Never</span>
  return (
    <span className={classes.last}>
      <AppLink to={`/machine-qa/sessions/${item.last.sessionId}`}>
        <RelativeTime at={item.last.at} hint="tooltip" />
      </AppLink>
      <Outcomes outcomes={item.last.outcomes} />
    </span>
  )
}

/** How the results of a session turned out: what needs eyes, or that nothing does. */
function Outcomes({ outcomes }: { readonly outcomes: WireOutcomes }): ReactElement {
  const { ok, tolerance, action } = outcomes
  if (action + tolerance === 0) return <StatusChip token={ok === 0 ? 'none' : 'ok'}>{ok}</StatusChip>
  return (
    <>
      {action === 0 ? null : <StatusChip token="act">{action}</StatusChip>}
      {tolerance === 0 ? null : <StatusChip token="warn">{tolerance}</StatusChip>}
    </>
  )
}

/** The verb for a row; the row itself leads there too, so that the button need not be a stop of the Tab key. */
function WorkAction({ item }: { readonly item: WireWorkItem }): ReactElement {
  const router = useRouter()
  const path = workPath(item)
  return (
    <Button
      component="a"
      href={appHref(path)}
      variant="default"
      size="compact-md"
      aria-label={`${item.inProgress === null ? 'Perform' : 'Continue'} ${item.name} on ${item.unit.name}`}
      onClick={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void router.navigate({ href: path })
      }}
    >
      {item.inProgress === null ? 'Perform' : 'Continue'}
    </Button>
  )
}
