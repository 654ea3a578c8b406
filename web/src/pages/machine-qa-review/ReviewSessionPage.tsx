import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { sessionDetailsQuery } from '../../api/machine-qa/sessions.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { queuePath } from './queue-run.ts'
import { ReviewForm } from './ReviewForm.tsx'

/** One session of the queue: what needs eyes, and the way to the next without going back. */
export function ReviewSessionPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const [search] = useUrlState()
  const details = useQuery({ ...sessionDetailsQuery(id), refetchOnWindowFocus: false })
  const crumbs = [
    { label: 'Machine QA', to: '/machine-qa' },
    { label: 'Review', to: queuePath(search) },
  ]
  if (details.isError && details.data === undefined) {
    return (
      <>
        <PageHeader title={`Session ${id}`} crumbs={crumbs} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()}>
          <AppLink to={queuePath(search)}>Review queue</AppLink>
        </ErrorPanel>
      </>
    )
  }
  if (details.data === undefined) {
    return (
      <>
        <PageHeader title={`Session ${id}`} crumbs={crumbs} loading />
        <Skeleton height={480} mt={24} radius="md" />
      </>
    )
  }
  const session = details.data
  return (
    <ReviewForm
      key={`${session.id} ${session.version}`}
      session={session}
      crumbs={crumbs}
      onReread={async () => void (await details.refetch())}
    />
  )
}
