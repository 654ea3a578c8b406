import { Checkbox, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { qaRecordsQuery } from '../../api/machine-qa/configuration.ts'
import type { RecordRow, Reference } from '../../api/records.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { CopyAssignments } from './CopyAssignments.tsx'
import { referenceOf } from './read-members.ts'
import classes from './setup.module.css'

/** What is to be done on a unit, and a way to give it to other units too. */
export function UnitAssignmentsTab({ id }: { readonly id: number }): ReactElement {
  const assignments = useQuery(qaRecordsQuery('assignments', { unit: id, order: 'name', limit: 1000 }))
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  if (assignments.isError && assignments.data === undefined) {
    return <ErrorPanel error={assignments.error} onRetry={() => void assignments.refetch()} />
  }
  if (assignments.data === undefined) return <Skeleton height={240} maw={820} />
  const { items } = assignments.data
  const add = <AppLink to="/admin/machine-qa.assignment/new">Add an assignment</AppLink>
  if (items.length === 0) {
    return <EmptyNote action={add}>Nothing is to be performed on this unit.</EmptyNote>
  }
  const toggle = (row: RecordRow): void => {
    const next = new Set(chosen)
    if (!next.delete(row.id)) next.add(row.id)
    setChosen(next)
  }
  return (
    <div className={classes.narrow}>
      <Panel title="Assignments" padding="flush" aside={add}>
        <ul className={classes.choices}>
          {items.map((row) => (
            <li key={row.id}>
              <Checkbox
                aria-label={`Choose ${String(row.name)}`}
                checked={chosen.has(row.id)}
                onChange={() => toggle(row)}
              />
              <span className={classes.grow}>
                <AppLink to={`/admin/machine-qa.assignment/${row.id}`}>{String(row.name)}</AppLink>
              </span>
              <span className={classes.detail}>{labelOf(row.frequency) ?? 'when needed'}</span>
              {row.active === true ? null : <span className={classes.detail}>not active</span>}
            </li>
          ))}
        </ul>
      </Panel>
      {chosen.size === 0 ? (
        <p className={classes.hint}>Choose assignments to copy them to other units.</p>
      ) : (
        <CopyAssignments assignmentIds={[...chosen]} />
      )}
    </div>
  )
}

function labelOf(value: unknown): Reference['label'] | undefined {
  return value === null ? undefined : referenceOf(value).label
}
