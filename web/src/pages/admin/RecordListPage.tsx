import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useMemo, useState } from 'react'
import type { RecordMeta } from '../../api/record-meta.ts'
import { type RecordRow, readRecords, retireRecord } from '../../api/records.ts'
import { appHref } from '../../ui/app-path.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import type { TableColumn } from '../../ui/data-table-model.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { FieldValue } from '../../ui/FieldValue.tsx'
import { ListView, useList } from '../../ui/ListView.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast } from '../../ui/toasts.ts'
import { filterFields, listPath, recordPath, useRecordMeta } from './record-admin.ts'

const RIGHT_ALIGNED: ReadonlySet<string> = new Set(['integer', 'number', 'decimal', 'minutes', 'duration'])

/** All rows of one kind of record. */
export function RecordListPage(): ReactElement {
  const meta = useRecordMeta()
  // Another kind of record is another list: its selection and focus start anew.
  return <RecordList key={meta.name} meta={meta} />
}

function RecordList({ meta }: { readonly meta: RecordMeta }): ReactElement {
  const router = useRouter()
  const columns = useMemo(() => columnsOf(meta), [meta])
  const filters = useMemo(() => filterFields(meta), [meta])
  const [retiring, setRetiring] = useState<{ rows: readonly RecordRow[]; clear: () => void }>()
  const list = useList<RecordRow>({
    name: meta.name,
    defaultOrder: meta.order.join(','),
    read: (query, signal) => readRecords(meta, query, signal),
  })
  const newPath = `${listPath(meta)}/new`
  useShortcut('n', `Add ${meta.label.one.toLowerCase()}`, () => void router.navigate({ href: newPath }), {
    enabled: meta.can.add,
  })
  const add = (
    <Button
      component="a"
      href={appHref(newPath)}
      onClick={(event) => {
        event.preventDefault()
        void router.navigate({ href: newPath })
      }}
    >
      Add {meta.label.one.toLowerCase()}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={meta.label.many}
        crumbs={[{ label: 'Administration', to: '/admin' }]}
        count={list.total}
        {...(meta.description === undefined ? {} : { facts: meta.description })}
        {...(meta.can.add ? { primary: add } : {})}
      />
      <ListView
        list={list}
        label={meta.label.many}
        columns={columns}
        filters={filters}
        searchPlaceholder={`Search ${meta.label.many.toLowerCase()}`}
        rowKey={(row) => String(row.id)}
        rowTo={(row) => recordPath(meta, row)}
        isDimmed={(row) => typeof row.retiredAt === 'string'}
        exportPath={meta.path}
        empty={
          <EmptyNote {...(meta.can.add ? { action: add } : {})}>
            There are no {meta.label.many.toLowerCase()} yet.
          </EmptyNote>
        }
        {...(meta.can.retire && meta.retirable
          ? {
              bulk: (rows: readonly RecordRow[], clear: () => void) => (
                <Button variant="default" onClick={() => setRetiring({ rows, clear })}>
                  Retire {rows.length}
                </Button>
              ),
            }
          : {})}
      />
      {retiring === undefined ? null : (
        <RetireRows
          meta={meta}
          rows={retiring.rows}
          onDone={retiring.clear}
          onClose={() => setRetiring(undefined)}
        />
      )}
    </>
  )
}

function columnsOf(meta: RecordMeta): readonly TableColumn<RecordRow>[] {
  const byName = new Map(meta.fields.map((field) => [field.name, field]))
  const listed = meta.listFields.filter((name) => byName.has(name))
  // The title carries the link, hence comes first.
  const names = [meta.titleField, ...listed.filter((name) => name !== meta.titleField)]
  const others = meta.fields
    .map(({ name }) => name)
    .filter((name) => !names.includes(name) && name !== 'version')
  return [...names, ...others].flatMap((name): TableColumn<RecordRow>[] => {
    const field = byName.get(name)
    if (field === undefined) return []
    return [
      {
        id: name,
        header: field.label,
        cell: (row) => <FieldValue field={field} value={row[name]} place="cell" />,
        sortable: !['references', 'json', 'code', 'html', 'long-text'].includes(field.kind),
        hidden: !names.includes(name),
        ...(RIGHT_ALIGNED.has(field.kind) ? { align: 'end' as const } : {}),
        ...(field.unit === undefined ? {} : { unit: field.unit }),
      },
    ]
  })
}

interface RetireRowsProps {
  readonly meta: RecordMeta
  readonly rows: readonly RecordRow[]
  readonly onDone: () => void
  readonly onClose: () => void
}

function RetireRows({ meta, rows, onDone, onClose }: RetireRowsProps): ReactElement {
  const client = useQueryClient()
  const what =
    rows.length === 1
      ? `1 ${meta.label.one.toLowerCase()}`
      : `${rows.length} ${meta.label.many.toLowerCase()}`
  const retire = async (reason: string): Promise<void> => {
    // One after the other: the first refusal stops, and what is already retired shows as such.
    try {
      for (const row of rows) await retireRecord(meta, row.id, 'retire', reason)
      onDone()
      toast(`Retired ${what}.`)
    } finally {
      await client.invalidateQueries({ queryKey: ['list', meta.name] })
    }
  }
  return (
    <ConfirmWithReason
      title={`Retire ${what}?`}
      action={`Retire ${what}`}
      reason="optional"
      onConfirm={retire}
      onClose={onClose}
    >
      Retired records can no longer be chosen. Everything that refers to them stays, and they can be restored.
    </ConfirmWithReason>
  )
}
