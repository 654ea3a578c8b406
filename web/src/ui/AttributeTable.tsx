import { ActionIcon, SegmentedControl, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import classes from './AttributeTable.module.css'
import { type AttributeRow, hasInner, type PlacedRow, visibleRows } from './attribute-rows.ts'
import { DataTable } from './DataTable.tsx'
import type { TableColumn } from './data-table-model.ts'
import { EmptyNote } from './EmptyNote.tsx'

export interface AttributeTableProps {
  readonly label: string
  /** Undefined while they are read. */
  readonly rows: readonly AttributeRow[] | undefined
  /** `narrow` shows names and values; the tag stands in the hint of the name. */
  readonly form?: 'wide' | 'narrow'
}

const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'standard', label: 'Standard' },
  { value: 'private', label: 'Private' },
] as const

/** Tagged values with nested sequences: searched by tag, keyword, name, VR or value; sequences open and close. */
export function AttributeTable({ label, rows, form = 'wide' }: AttributeTableProps): ReactElement {
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
    const opening = { open, toggle, isSearching: text.trim() !== '' }
    return form === 'narrow' ? narrowColumns(rows ?? [], opening) : wideColumns(rows ?? [], opening)
  }, [rows, open, text, form])
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

const VALUE: TableColumn<PlacedRow> = {
  id: 'value',
  header: 'Value',
  cell: ({ row }) => (
    <span className={classes.value} title={row.value}>
      {row.value === '' ? <span className="ts-dim">empty</span> : row.value}
    </span>
  ),
}

function wideColumns(rows: readonly AttributeRow[], opening: Opening): readonly TableColumn<PlacedRow>[] {
  return [
    {
      id: 'tag',
      header: 'Tag',
      width: 190,
      cell: (placed) => (
        <PlacedCell placed={placed} rows={rows} opening={opening}>
          <span className="ts-mono">{placed.row.tag}</span>
        </PlacedCell>
      ),
    },
    {
      id: 'name',
      header: 'Name',
      width: 250,
      cell: ({ row }) => <span title={row.keyword || undefined}>{nameOf(row)}</span>,
    },
    { id: 'vr', header: 'VR', width: 56, cell: ({ row }) => <span className="ts-mono">{row.vr}</span> },
    VALUE,
  ]
}

function narrowColumns(rows: readonly AttributeRow[], opening: Opening): readonly TableColumn<PlacedRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 230,
      cell: (placed) => (
        <PlacedCell placed={placed} rows={rows} opening={opening}>
          <span title={`${placed.row.tag} ${placed.row.vr} ${placed.row.keyword}`}>{nameOf(placed.row)}</span>
        </PlacedCell>
      ),
    },
    VALUE,
  ]
}

function nameOf({ name }: AttributeRow): ReactNode {
  return name === '' ? <span className="ts-dim">unknown</span> : name
}

/** What names a row, below its sequence, with the button that opens it. */
function PlacedCell({
  placed: { row, place },
  children,
  rows,
  opening: { open, toggle, isSearching },
}: {
  readonly placed: PlacedRow
  readonly children: ReactNode
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
      {children}
      {row.item === null ? null : (
        <span className="ts-dim ts-num" title={`Item ${row.item}`}>
          #{row.item}
        </span>
      )}
    </span>
  )
}
