import { ActionIcon, SegmentedControl, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { type ReactElement, useMemo, useState } from 'react'
import classes from './AttributeTable.module.css'
import { type AttributeRow, hasInner, type PlacedRow, visibleRows } from './attribute-rows.ts'
import { DataTable } from './DataTable.tsx'
import type { TableColumn } from './data-table-model.ts'
import { EmptyNote } from './EmptyNote.tsx'

export interface AttributeTableProps {
  readonly label: string
  /** Undefined while they are read. */
  readonly rows: readonly AttributeRow[] | undefined
}

const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'standard', label: 'Standard' },
  { value: 'private', label: 'Private' },
] as const

/** Tagged values with nested sequences: searched by tag, keyword, name, VR or value; sequences open and close. */
export function AttributeTable({ label, rows }: AttributeTableProps): ReactElement {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]['value']>('all')
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const shown = useMemo(() => rows && visibleRows(rows, { text, kind, open }), [rows, text, kind, open])
  const columns = useMemo(() => {
    const toggle = (place: number): void => {
      const next = new Set(open)
      if (!next.delete(place)) next.add(place)
      setOpen(next)
    }
    return columnsFor(rows ?? [], { open, toggle, isSearching: text.trim() !== '' })
  }, [rows, open, text])
  return (
    <div className={classes.table}>
      <search className={classes.bar}>
        <TextInput
          type="search"
          aria-label="Search elements"
          placeholder="Search tag, name, VR or value"
          leftSection={<IconSearch size={16} stroke={1.7} />}
          className={classes.search}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Which elements"
          data={[...KINDS]}
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
        />
        <span className="ts-dim ts-num" aria-live="polite">
          {shown === undefined
            ? ''
            : `${shown.length.toLocaleString()} of ${(rows ?? []).length.toLocaleString()}`}
        </span>
      </search>
      <DataTable
        label={label}
        columns={columns}
        rows={shown}
        rowKey={({ place }) => String(place)}
        expectedRows={12}
        empty={<EmptyNote>No element matches.</EmptyNote>}
      />
    </div>
  )
}

interface Opening {
  readonly open: ReadonlySet<number>
  readonly toggle: (place: number) => void
  readonly isSearching: boolean
}

function columnsFor(rows: readonly AttributeRow[], opening: Opening): readonly TableColumn<PlacedRow>[] {
  return [
    {
      id: 'tag',
      header: 'Tag',
      width: 190,
      cell: (row) => <TagCell row={row} rows={rows} opening={opening} />,
    },
    {
      id: 'name',
      header: 'Name',
      width: 250,
      cell: ({ row }) => (
        <span title={row.keyword || undefined}>
          {row.name === '' ? <span className="ts-dim">unknown</span> : row.name}
        </span>
      ),
    },
    { id: 'vr', header: 'VR', width: 56, cell: ({ row }) => <span className="ts-mono">{row.vr}</span> },
    {
      id: 'value',
      header: 'Value',
      cell: ({ row }) => (
        <span className={classes.value} title={row.value}>
          {row.value === '' ? <span className="ts-dim">empty</span> : row.value}
        </span>
      ),
    },
  ]
}

function TagCell({
  row: { row, place },
  rows,
  opening: { open, toggle, isSearching },
}: {
  readonly row: PlacedRow
  readonly rows: readonly AttributeRow[]
  readonly opening: Opening
}): ReactElement {
  const isOpen = open.has(place) || isSearching
  return (
    <span className={classes.tag} style={{ paddingInlineStart: row.depth * 18 }}>
      {hasInner(rows, place) ? (
        <ActionIcon
          size={24}
          aria-label={`${isOpen ? 'Close' : 'Open'} ${row.name || row.tag}`}
          aria-expanded={isOpen}
          disabled={isSearching}
          onClick={() => toggle(place)}
        >
          {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      ) : (
        <span className={classes.noToggle} />
      )}
      <span className="ts-mono">{row.tag}</span>
      {row.item === null ? null : (
        <span className="ts-dim ts-num" title={`Item ${row.item}`}>
          #{row.item}
        </span>
      )}
    </span>
  )
}
