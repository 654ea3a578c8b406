import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { PARTS_PATH, readRows } from '../../api/machine-qa/service.ts'
import type { RecordRow } from '../../api/records.ts'
import { labelOf, numberOf, referencesOf, textOf } from '../../api/row-values.ts'
import { usePermission } from '../../api/session.ts'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import type { FilterField } from '../../ui/filters.ts'
import { ListView, useList } from '../../ui/ListView.tsx'
import { Num } from '../../ui/Num.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { ServiceLinks } from './ServiceLinks.tsx'

const readParts = readRows(PARTS_PATH)

const COLUMNS: readonly TableColumn<RecordRow>[] = [
  {
    id: 'partNumber',
    header: 'Part number',
    cell: (row) => <span className="ts-mono">{textOf(row.partNumber)}</span>,
    sortable: true,
  },
  { id: 'name', header: 'Name', cell: (row) => textOf(row.name), sortable: true },
  { id: 'partCategory', header: 'Category', cell: (row) => labelOf(row.partCategory) },
  { id: 'stock', header: 'Stock', cell: (row) => <StockState row={row} /> },
  {
    id: 'quantityCurrent',
    header: 'In stock',
    align: 'end',
    cell: (row) => <Num value={numberOf(row.quantityCurrent)} />,
    sortable: true,
  },
  {
    id: 'quantityMin',
    header: 'Least',
    align: 'end',
    cell: (row) => <Num value={numberOf(row.quantityMin)} />,
    sortable: true,
  },
  {
    id: 'storage',
    header: 'Kept in',
    cell: (row) =>
      referencesOf(row.storage)
        .map(({ label }) => label)
        .join(', ') || '–',
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    cell: (row) => <Num value={numberOf(row.cost)} digits={2} />,
    sortable: true,
    hidden: true,
  },
]

const FILTERS: readonly FilterField[] = [
  { name: 'isLow', label: 'Low in stock', kind: 'boolean' },
  { name: 'partCategory', label: 'Category', kind: 'reference', target: 'machine-qa.part-category' },
  { name: 'storage', label: 'Storage', kind: 'reference', target: 'machine-qa.storage' },
  { name: 'suppliers', label: 'Supplier', kind: 'reference', target: 'machine-qa.supplier' },
  { name: 'isObsolete', label: 'Obsolete', kind: 'boolean' },
]

/** Spare parts with their stock. */
export function PartListPage(): ReactElement {
  const router = useRouter()
  const mayAdd = usePermission('machine-qa.part.add')
  const list = useList<RecordRow>({ name: 'machine-qa.part', defaultOrder: 'partNumber', read: readParts })
  return (
    <>
      <PageHeader
        title="Parts"
        crumbs={[
          { label: 'Machine QA', to: '/machine-qa' },
          { label: 'Service log', to: '/machine-qa/service' },
        ]}
        count={list.total}
        primary={
          mayAdd ? (
            <Button onClick={() => void router.navigate({ href: '/admin/machine-qa.part/new' })}>
              New part
            </Button>
          ) : undefined
        }
      />
      <ServiceLinks />
      <ListView
        list={list}
        label="Parts"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => `/machine-qa/parts/${row.id}`}
        isDimmed={(row) => row.isObsolete === true}
        searchPlaceholder="Search numbers and names"
        exportPath={PARTS_PATH}
        empty={<EmptyNote>No parts are kept yet.</EmptyNote>}
      />
    </>
  )
}

/** Whether enough are left. */
export function StockState({ row }: { readonly row: Readonly<Record<string, unknown>> }): ReactElement {
  if (row.isObsolete === true) return <StatusChip token="void">Obsolete</StatusChip>
  if (row.isLow === true) {
    return numberOf(row.quantityCurrent) === 0 ? (
      <StatusChip token="act">None left</StatusChip>
    ) : (
      <StatusChip token="warn">Low</StatusChip>
    )
  }
  return <StatusChip token="ok">Enough</StatusChip>
}
