import { Skeleton } from '@mantine/core'
import type { ReactElement } from 'react'
import type { ForYouItem } from '../../api/for-you.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { insideApp } from '../../ui/app-path.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import classes from './ForYouList.module.css'

export interface ForYouListProps {
  readonly items: readonly ForYouItem[] | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

/** What is to be done, in the order of the server: most urgent first. Each row acts directly. */
export function ForYouList({ items, error, onRetry }: ForYouListProps): ReactElement {
  if (error !== null && items === undefined) return <ErrorPanel error={error} onRetry={onRetry} />
  return (
    <Panel title="To do" padding="flush">
      {items?.length === 0 ? <EmptyNote>All done. New work appears here by itself.</EmptyNote> : null}
      <ul className={classes.list} aria-busy={items === undefined}>
        {items === undefined ? <SkeletonRows /> : null}
        {items?.map((item) => (
          <li key={`${item.kind}${item.path}${item.title}`} className={classes.row}>
            <StatusIcon token={item.token} size={18} />
            <div className={classes.words}>
              <AppLink to={insideApp(item.path)} className={classes.title}>
                {item.title}
              </AppLink>
              <div className={classes.detail}>
                <span>{item.kind}</span>
                {item.detail === undefined ? null : <span>{item.detail}</span>}
              </div>
            </div>
            <div className={classes.due}>
              {item.token === 'late' || item.token === 'todo' ? (
                <span className="ts-hidden">
                  <StatusChip token={item.token} />
                </span>
              ) : null}
              {item.dueAt === undefined ? null : <RelativeTime at={item.dueAt} />}
            </div>
            <AppLink to={insideApp(item.path)} className={classes.action} tabIndex={-1} aria-hidden="true">
              {item.action ?? 'Open'}
            </AppLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function SkeletonRows(): ReactElement[] {
  return [1, 2, 3, 4, 5].map((row) => (
    <li key={row} className={classes.row} aria-hidden="true">
      <Skeleton circle height={18} />
      <div className={classes.words}>
        <Skeleton height={12} width="46%" my={5} />
        <Skeleton height={10} width="30%" my={5} />
      </div>
    </li>
  ))
}
