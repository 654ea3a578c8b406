import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { followedQuery } from '../../api/followed.ts'
import { forYouQuery } from '../../api/for-you.ts'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Followed } from './Followed.tsx'
import { ForYouList } from './ForYouList.tsx'
import classes from './StartPage.module.css'

/** What waits for the reader, most urgent first, and how the things they follow are. */
export function StartPage(): ReactElement {
  const forYou = useQuery(forYouQuery)
  const followed = useQuery(followedQuery)
  const items = forYou.data?.items
  const overdue = items?.filter(({ token }) => token === 'late').length ?? 0
  const due = items?.filter(({ token }) => token === 'todo').length ?? 0
  return (
    <>
      <PageHeader
        title="For you"
        facts={
          items === undefined ? (
            'Reading what waits for you …'
          ) : (
            <FactsLine>
              {overdue > 0 ? <span>{overdue} overdue</span> : null}
              {due > 0 ? <span>{due} due</span> : null}
              {items.length === 0 ? <span>Nothing waits for you</span> : <span>{items.length} in all</span>}
            </FactsLine>
          )
        }
      />
      <div className={classes.columns}>
        <ForYouList items={items} error={forYou.error} onRetry={() => void forYou.refetch()} />
        {followed.data?.length === 0 ? null : (
          <Followed things={followed.data} error={followed.error} onRetry={() => void followed.refetch()} />
        )}
      </div>
    </>
  )
}
