import { Button, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { request } from '../../api/client.ts'
import { arrangeTestList, qaRecordQuery, qaRecordsQuery } from '../../api/machine-qa/configuration.ts'
import type { RecordRow, Reference } from '../../api/records.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './OrderedMembers.module.css'
import { OrderedMembers } from './OrderedMembers.tsx'
import { arrangementOf, type Member } from './ordered-members.ts'

const MOST = 1000

/** Tests and sublists of a test list in the order of performing. */
export function ArrangeListPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const list = useQuery(qaRecordQuery('test-lists', id))
  const tests = useQuery(qaRecordsQuery('test-list-memberships', { testList: id, limit: MOST }))
  const sublists = useQuery(qaRecordsQuery('sublists', { parent: id, limit: MOST }))
  const failed = [list, tests, sublists].find(({ isError }) => isError)
  if (failed !== undefined) return <Failed error={failed.error} record="test-list" />
  if (list.data === undefined || tests.data === undefined || sublists.data === undefined) {
    return <Loading />
  }
  const row = list.data
  const members = membersOf(tests.data.items, sublists.data.items)
  return (
    <Arranging
      key={row.version}
      row={row}
      record="test-list"
      hint="The order in which the tests are performed. A list inside this one brings its own tests."
      members={members}
      choices={['test', 'sublist']}
      onSave={async (next) => {
        await arrangeTestList(row.id, { version: row.version, ...arrangementOf(next) })
      }}
    />
  )
}

/** The lists of a cycle, one for each day; the same list may come on several. */
export function ArrangeCyclePage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const cycle = useQuery(qaRecordQuery('test-list-cycles', id))
  if (cycle.isError) return <Failed error={cycle.error} record="test-list-cycle" />
  if (cycle.data === undefined) return <Loading />
  const row = cycle.data
  const lists = Array.isArray(row.testLists) ? (row.testLists as readonly Reference[]) : []
  return (
    <Arranging
      key={row.version}
      row={row}
      record="test-list-cycle"
      hint="One list a day, in this order. The same list may come again."
      members={lists.map((list, day) => memberOf('sublist', list, `day ${day}`))}
      choices={['sublist']}
      onSave={async (next) => {
        await request(`/machine-qa/test-list-cycles/${row.id}`, {
          method: 'PATCH',
          body: { version: row.version, testLists: next.map((member) => member.id) },
        })
      }}
    />
  )
}

function membersOf(tests: readonly RecordRow[], sublists: readonly RecordRow[]): readonly Member[] {
  const placed = [
    ...tests.map((row) => ({ row, member: memberOf('test', row.test as Reference) })),
    ...sublists.map((row) => ({
      row,
      member: { ...memberOf('sublist', row.child as Reference), outline: row.outline === true },
    })),
  ]
  return placed.toSorted((a, b) => Number(a.row.order) - Number(b.row.order)).map(({ member }) => member)
}

function memberOf(kind: Member['kind'], { id, label }: Reference, key = `${kind} ${id}`): Member {
  return { key, kind, id, label, outline: false }
}

function Loading(): ReactElement {
  return (
    <>
      <PageHeader title="Order" crumbs={[{ label: 'Administration', to: '/admin' }]} loading />
      <Skeleton height={400} mt={24} />
    </>
  )
}

function Failed({ error, record }: { readonly error: unknown; readonly record: string }): ReactElement {
  return (
    <>
      <PageHeader
        title="Order"
        crumbs={[
          { label: 'Administration', to: '/admin' },
          { label: 'All', to: `/admin/machine-qa.${record}` },
        ]}
      />
      <ErrorPanel error={error} />
    </>
  )
}

interface ArrangingProps {
  readonly row: RecordRow
  readonly record: 'test-list' | 'test-list-cycle'
  readonly hint: string
  readonly members: readonly Member[]
  readonly choices: readonly Member['kind'][]
  readonly onSave: (members: readonly Member[]) => Promise<void>
}

function Arranging({ row, record, hint, members: before, choices, onSave }: ArrangingProps): ReactElement {
  const client = useQueryClient()
  const router = useRouter()
  const [members, setMembers] = useState(before)
  const [isBusy, setBusy] = useState(false)
  const home = `/admin/machine-qa.${record}/${row.id}`
  const isChanged = members !== before
  const add = (kind: Member['kind'], chosen: ReferenceOption | null): void => {
    if (chosen === null) return
    const repeats = record === 'test-list-cycle'
    if (!repeats && members.some((member) => member.kind === kind && member.id === chosen.id)) return
    const key = repeats ? `day ${crypto.randomUUID()}` : `${kind} ${chosen.id}`
    setMembers([...members, memberOf(kind, chosen, key)])
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await onSave(members)
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      await client.invalidateQueries({ queryKey: ['record'] })
      toast('Order saved.')
      await router.navigate({ href: home })
    } catch (error) {
      toastError('The order was not saved', error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader
        title={String(row.name)}
        kind={record === 'test-list' ? 'Order of a test list' : 'Days of a cycle'}
        crumbs={[
          { label: 'Administration', to: '/admin' },
          { label: String(row.name), to: home },
        ]}
        count={members.length}
        facts={hint}
      />
      <Panel padding="flush">
        <OrderedMembers label="Order" members={members} onChange={setMembers} empty="Nothing yet." />
      </Panel>
      <div className={classes.add}>
        {choices.includes('test') ? (
          <ReferenceSelect
            target="machine-qa.test"
            label="Add a test"
            value={null}
            onChange={(chosen) => add('test', chosen)}
          />
        ) : null}
        <ReferenceSelect
          target="machine-qa.test-list"
          label={record === 'test-list' ? 'Add a list inside this one' : 'Add a day with the list'}
          value={null}
          onChange={(chosen) => add('sublist', chosen)}
        />
      </div>
      <ActionBar state={isChanged ? 'Not saved yet' : 'Nothing changed'}>
        <Button loading={isBusy} onClick={() => void save()}>
          Save order
        </Button>
      </ActionBar>
    </>
  )
}
