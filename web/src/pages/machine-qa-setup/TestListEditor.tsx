import { Button, Skeleton, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { arrangeTestList } from '../../api/machine-qa/configuration.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast } from '../../ui/toasts.ts'
import { useKeptState } from '../../ui/use-kept-state.ts'
import { AddByName } from './AddByName.tsx'
import { type ListMember, memberKey, problemsOf, toArrangement } from './arrangement.ts'
import { keptNote } from './kept-note.ts'
import { OrderedRows } from './OrderedRows.tsx'
import { OrderHint } from './OrderHint.tsx'
import { PerformedOrder } from './PerformedOrder.tsx'
import { type ArrangedList, arrangedListQuery, readSublists, readTests } from './read-members.ts'
import { SaveProblem } from './SaveProblem.tsx'
import classes from './setup.module.css'

/** The tests and sublists of a test list in the order of performing. */
export function TestListEditor({ id }: { readonly id: number }): ReactElement {
  const list = useQuery(arrangedListQuery(id))
  const client = useQueryClient()
  const [opened, setOpened] = useState(0)
  const reopen = async (): Promise<void> => {
    await client.refetchQueries({ queryKey: arrangedListQuery(id).queryKey })
    setOpened((count) => count + 1)
  }
  if (list.isError && list.data === undefined) {
    return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
  }
  if (list.data === undefined) return <Skeleton height={320} />
  return <LoadedEditor key={opened} id={id} stored={list.data} onReopen={reopen} />
}

interface LoadedEditorProps {
  readonly id: number
  readonly stored: ArrangedList
  readonly onReopen: () => Promise<void>
}

function LoadedEditor({ id, stored, onReopen }: LoadedEditorProps): ReactElement {
  const client = useQueryClient()
  const kept = useKeptState<readonly ListMember[]>(
    `machine-qa.test-list.${id}.members`,
    stored.members,
    stored.version,
  )
  const { value: members, setValue: setMembers, isChanged } = kept
  const problems = problemsOf(id, members)
  const save = useMutation({
    mutationFn: () => arrangeTestList(id, { version: kept.version, ...toArrangement(members) }),
    onSuccess: async () => {
      kept.forget()
      await onReopen()
      await client.invalidateQueries({ queryKey: ['record', 'machine-qa.test-list', String(id)] })
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      toast('Tests of the list saved.')
    },
  })
  const add = (member: ListMember | undefined, label: string): void => {
    if (member === undefined) throw new Error(`${label} could not be read.`)
    if (members.some((known) => memberKey(known) === memberKey(member))) {
      throw new Error('A list can contain each of them only once.')
    }
    setMembers([...members, member])
  }
  const addTest = async ({ id: testId, label }: ReferenceOption): Promise<void> =>
    add((await readTests([testId]))[0], label)
  const addSublist = async (list: ReferenceOption): Promise<void> =>
    add((await readSublists([{ list, outline: false }]))[0], list.label)
  const setOutline = (sublistId: number, outline: boolean): void =>
    setMembers(
      members.map((member) =>
        member.kind === 'sublist' && member.id === sublistId ? { ...member, outline } : member,
      ),
    )
  const reload = (): void => {
    kept.forget()
    void onReopen()
  }
  return (
    <>
      <SaveProblem error={save.error} what="The list" onReload={reload} />
      <OrderHint />
      <div className={classes.columns}>
        <Panel title="Tests and sublists" padding="flush">
          {members.length === 0 ? <EmptyNote>Add the first test of this list.</EmptyNote> : null}
          <OrderedRows
            label="Tests and sublists"
            items={members}
            keyOf={memberKey}
            nameOf={({ name }) => name}
            onChange={setMembers}
          >
            {(member) => <Member member={member} onOutline={setOutline} />}
          </OrderedRows>
          <div className={classes.add}>
            <AddByName target="machine-qa.test" label="Add test" onAdd={addTest} />
            <AddByName target="machine-qa.test-list" label="Add sublist" onAdd={addSublist} />
          </div>
        </Panel>
        <PerformedOrder members={members} problems={problems} />
      </div>
      <ActionBar state={keptNote(kept)}>
        <Button variant="default" disabled={!isChanged} onClick={kept.discard}>
          Discard changes
        </Button>
        <Button loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate()}>
          Save tests
        </Button>
      </ActionBar>
    </>
  )
}

interface MemberProps {
  readonly member: ListMember
  readonly onOutline: (sublistId: number, outline: boolean) => void
}

function Member({ member, onOutline }: MemberProps): ReactElement {
  if (member.kind === 'test') {
    return (
      <>
        <span className={`${classes.name} ${classes.grow}`}>{member.name}</span>
        <span className={classes.macro}>{member.macro}</span>
      </>
    )
  }
  const { tests } = member
  return (
    <>
      <span className={classes.grow}>
        <span className={classes.name}>{member.name}</span>{' '}
        <span className={classes.detail}>
          sublist, {tests.length} {tests.length === 1 ? 'test' : 'tests'}
        </span>
      </span>
      <Switch
        size="sm"
        label="Frame"
        aria-label={`Draw a frame around ${member.name}`}
        checked={member.outline}
        onChange={(event) => onOutline(member.id, event.currentTarget.checked)}
      />
    </>
  )
}
