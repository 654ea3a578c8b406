import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { qaRecordQuery } from '../../api/machine-qa/configuration.ts'
import { faultQuery, serviceEventQuery } from '../../api/machine-qa/service.ts'
import { labelOf, referenceOf, referencesOf } from '../../api/row-values.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { ServiceForm } from './ServiceForm.tsx'
import { draftOf, emptyDraft } from './service-form.ts'

const CRUMBS = [
  { label: 'Machine QA', to: '/machine-qa' },
  { label: 'Service log', to: '/machine-qa/service' },
]

/** A new event; `unit` and `fault` in the address fill in what is known. */
export function NewServicePage(): ReactElement {
  const [search] = useUrlState()
  const zone = useSiteZone()
  const [begun] = useState(() => emptyDraft(new Date(), zone))
  const fault = useQuery({ ...faultQuery(search.fault ?? ''), enabled: search.fault !== undefined })
  const faultUnit = referenceOf(fault.data?.fault.unit)
  const unitId = search.unit ?? (faultUnit === null ? undefined : String(faultUnit.id))
  const unit = useQuery({ ...qaRecordQuery('units', unitId ?? ''), enabled: unitId !== undefined })
  const isReading =
    (search.fault !== undefined && fault.isPending) || (unitId !== undefined && unit.isPending)
  if (isReading) return <Waiting title="New service event" />
  const codes = referencesOf(fault.data?.fault.faultTypes)
    .map(({ label }) => label)
    .join(', ')
  return (
    <>
      <PageHeader title="New service event" crumbs={CRUMBS} />
      <ServiceForm
        begun={{
          ...begun,
          unit: unit.data ? { id: unit.data.id, label: String(unit.data.name) } : null,
          problem: codes === '' ? '' : `Fault ${codes}`,
        }}
        faults={search.fault === undefined ? [] : [Number(search.fault)]}
      />
    </>
  )
}

export function EditServicePage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const zone = useSiteZone()
  const details = useQuery({ ...serviceEventQuery(id), refetchOnWindowFocus: false })
  if (details.isError) {
    return (
      <>
        <PageHeader title={`Edit service event ${id}`} crumbs={CRUMBS} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()} />
      </>
    )
  }
  if (details.data === undefined) return <Waiting title={`Edit service event ${id}`} />
  const { event } = details.data
  return (
    <>
      <PageHeader
        title={`Edit service event ${id}`}
        kind={labelOf(event.unit)}
        crumbs={[...CRUMBS, { label: `Event ${id}`, to: `/machine-qa/service/${id}` }]}
      />
      <ServiceForm
        key={event.version}
        begun={draftOf(details.data, zone)}
        faults={[]}
        changed={{ id: event.id, version: event.version }}
      />
    </>
  )
}

function Waiting({ title }: { readonly title: string }): ReactElement {
  return (
    <>
      <PageHeader title={title} crumbs={CRUMBS} loading />
      <Skeleton height={560} radius="md" />
    </>
  )
}
