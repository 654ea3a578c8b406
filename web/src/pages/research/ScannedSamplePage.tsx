import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { readSampleById } from '../../api/research/samples.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

const CRUMBS = [{ label: 'Research', to: '/research' }] as const

/** Finds the sample whose id was scanned or typed, and goes to its page. */
export function ScannedSamplePage(): ReactElement {
  const { sampleId = '' } = useParams({ strict: false })
  const router = useRouter()
  const found = useQuery({
    queryKey: ['research', 'sample-by-id', sampleId],
    queryFn: ({ signal }) => readSampleById(sampleId, signal),
    retry: false,
  })
  const id = found.data?.id
  useEffect(() => {
    if (id !== undefined) void router.navigate({ href: `/research/samples/${id}`, replace: true })
  }, [id, router])
  return (
    <>
      <PageHeader title={`Sample ${sampleId}`} crumbs={CRUMBS} loading={found.isPending} />
      {found.isError ? <ErrorPanel error={found.error} onRetry={() => void found.refetch()} /> : null}
    </>
  )
}
