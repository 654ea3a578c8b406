import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { type Performed, performingFormQuery } from '../../api/machine-qa/performing.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { PerformForm } from './PerformForm.tsx'

/**
 * Performs an assignment: the next day of its cycle, or the one in the address (`day=2`, from 1); as the
 * return-to-service QA in the address (`rtsqa`), if any.
 */
export function PerformPage(): ReactElement {
  const { assignment = '' } = useParams({ strict: false })
  const [search] = useUrlState()
  const day = Number(search.day)
  return (
    <Performing
      performed={{ assignment, day: Number.isInteger(day) && day > 0 ? day - 1 : undefined }}
      returnToServiceId={/^\d{1,9}$/.test(search.rtsqa ?? '') ? Number(search.rtsqa) : undefined}
    />
  )
}

/** Continues a session in progress, or corrects a completed one. */
export function EditSessionPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  return <Performing performed={{ session: id }} />
}

function Performing({
  performed,
  returnToServiceId,
}: {
  readonly performed: Performed
  readonly returnToServiceId?: number | undefined
}): ReactElement {
  const form = useQuery(performingFormQuery(performed))
  const crumbs = [{ label: 'Machine QA', to: '/machine-qa' }]
  // a form that is being filled in stays, whatever becomes of its refreshing
  if (form.isError && form.data === undefined) {
    return (
      <>
        <PageHeader title="Test list" crumbs={crumbs} />
        <ErrorPanel error={form.error} onRetry={() => void form.refetch()}>
          <AppLink to="/machine-qa/work">What is to be done</AppLink>
        </ErrorPanel>
      </>
    )
  }
  if (form.data === undefined) {
    return (
      <>
        <PageHeader title="Test list" crumbs={crumbs} loading />
        <Skeleton height={560} mt={16} radius="md" />
      </>
    )
  }
  const { assignment, day, list, session } = form.data
  return (
    <PerformForm
      key={`${assignment.id}/${list.id}/${day}/${session?.id ?? ''}`}
      form={form.data}
      returnToServiceId={returnToServiceId}
    />
  )
}
