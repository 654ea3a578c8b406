import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { FAULTS_PATH, readRows } from '../../api/machine-qa/service.ts'
import { unitsOverviewQuery } from '../../api/machine-qa/work.ts'
import type { RecordRow } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { BulkFaultReview, FAULT_COLUMNS, FAULT_FILTERS } from './fault-columns.tsx'
import { ReportFault } from './ReportFault.tsx'

const readFaults = readRows(FAULTS_PATH)

/** All faults, newest first; those selected are reviewed with one action. */
export function FaultListPage(): ReactElement {
  const mayReport = usePermission('machine-qa.fault.add')
  const mayReview = usePermission('machine-qa.fault.review')
  const [isReporting, setReporting] = useState(false)
  const units = useQuery({ ...unitsOverviewQuery, enabled: isReporting })
  const list = useList<RecordRow>({ name: 'machine-qa.fault', defaultOrder: '-occurred', read: readFaults })
  return (
    <>
      <PageHeader
        title="Faults"
        crumbs={[
          { label: 'Machine QA', to: '/machine-qa' },
          { label: 'Service log', to: '/machine-qa/service' },
        ]}
        count={list.total}
        facts={<AppLink to="/machine-qa/faults?isReviewed=false">Show unreviewed</AppLink>}
        primary={mayReport ? <Button onClick={() => setReporting(true)}>Report fault</Button> : undefined}
      />
      <ListView
        list={list}
        label="Faults"
        columns={FAULT_COLUMNS}
        filters={FAULT_FILTERS}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/machine-qa/faults/${row.id}`}
        exportPath={FAULTS_PATH}
        {...(mayReview ? { bulk } : {})}
        empty={<EmptyNote>No faults were reported yet.</EmptyNote>}
      />
      {isReporting ? (
        <ReportFault
          units={units.data?.groups.flatMap((group) => group.units) ?? []}
          onClose={() => setReporting(false)}
        />
      ) : null}
    </>
  )
}

function bulk(rows: readonly RecordRow[], clear: () => void): ReactElement {
  return <BulkFaultReview rows={rows} clear={clear} />
}
