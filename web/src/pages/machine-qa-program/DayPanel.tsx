import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import type {
  WireDayItem,
  WireProgramDay,
} from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import type { Query } from '../../api/client.ts'
import { programDayQuery } from '../../api/machine-qa/program.ts'
import { DUE } from '../../api/machine-qa/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { formatDay } from '../../ui/site-time.ts'
import classes from './program.module.css'

/** What a day consists of: due, done, planned. */
export function DayPanel({ day, query }: { readonly day: string; readonly query: Query }): ReactElement {
  const details = useQuery(programDayQuery({ ...query, day }))
  return (
    <div className={classes.dayPanel} aria-live="polite">
      <Panel title={formatDay(day)} padding="flush">
        {details.isError ? (
          <ErrorPanel error={details.error} onRetry={() => void details.refetch()} />
        ) : details.data === undefined ? (
          <Skeleton height={160} radius={0} />
        ) : (
          <DayLists details={details.data} />
        )}
      </Panel>
    </div>
  )
}

function DayLists({ details }: { readonly details: WireProgramDay }): ReactElement {
  const { done, due, planned } = details
  if (done.length + due.length + planned.length === 0) {
    return <p className={classes.quiet}>Nothing was done, is due or is planned on this day.</p>
  }
  return (
    <div className={classes.dayLists}>
      <DayList title="Due" count={due.length}>
        {due.map((item) => (
          <DueItem key={item.assignmentId} item={item} />
        ))}
      </DayList>
      <DayList title="Done" count={done.length}>
        {done.map((session) => (
          <li key={session.id}>
            <AppLink to={`/machine-qa/sessions/${session.id}`}>{session.name}</AppLink>
            <span className="ts-dim">
              {session.unit} · <RelativeTime at={session.at} hint="tooltip" />
              {session.by === null ? '' : ` · ${session.by}`}
            </span>
            <DoneChip session={session} />
          </li>
        ))}
      </DayList>
      <DayList title="Planned" count={planned.length}>
        {planned.map((item) => (
          <li key={item.assignmentId}>
            <AppLink to={`/machine-qa/perform/${item.assignmentId}`}>{item.name}</AppLink>
            <span className="ts-dim">
              {item.unit.name} · {item.frequency?.name}
            </span>
          </li>
        ))}
      </DayList>
    </div>
  )
}

function DayList({
  title,
  count,
  children,
}: {
  readonly title: string
  readonly count: number
  readonly children: ReactNode
}): ReactElement | null {
  if (count === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={classes.listTitle}>
        {title} <span className="ts-num ts-dim">{count}</span>
      </h3>
      <ul className={classes.dayItems}>{children}</ul>
    </section>
  )
}

function DueItem({ item }: { readonly item: WireDayItem }): ReactElement {
  const { token, word } = DUE[item.dueStatus]
  return (
    <li>
      <AppLink to={`/machine-qa/perform/${item.assignmentId}`}>{item.name}</AppLink>
      <span className="ts-dim">
        {item.unit.name} · {item.frequency?.name ?? 'When needed'}
      </span>
      <StatusChip token={token}>{word}</StatusChip>
    </li>
  )
}

function DoneChip({ session }: { readonly session: WireProgramDay['done'][number] }): ReactElement {
  const { action, tolerance } = session.outcomes
  if (action > 0) return <StatusChip token="act">{action} action</StatusChip>
  if (tolerance > 0) return <StatusChip token="warn">{tolerance} tolerance</StatusChip>
  return <StatusChip token="ok">{session.allReviewed ? 'Reviewed' : 'Passed'}</StatusChip>
}
