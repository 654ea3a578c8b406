import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { request } from '../../api/client.ts'
import { qaRecordQuery } from '../../api/machine-qa/configuration.ts'
import type { RecordRow, Reference } from '../../api/records.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toasts.ts'
import { useKeptState } from '../../ui/use-kept-state.ts'
import { AddByName } from './AddByName.tsx'
import { keptNote } from './kept-note.ts'
import { OrderedRows } from './OrderedRows.tsx'
import { OrderHint } from './OrderHint.tsx'
import { referenceOf } from './read-members.ts'
import { SaveProblem } from './SaveProblem.tsx'
import classes from './setup.module.css'

const PATH = 'test-list-cycles'

/** The days of a cycle, each with its list; a list may come more than once. */
export function CycleEditor({ id }: { readonly id: number }): ReactElement {
  const query = { ...qaRecordQuery(PATH, String(id)), staleTime: 0, refetchOnWindowFocus: false }
  const cycle = useQuery(query)
  const client = useQueryClient()
  const [opened, setOpened] = useState(0)
  const reopen = async (): Promise<void> => {
    await client.refetchQueries({ queryKey: query.queryKey })
    setOpened((count) => count + 1)
  }
  if (cycle.isError && cycle.data === undefined) {
    return <ErrorPanel error={cycle.error} onRetry={() => void cycle.refetch()} />
  }
  if (cycle.data === undefined) return <Skeleton height={320} maw={820} />
  return <LoadedEditor key={opened} stored={cycle.data} onReopen={reopen} />
}

/** A list has no identity of its own here: it may stand on several days. */
interface CycleDay {
  readonly key: number
  readonly list: Reference
}

interface LoadedEditorProps {
  readonly stored: RecordRow
  readonly onReopen: () => Promise<void>
}

function LoadedEditor({ stored, onReopen }: LoadedEditorProps): ReactElement {
  const client = useQueryClient()
  const [storedDays] = useState(() => daysOf(stored))
  const kept = useKeptState<readonly CycleDay[]>(
    `machine-qa.test-list-cycle.${stored.id}.days`,
    storedDays,
    stored.version,
  )
  const { value: days, setValue: setDays, isChanged } = kept
  const save = useMutation({
    mutationFn: () =>
      request<RecordRow>(`/machine-qa/${PATH}/${stored.id}`, {
        method: 'PATCH',
        body: { version: kept.version, testLists: days.map(({ list }) => list.id) },
      }),
    onSuccess: async () => {
      kept.forget()
      await onReopen()
      await client.invalidateQueries({
        queryKey: ['record', 'machine-qa.test-list-cycle', String(stored.id)],
      })
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      toast('Days of the cycle saved.')
    },
  })
  const add = (list: Reference): void => {
    const nextKey = 1 + Math.max(-1, ...days.map(({ key }) => key))
    setDays([...days, { key: nextKey, list }])
  }
  const reload = (): void => {
    kept.forget()
    void onReopen()
  }
  return (
    <div className={classes.narrow}>
      <SaveProblem error={save.error} what="The cycle" onReload={reload} />
      <OrderHint />
      <Panel title="Days" padding="flush" aside={<span className={classes.detail}>{countOf(days)}</span>}>
        {days.length === 0 ? <EmptyNote>Choose the list of the first day.</EmptyNote> : null}
        <OrderedRows
          label="Days"
          items={days}
          keyOf={({ key }) => String(key)}
          nameOf={({ list }) => list.label}
          onChange={setDays}
        >
          {({ list }) => <span className={classes.name}>{list.label}</span>}
        </OrderedRows>
        <div className={classes.add}>
          <AddByName
            target="machine-qa.test-list"
            label="Add day"
            description="The same list may come again."
            onAdd={add}
          />
        </div>
      </Panel>
      <ActionBar state={keptNote(kept)}>
        <Button variant="default" disabled={!isChanged} onClick={kept.discard}>
          Discard changes
        </Button>
        <Button loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate()}>
          Save days
        </Button>
      </ActionBar>
    </div>
  )
}

function daysOf(cycle: RecordRow): readonly CycleDay[] {
  const lists = Array.isArray(cycle.testLists) ? cycle.testLists : []
  return lists.map((list: unknown, key) => ({ key, list: referenceOf(list) }))
}

function countOf(days: readonly CycleDay[]): string {
  return days.length === 1 ? '1 day' : `${days.length} days`
}
