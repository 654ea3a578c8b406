import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import type {
  WireQueueItem,
  WireReviewQueue,
} from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { readReviewQueue, reviewQueueQuery } from '../../api/machine-qa/program.ts'
import { decisionsOf, reviewStatusesQuery, useBulkReview } from '../../api/machine-qa/reviewing.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { queueFilters, RUN_KEY, reviewPath } from './queue-run.ts'
import classes from './review.module.css'

const COLUMNS: readonly TableColumn<WireQueueItem>[] = [
  { id: 'list', header: 'Test list', cell: ({ list }) => list.name },
  { id: 'unit', header: 'Unit', cell: ({ unit }) => unit.name },
  { id: 'outcome', header: 'Results', cell: (item) => <Outcome item={item} /> },
  {
    id: 'completed',
    header: 'Completed',
    cell: ({ workCompleted }) => <RelativeTime at={workCompleted} hint="tooltip" />,
  },
  { id: 'by', header: 'By', cell: ({ performedBy }) => performedBy ?? '–' },
  { id: 'comments', header: 'Comments', align: 'end', cell: ({ counts }) => counts.comments || '–' },
  {
    id: 'own',
    header: '',
    cell: ({ mayReview }) => (mayReview ? null : <span className="ts-dim">Your own</span>),
  },
]

const FILTERS: readonly FilterField[] = [
  { name: 'unit', label: 'Unit', kind: 'reference', target: 'machine-qa.unit' },
  { name: 'list', label: 'Test list', kind: 'reference', target: 'machine-qa.test-list' },
]

/** Sessions that wait for a review: differences first, everything that passed approved with one action. */
export function ReviewQueuePage(): ReactElement {
  const [search] = useUrlState()
  const client = useQueryClient()
  const list = useList<WireQueueItem>({
    name: 'machine-qa.review-queue',
    defaultOrder: 'differences',
    read: readReviewQueue,
  })
  // the queue is where a run of reviews begins anew
  useEffect(() => client.removeQueries({ queryKey: RUN_KEY }), [client])
  const queue = list.result.data as WireReviewQueue | undefined
  return (
    <>
      <PageHeader
        title="Review"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        count={queue?.waiting}
        facts={
          queue === undefined ? (
            'Reading what waits for a review …'
          ) : queue.waiting === 0 ? (
            'Nothing waits for a review'
          ) : (
            <FactsLine>
              <span className="ts-num">{queue.differences} need your eyes</span>
              <span className="ts-num">{queue.passed} passed</span>
            </FactsLine>
          )
        }
        primary={<ApprovePassed />}
      />
      <div className={classes.choices} data-print="hide">
        <SegmentedControl
          aria-label="Which sessions"
          value={search.show ?? 'all'}
          onChange={(show) => list.control.filter({ show: show === 'all' ? undefined : show })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'differences', label: 'Need eyes' },
            { value: 'passed', label: 'Passed' },
          ]}
        />
        <NativeSelect
          aria-label="Order"
          value={list.control.order}
          onChange={(event) => list.control.filter({ order: event.currentTarget.value })}
          data={[
            { value: 'differences', label: 'Differences first' },
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
        />
      </div>
      <ListView
        list={list}
        label="Sessions to review"
        columns={COLUMNS}
        filters={FILTERS}
        searchPlaceholder="Search lists and units"
        rowKey={(item) => String(item.id)}
        rowTo={(item) => reviewPath(item.id, search)}
        isDimmed={(item) => !item.mayReview}
        bulk={(rows, clear) => <BulkActions rows={rows} clear={clear} />}
        empty={<EmptyNote>Nothing waits for a review.</EmptyNote>}
      />
    </>
  )
}

function Outcome({ item }: { readonly item: WireQueueItem }): ReactElement {
  const { action, tolerance, notDone, ok, noTolerance } = item.counts
  if (item.passed) return <StatusChip token="ok">{ok + noTolerance} passed</StatusChip>
  return (
    <span className={classes.outcome}>
      {action === 0 ? null : <StatusChip token="act">{action} action</StatusChip>}
      {tolerance === 0 ? null : <StatusChip token="warn">{tolerance} tolerance</StatusChip>}
      {notDone === 0 ? null : <StatusChip token="void">{notDone} left out</StatusChip>}
      {action + tolerance + notDone === 0 ? (
        <StatusChip token="none">{item.flagged ? 'Flagged' : 'Commented'}</StatusChip>
      ) : null}
    </span>
  )
}

const MOST_AT_ONCE = 200

/** Approves every session of the queue, as it is filtered, that passed in all its results. */
function ApprovePassed(): ReactElement | null {
  const [search] = useUrlState()
  const [isAsking, setAsking] = useState(false)
  const passed = useQuery(
    reviewQueueQuery({ ...queueFilters(search), show: 'passed', own: 'reviewable', limit: MOST_AT_ONCE }),
  )
  const statuses = useQuery(reviewStatusesQuery)
  const review = useBulkReview()
  const [approved] = decisionsOf(statuses.data ?? []).filter(({ valid }) => valid)
  const sessions = passed.data?.items ?? []
  const isPossible = approved !== undefined && sessions.length > 0
  useShortcut('a', 'Approve all that passed', () => setAsking(true), { enabled: isPossible })
  if (approved === undefined) return null
  const words = sessions.length === 1 ? '1 session that passed' : `${sessions.length} sessions that passed`
  return (
    <>
      <Button disabled={!isPossible} onClick={() => setAsking(true)}>
        Approve {words}
      </Button>
      {isAsking ? (
        <ConfirmWithReason
          title={`Approve ${words}?`}
          action={`Approve ${sessions.length === 1 ? '1 session' : `${sessions.length} sessions`}`}
          reason="none"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await review.mutateAsync({ sessions, statusId: approved.id })
            toast(`${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'} approved.`)
          }}
        >
          All their results are within tolerance or have none, nothing was left out, and nobody commented. All
          results become “{approved.name}”. If somebody else reviewed one of them meanwhile, none is stored.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}

interface BulkActionsProps {
  readonly rows: readonly WireQueueItem[]
  readonly clear: () => void
}

/** One status for all results of the selected sessions. */
function BulkActions({ rows, clear }: BulkActionsProps): ReactElement {
  const statuses = useQuery(reviewStatusesQuery)
  const review = useBulkReview()
  const sessions = rows.filter(({ mayReview }) => mayReview)
  const own = rows.length - sessions.length
  const store = async (statusId: number, name: string): Promise<void> => {
    try {
      await review.mutateAsync({ sessions, statusId })
      clear()
      toast(`${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}: ${name}.`)
    } catch (error) {
      toastError('The review was not stored', error)
    }
  }
  return (
    <>
      {decisionsOf(statuses.data ?? []).map(({ id, name, valid }) => (
        <Button
          key={id}
          variant={valid ? 'filled' : 'default'}
          disabled={sessions.length === 0}
          loading={review.isPending && review.variables.statusId === id}
          onClick={() => void store(id, name)}
        >
          Set {sessions.length} to {name}
        </Button>
      ))}
      {own === 0 ? null : <span className="ts-dim">{own} of them are your own</span>}
    </>
  )
}
