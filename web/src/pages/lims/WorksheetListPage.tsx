import { Button, SegmentedControl } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WireWorksheetRow } from '../../../../src/dialects/native/lims/worksheets.schema.ts'
import { stateToken } from '../../api/lims/words.ts'
import { readWorksheets } from '../../api/lims/worksheets.ts'
import { usePermission } from '../../api/session.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import { NewWorksheet } from './NewWorksheet.tsx'

const COLUMNS: readonly TableColumn<WireWorksheetRow>[] = [
  {
    id: 'objectId',
    header: 'Worksheet',
    cell: ({ objectId }) => <span className="ts-mono">{objectId}</span>,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, stateTitle }) => <StatusChip token={stateToken(state)}>{stateTitle}</StatusChip>,
  },
  { id: 'analyst', header: 'Analyst', cell: ({ analyst }) => analyst ?? '–' },
  { id: 'template', header: 'Template', cell: ({ template }) => template?.name ?? '–' },
  { id: 'instrument', header: 'Instrument', cell: ({ instrument }) => instrument?.name ?? '–' },
  { id: 'positions', header: 'Positions', cell: ({ positions }) => positions, align: 'end' },
  {
    id: 'results',
    header: 'Results',
    cell: ({ submitted, analyses }) => (
      <span className="ts-num">
        {submitted} / {analyses}
      </span>
    ),
    align: 'end',
  },
  {
    id: 'createdAt',
    header: 'Made',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} hint="tooltip" />,
    sortable: true,
  },
]

const TABS = [
  { value: '', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'to_be_verified', label: 'To be verified' },
  { value: 'verified', label: 'Verified' },
  { value: 'rejected', label: 'Rejected' },
]

/** The worksheets of the laboratory. */
export function WorksheetListPage(): ReactElement {
  const list = useList<WireWorksheetRow>({
    name: 'lims.worksheets',
    defaultOrder: '-createdAt',
    read: readWorksheets,
  })
  const mayMake = usePermission('lims.worksheet.manage')
  const [isMaking, setMaking] = useState(false)
  const { state = '', analyst } = list.control.filters
  const make = <Button onClick={() => setMaking(true)}>Make worksheet</Button>
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Worksheets"
        crumbs={[{ label: 'Laboratory', to: '/lims' }]}
        count={list.total}
        {...(mayMake ? { primary: make } : {})}
      />
      <div className={classes.tools} data-print="hide">
        <SegmentedControl
          aria-label="State"
          value={state}
          onChange={(next) => list.control.filter({ state: next === '' ? undefined : next })}
          data={TABS}
        />
        <SegmentedControl
          aria-label="Whose"
          value={analyst ?? ''}
          onChange={(next) => list.control.filter({ analyst: next === '' ? undefined : next })}
          data={[
            { value: '', label: 'Everybody’s' },
            { value: 'me', label: 'Mine' },
          ]}
        />
      </div>
      <ListView
        list={list}
        label="Worksheets"
        columns={COLUMNS}
        filters={[]}
        searchPlaceholder="Search worksheets"
        rowKey={({ id }) => String(id)}
        rowTo={({ id }) => `/lims/worksheets/${id}`}
        isDimmed={(row) => row.state === 'rejected'}
        empty={<EmptyNote {...(mayMake ? { action: make } : {})}>No worksheets yet.</EmptyNote>}
      />
      {isMaking ? <NewWorksheet onClose={() => setMaking(false)} /> : null}
    </>
  )
}
