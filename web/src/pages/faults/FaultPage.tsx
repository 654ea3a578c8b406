import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireFault } from '../../../../src/dialects/native/machine-qa/fault.schema.ts'
import { addFiles, addRemark, faultQuery, reviewFaults } from '../../api/machine-qa/service.ts'
import { labelOf, referenceOf, referencesOf, textOf } from '../../api/row-values.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { Files, Remarks } from '../../ui/Talk.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { codesOf, FaultState } from './fault-columns.tsx'
import classes from './faults.module.css'

const CRUMBS = [
  { label: 'Machine QA', to: '/machine-qa' },
  { label: 'Faults', to: '/machine-qa/faults' },
]

/** One fault: what the machine showed, who looked at it, and the service that dealt with it. */
export function FaultPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const router = useRouter()
  const client = useQueryClient()
  const details = useQuery(faultQuery(id))
  const mayService = usePermission('machine-qa.service-event.add')
  const mayAddFiles = usePermission('machine-qa.fault.add')
  if (details.isError) {
    return (
      <>
        <PageHeader title={`Fault ${id}`} crumbs={CRUMBS} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()} />
      </>
    )
  }
  const { data } = details
  if (data === undefined) return <PageHeader title={`Fault ${id}`} crumbs={CRUMBS} loading />
  const { fault } = data
  const unit = referenceOf(fault.unit)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['machine-qa'] })
  const review = async (): Promise<void> => {
    try {
      const { items } = await reviewFaults([fault.id])
      await again()
      toast(
        items[0]?.isReviewed ? 'Fault reviewed.' : 'Your review is noted; other groups have to review too.',
      )
    } catch (error) {
      toastError('The review was not stored', error)
    }
  }
  return (
    <>
      <PageHeader
        title={codesOf(fault)}
        kind={`Fault ${id}`}
        crumbs={CRUMBS}
        status={<FaultState isReviewed={fault.isReviewed === true} />}
        facts={
          <FactsLine>
            {unit === null ? null : (
              <AppLink to={`/machine-qa/units/${unit.id}?tab=faults`}>{unit.label}</AppLink>
            )}
            {fault.modality === null ? null : <span>{labelOf(fault.modality)}</span>}
            <span>
              Occurred <RelativeTime at={textOf(fault.occurred)} />
            </span>
            <span>Reported by {data.reportedBy ?? 'nobody'}</span>
          </FactsLine>
        }
        actions={
          mayService ? (
            <Button
              variant="default"
              onClick={() => void router.navigate({ href: `/machine-qa/service/new?fault=${id}` })}
            >
              Start service event
            </Button>
          ) : undefined
        }
        primary={
          data.mayReview && fault.isReviewed !== true ? (
            <Button onClick={() => void review()}>Review fault</Button>
          ) : undefined
        }
      />
      <div className={classes.two}>
        <div className={classes.column}>
          <Reviews details={data} />
          <ServiceOf details={data} />
          <Files
            files={data.attachments}
            {...(mayAddFiles
              ? {
                  onAdd: async (files: readonly File[]) => {
                    await addFiles('faults', fault.id, files)
                    await again()
                  },
                }
              : {})}
          />
        </div>
        <Remarks
          remarks={data.comments}
          onSay={async (text) => {
            await addRemark('faults', fault.id, text)
            await again()
          }}
        />
      </div>
    </>
  )
}

function Reviews({ details: { reviews } }: { readonly details: WireFault }): ReactElement {
  return (
    <Panel title="Review">
      <ul className={classes.list}>
        {reviews.map(({ group, required, at, by }) => (
          <li key={group ?? ''}>
            <StatusChip token={at === null ? (required || group === null ? 'todo' : 'none') : 'ok'}>
              {group ?? 'Anybody who reviews faults'}
            </StatusChip>{' '}
            {at === null ? (
              <span className="ts-dim">{required || group === null ? 'to review' : 'may review'}</span>
            ) : (
              <span>
                {by ?? 'Unknown'} <RelativeTime at={at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function ServiceOf({ details: { fault } }: { readonly details: WireFault }): ReactElement {
  const events = referencesOf(fault.relatedServiceEvents)
  return (
    <Panel title="Service">
      {events.length === 0 ? <p className={classes.none}>No service event deals with it yet.</p> : null}
      <ul className={classes.list}>
        {events.map(({ id, label }) => (
          <li key={id}>
            <AppLink to={`/machine-qa/service/${id}`}>Event {id}</AppLink> {label}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
