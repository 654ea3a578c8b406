import { Button, SegmentedControl } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireSampleRow } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { movesForAll } from '../../api/lims/offered-moves.ts'
import { readSamples, useMove } from '../../api/lims/samples.ts'
import { isForward, needsReason, verbOf } from '../../api/lims/words.ts'
import { holds, usePermission, useSession } from '../../api/session.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import { SAMPLE_COLUMNS } from './sample-columns.tsx'

const TABS = [
  { value: '', label: 'All' },
  { value: 'sample_due', label: 'Due' },
  { value: 'sample_received', label: 'Received' },
  { value: 'to_be_verified', label: 'To be verified' },
  { value: 'verified', label: 'Verified' },
  { value: 'published', label: 'Published' },
  { value: 'late', label: 'Late' },
  { value: 'cancelled', label: 'Cancelled' },
]

const FILTERS: readonly FilterField[] = [
  { name: 'client', label: 'Client', kind: 'reference', target: 'lims.client' },
  { name: 'sampleType', label: 'Type', kind: 'reference', target: 'lims.sample-type' },
  { name: 'day', label: 'Received or registered', kind: 'day' },
  { name: 'batch', label: 'Batch', kind: 'reference', target: 'lims.batch' },
]

/** The samples that the reader may see. */
export function SampleListPage(): ReactElement {
  const router = useRouter()
  const mayRegister = usePermission('lims.sample.register')
  const list = useList<WireSampleRow>({
    name: 'lims.samples',
    defaultOrder: '-registeredAt',
    read: readSamples,
  })
  const state = list.control.filters.state ?? ''
  const register = (
    <Button onClick={() => void router.navigate({ href: '/lims/samples/new' })}>Register samples</Button>
  )
  useShortcut('n', 'Register samples', () => void router.navigate({ href: '/lims/samples/new' }), {
    enabled: mayRegister,
  })
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Samples"
        crumbs={[{ label: 'Laboratory', to: '/lims' }]}
        count={list.total}
        {...(mayRegister ? { primary: register } : {})}
      />
      <div className={classes.choices} data-print="hide">
        <SegmentedControl
          aria-label="State"
          value={TABS.some(({ value }) => value === state) ? state : ''}
          onChange={(next) => list.control.filter({ state: next === '' ? undefined : next })}
          data={TABS}
        />
      </div>
      <ListView
        list={list}
        label="Samples"
        columns={SAMPLE_COLUMNS}
        filters={FILTERS}
        searchPlaceholder="Search samples and clients"
        rowKey={({ id }) => String(id)}
        rowTo={({ id }) => `/lims/samples/${id}`}
        isDimmed={({ cancelled }) => cancelled}
        bulk={(rows, clear) => <BulkMoves rows={rows} clear={clear} />}
        empty={<EmptyNote {...(mayRegister ? { action: register } : {})}>No samples yet.</EmptyNote>}
      />
    </>
  )
}

interface BulkMovesProps {
  readonly rows: readonly WireSampleRow[]
  readonly clear: () => void
}

/** What all selected samples can do. */
function BulkMoves({ rows, clear }: BulkMovesProps): ReactElement {
  const { user } = useSession()
  const move = useMove()
  const [asked, setAsked] = useState<{ readonly id: string; readonly title: string }>()
  const moves = movesForAll(rows, (permission) => holds(user, permission))
  const samples = rows.length === 1 ? '1 sample' : `${rows.length} samples`
  const run = async (id: string, reason?: string): Promise<void> => {
    await move.mutateAsync({
      objects: rows.map((row) => ({ record: 'request', id: row.id })),
      action: id,
      ...(reason === undefined ? {} : { reason }),
    })
    clear()
    toast(`${samples}: ${verbOf({ id, title: id }).toLowerCase()} done.`)
  }
  if (moves.length === 0)
    return <span className="ts-dim">Nothing can be done with all of these together.</span>
  return (
    <>
      {moves.map((each) => (
        <Button
          key={each.id}
          variant={isForward(each.id) ? 'filled' : 'default'}
          loading={move.isPending}
          onClick={() => {
            if (needsReason(each.id)) setAsked(each)
            else run(each.id).catch((error: unknown) => toastError('None of the samples was moved', error))
          }}
        >
          {verbOf(each)} {samples}
        </Button>
      ))}
      {asked === undefined ? null : (
        <ConfirmWithReason
          title={`${verbOf(asked)} ${samples}?`}
          action={`${verbOf(asked)} ${samples}`}
          reason="required"
          danger
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => run(asked.id, reason)}
        >
          The reason is kept in the history of each. If one of them is refused, none is moved.
        </ConfirmWithReason>
      )}
    </>
  )
}
