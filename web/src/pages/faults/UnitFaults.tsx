import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { qaRecordQuery } from '../../api/machine-qa/configuration.ts'
import { FAULTS_PATH, readRows } from '../../api/machine-qa/service.ts'
import type { RecordRow } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import { BulkFaultReview, FAULT_COLUMNS, FAULT_FILTERS } from './fault-columns.tsx'
import { ReportFault } from './ReportFault.tsx'

const readFaults = readRows(FAULTS_PATH)
const COLUMNS = FAULT_COLUMNS.filter(({ id }) => id !== 'unit')
const FILTERS = FAULT_FILTERS.filter(({ name }) => name !== 'unit')

/** The faults of one unit, on its page. */
export function UnitFaults({ unitId }: { readonly unitId: string }): ReactElement {
  const mayReport = usePermission('machine-qa.fault.add')
  const mayReview = usePermission('machine-qa.fault.review')
  const [isReporting, setReporting] = useState(false)
  const unit = useQuery(qaRecordQuery('units', unitId))
  const list = useList<RecordRow>({
    name: 'machine-qa.unit-faults',
    defaultOrder: '-occurred',
    always: { unit: unitId },
    read: readFaults,
  })
  return (
    <>
      {mayReport ? (
        <p style={{ margin: '0 0 16px' }}>
          <Button variant="default" onClick={() => setReporting(true)}>
            Report fault
          </Button>
        </p>
      ) : null}
      <ListView
        list={list}
        label="Faults of this unit"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/machine-qa/faults/${row.id}`}
        savedViews="none"
        exportPath={FAULTS_PATH}
        {...(mayReview ? { bulk } : {})}
        empty={<EmptyNote>This unit has shown no faults yet.</EmptyNote>}
      />
      {isReporting ? (
        <ReportFault
          unit={{ id: Number(unitId), name: String(unit.data?.name ?? `Unit ${unitId}`) }}
          onClose={() => setReporting(false)}
        />
      ) : null}
    </>
  )
}

function bulk(rows: readonly RecordRow[], clear: () => void): ReactElement {
  return <BulkFaultReview rows={rows} clear={clear} />
}
