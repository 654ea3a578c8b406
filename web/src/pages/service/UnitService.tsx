import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { readRows, SERVICE_EVENTS_PATH } from '../../api/machine-qa/service.ts'
import type { RecordRow } from '../../api/records.ts'
import { usePermission } from '../../api/session.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import classes from './service.module.css'
import { SERVICE_COLUMNS, SERVICE_FILTERS } from './service-columns.tsx'

const readEvents = readRows(SERVICE_EVENTS_PATH)
const COLUMNS = SERVICE_COLUMNS.filter(({ id }) => id !== 'unit')
const FILTERS = SERVICE_FILTERS.filter(({ name }) => name !== 'unit')

/** The service of one unit, on its page. */
export function UnitService({ unitId }: { readonly unitId: string }): ReactElement {
  const router = useRouter()
  const mayAdd = usePermission('machine-qa.service-event.add')
  const list = useList<RecordRow>({
    name: 'machine-qa.unit-service',
    defaultOrder: '-datetimeService',
    always: { isActive: true, unit: unitId },
    read: readEvents,
  })
  const newEvent = mayAdd ? (
    <Button
      variant="default"
      onClick={() => void router.navigate({ href: `/machine-qa/service/new?unit=${unitId}` })}
    >
      New service event
    </Button>
  ) : undefined
  return (
    <div className={classes.parts}>
      {newEvent === undefined ? null : <div>{newEvent}</div>}
      <ListView
        list={list}
        label="Service of this unit"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/machine-qa/service/${row.id}`}
        savedViews="none"
        exportPath={SERVICE_EVENTS_PATH}
        empty={<EmptyNote>This unit has needed no service yet.</EmptyNote>}
      />
    </div>
  )
}
