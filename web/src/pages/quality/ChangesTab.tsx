import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { QUALITY_KEY, readChanges } from '../../api/quality/reports.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import classes from './quality.module.css'

/** Who changed an item and what is in it, the latest first. */
export function ChangesTab({ itemId }: { readonly itemId: string }): ReactElement {
  const changes = useInfiniteQuery({
    queryKey: [...QUALITY_KEY, 'changes', itemId],
    queryFn: ({ pageParam, signal }) => readChanges(itemId, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.hasMore ? last.items.at(-1)?.id : undefined),
  })
  if (changes.isError && changes.data === undefined)
    return <ErrorPanel error={changes.error} onRetry={() => void changes.refetch()} />
  if (changes.data === undefined) return <Skeleton height={160} radius="md" />
  const items = changes.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <EmptyNote>Nothing was changed yet.</EmptyNote>
  return (
    <>
      <ol className={classes.changes}>
        {items.map(({ id, at, description }) => (
          <li key={id}>
            <span>{description}</span>
            <RelativeTime at={at} />
          </li>
        ))}
      </ol>
      {changes.hasNextPage ? (
        <Button
          variant="default"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </>
  )
}
