import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { readRows, SERVICE_EVENTS_PATH, serviceCountsQuery } from '../../api/machine-qa/service.ts'
import type { RecordRow } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ServiceLinks } from './ServiceLinks.tsx'
import { SERVICE_COLUMNS, SERVICE_FILTERS } from './service-columns.tsx'

const readEvents = readRows(SERVICE_EVENTS_PATH)

/** All service events, newest first, with what waits for somebody. */
export function ServiceListPage(): ReactElement {
  const router = useRouter()
  const mayAdd = usePermission('machine-qa.service-event.add')
  const counts = useQuery(serviceCountsQuery)
  const list = useList<RecordRow>({
    name: 'machine-qa.service-event',
    defaultOrder: '-datetimeService',
    always: { isActive: true },
    read: readEvents,
  })
  const waiting = counts.data
  return (
    <>
      <PageHeader
        title="Service log"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        count={list.total}
        loading={waiting === undefined && !counts.isError}
        facts={
          waiting === undefined ? undefined : (
            <FactsLine>
              <span>{waiting.openEvents} in work</span>
              <AppLink to="/machine-qa/service?serviceStatus.isReviewRequired=true">
                {waiting.toReview} to review
              </AppLink>
              <span>
                Return-to-service QA: {waiting.returnsIncomplete} to perform, {waiting.returnsUnreviewed} to
                review
              </span>
            </FactsLine>
          )
        }
        primary={
          mayAdd ? (
            <Button onClick={() => void router.navigate({ href: '/machine-qa/service/new' })}>
              New service event
            </Button>
          ) : undefined
        }
      />
      <ServiceLinks />
      <ListView
        list={list}
        label="Service events"
        columns={SERVICE_COLUMNS}
        filters={SERVICE_FILTERS}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/machine-qa/service/${row.id}`}
        searchPlaceholder="Search problems and work"
        exportPath={SERVICE_EVENTS_PATH}
        empty={<EmptyNote>No service has been recorded yet.</EmptyNote>}
      />
    </>
  )
}
