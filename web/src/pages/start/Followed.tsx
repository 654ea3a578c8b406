import { Skeleton } from '@mantine/core'
import type { ReactElement } from 'react'
import type { FollowedThing } from '../../api/followed.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { insideApp } from '../../ui/app-path.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { StatusStrip } from '../../ui/StatusStrip.tsx'
import classes from './Followed.module.css'

export interface FollowedProps {
  readonly things: readonly FollowedThing[] | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

/** The things the reader follows: one line each, with thirty days of status. */
export function Followed({ things, error, onRetry }: FollowedProps): ReactElement {
  if (error !== null && things === undefined) return <ErrorPanel error={error} onRetry={onRetry} />
  return (
    <Panel title="Followed" aside={<span className={classes.caption}>last 30 days</span>} padding="flush">
      <ul className={classes.list} aria-busy={things === undefined}>
        {things === undefined ? <SkeletonRows /> : null}
        {things?.map((thing) => (
          <li key={thing.path} className={classes.row}>
            <AppLink to={insideApp(thing.path)} className={classes.name}>
              {thing.label}
            </AppLink>
            <StatusChip token={thing.token}>{thing.word}</StatusChip>
            <StatusStrip days={thing.days} label={`${thing.label}, last ${thing.days.length} days`} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function SkeletonRows(): ReactElement[] {
  return [1, 2, 3, 4].map((row) => (
    <li key={row} className={classes.row} aria-hidden="true">
      <Skeleton height={12} width={90} />
      <Skeleton height={12} width={64} />
      <Skeleton height={12} width={208} />
    </li>
  ))
}
