import { Button, Menu, Tabs } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireServiceEvent } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import {
  addFiles,
  addRemark,
  changeServiceEvent,
  moveServiceEvent,
  serviceChoicesQuery,
  serviceEventQuery,
} from '../../api/machine-qa/service.ts'
import { labelOf, referenceOf, textOf } from '../../api/row-values.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { Files, Remarks } from '../../ui/Talk.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { EventHistory } from './EventHistory.tsx'
import { EventOverview } from './EventOverview.tsx'
import classes from './service.module.css'
import { statusToken } from './service-columns.tsx'

/** One service event: what happened, who and what it took, and what the unit needs before it is used again. */
export function ServiceEventPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const [search, patch] = useUrlState()
  const client = useQueryClient()
  const query = serviceEventQuery(id)
  const details = useQuery(query)
  const crumbs = [
    { label: 'Machine QA', to: '/machine-qa' },
    { label: 'Service log', to: '/machine-qa/service' },
  ]
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['machine-qa'] })
  if (details.isError) {
    return (
      <>
        <PageHeader title={`Service event ${id}`} crumbs={crumbs} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()} />
      </>
    )
  }
  const { data } = details
  if (data === undefined) return <PageHeader title={`Service event ${id}`} crumbs={crumbs} loading />
  const { event, rights } = data
  const status = labelOf(event.serviceStatus)
  const unit = referenceOf(event.unit)
  const tab = search.tab ?? 'overview'
  return (
    <>
      <PageHeader
        title={`Service event ${id}`}
        kind={unit?.label ?? 'Service'}
        crumbs={crumbs}
        status={
          <StatusChip token={event.isActive === true ? statusToken(status) : 'void'} variant="soft">
            {event.isActive === true ? status : 'Deleted'}
          </StatusChip>
        }
        facts={
          <FactsLine>
            {unit === null ? null : <AppLink to={`/machine-qa/units/${unit.id}`}>{unit.label}</AppLink>}
            <span>{labelOf(event.unitServiceArea)}</span>
            <span>{labelOf(event.serviceType)}</span>
            <span>
              Service <RelativeTime at={textOf(event.datetimeService)} hint="tooltip" />
            </span>
            <span>Reported by {labelOf(event.userCreatedBy)}</span>
          </FactsLine>
        }
        actions={<EventActions details={data} again={again} />}
        primary={rights.change ? <StatusMenu details={data} again={again} /> : undefined}
      />
      {event.isActive === true ? null : (
        <Banner token="void">
          This event was deleted{textOf(event.deletedReason) === '' ? '' : `: ${textOf(event.deletedReason)}`}
          . It stands on no list and its parts are back in their storages.
        </Banner>
      )}
      <Tabs
        value={tab}
        onChange={(chosen) => patch({ tab: chosen === 'overview' ? undefined : String(chosen) })}
      >
        <Tabs.List mb={20}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="talk">Comments and files</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <EventOverview details={data} again={again} />
        </Tabs.Panel>
        <Tabs.Panel value="talk">
          <div className={classes.two}>
            <Remarks
              remarks={data.comments}
              onSay={async (text) => {
                await addRemark('service/events', event.id, text)
                await again()
              }}
            />
            <Files
              files={data.attachments}
              {...(rights.change
                ? {
                    onAdd: async (files: readonly File[]) => {
                      await addFiles('service/events', event.id, files)
                      await again()
                    },
                  }
                : {})}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <EventHistory log={data.log} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

interface PartProps {
  readonly details: WireServiceEvent
  readonly again: () => Promise<void>
}

function EventActions({ details, again }: PartProps): ReactElement {
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  const { event, rights } = details
  const restore = async (): Promise<void> => {
    try {
      await moveServiceEvent(event.id, 'restore', '')
      await again()
      toast('Service event restored.')
    } catch (error) {
      toastError('The event was not restored', error)
    }
  }
  return (
    <>
      {rights.change ? (
        <Button
          variant="default"
          onClick={() => void router.navigate({ href: `/machine-qa/service/${event.id}/edit` })}
        >
          Edit
        </Button>
      ) : null}
      {rights.delete ? (
        event.isActive === true ? (
          <Button variant="default" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        ) : (
          <Button variant="default" onClick={() => void restore()}>
            Restore
          </Button>
        )
      ) : null}
      {isDeleting ? (
        <ConfirmWithReason
          title="Delete this service event?"
          action="Delete service event"
          reason="required"
          danger
          onConfirm={async (reason) => {
            await moveServiceEvent(event.id, 'delete', reason)
            await again()
          }}
          onClose={() => setDeleting(false)}
        >
          It leaves all lists and its parts go back to their storages. It stays readable and can be restored.
          Usual reasons are Duplicate and Invalid.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}

/** The next status; those that need reviewed QA say why when they are refused. */
function StatusMenu({ details, again }: PartProps): ReactElement {
  const { event, rights } = details
  const choices = useQuery(serviceChoicesQuery(undefined))
  const current = referenceOf(event.serviceStatus)?.id
  const offered = (choices.data?.statuses ?? []).filter(
    ({ id, isReviewRequired }) => id !== current && (isReviewRequired || rights.review),
  )
  const set = async (statusId: number, name: string): Promise<void> => {
    try {
      await changeServiceEvent(event.id, { version: event.version, event: { serviceStatus: statusId } })
      await again()
      toast(`Status: ${name}.`)
    } catch (error) {
      toastError(`The status was not changed to ${name}`, error)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button loading={choices.isPending}>Set status</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => void set(id, name)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
