import type { Context } from '../../context.ts'
import { formatMinuteWithMonthName } from '../../core/calendar.ts'
import type { Block, Cell, Column, PdfDocument, Row } from '../../platform/pdf/pdf-document.ts'
import type { ReportNote } from './domain/saved-report.ts'
import type { ReportCell, ReportColumn, ReportData, ReportKind, ReportRow } from './report-kind.ts'

/** What stands on paper besides what the report found. */
export type ReportFrame = {
  readonly title: string
  readonly siteName: string
  /** number of an issued document, or the kind of the report */
  readonly documentId: string
  readonly notes: readonly ReportNote[]
  readonly signature: boolean
}

/** A report on paper: its filters, notes, the table in groups, and a line to sign on. */
export function describeReport(
  ctx: Pick<Context, 'zone' | 'now'>,
  kind: ReportKind,
  data: ReportData,
  frame: ReportFrame,
): PdfDocument {
  return {
    title: frame.title,
    ...(frame.title === kind.title ? {} : { subtitle: kind.title }),
    documentId: frame.documentId,
    generatedAt: ctx.now(),
    zone: ctx.zone,
    locale: 'en',
    letterhead: { name: frame.siteName, address: [] },
    page: { orientation: kind.orientation ?? 'portrait' },
    blocks: [
      ...factBlocks(data),
      ...noteBlocks(frame.notes),
      ...(data.blocks ?? []),
      tableOf(data, ctx.zone),
      ...(frame.signature ? [SIGNATURE] : []),
    ],
  }
}

const SIGNATURE: Block = { kind: 'signatures', lines: [{ role: 'Signed' }] }

function factBlocks({ facts }: ReportData): readonly Block[] {
  return facts.length === 0 ? [] : [{ kind: 'facts', columns: 2, items: facts }]
}

function noteBlocks(notes: readonly ReportNote[]): readonly Block[] {
  return notes.flatMap(({ heading, text }): Block[] => [
    ...(heading === '' ? [] : [{ kind: 'heading', level: 2, text: heading } as const]),
    { kind: 'text', text },
  ])
}

function tableOf(data: ReportData, zone: string): Block {
  const shown = data.columns.flatMap((column, index) =>
    column.onPaper === 'none' ? [] : [{ column, index }],
  )
  const rowOf = ({ cells, note }: ReportRow): Row => ({
    cells: shown.map(({ column, index }) => paperCell(cells[index] ?? null, column, zone)),
    ...(note === undefined || note === '' ? {} : { note }),
  })
  const columns = shown.map(({ column }) => paperColumn(column))
  const groups = groupsOf(data.rows)
  const [only] = groups
  if (only === undefined)
    return { kind: 'table', columns, rows: [], whenEmpty: data.whenEmpty ?? 'Nothing to report' }
  if (groups.length === 1 && only.title === '') return { kind: 'table', columns, rows: only.rows.map(rowOf) }
  return {
    kind: 'table',
    columns,
    groups: groups.map(({ title, rows }) => ({ title, rows: rows.map(rowOf) })),
  }
}

/** Rows that follow one another under the same heading. */
export function groupsOf(
  rows: readonly ReportRow[],
): readonly { readonly title: string; readonly rows: readonly ReportRow[] }[] {
  const groups: { title: string; rows: ReportRow[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const title = row.group ?? ''
    if (last?.title === title) last.rows.push(row)
    else groups.push({ title, rows: [row] })
  }
  return groups
}

function paperColumn({ title, kind, onPaper }: ReportColumn): Column {
  return {
    title,
    width: onPaper === 'fill' ? 'fill' : 'fit',
    ...(kind === 'number' ? { align: 'end' } : {}),
  }
}

function paperCell(cell: ReportCell, { decimals }: ReportColumn, zone: string): Cell {
  if (cell === null || cell === '') return null
  if (cell instanceof Date) return formatMinuteWithMonthName(cell, zone)
  if (typeof cell === 'object') return 'status' in cell ? { status: cell.status } : cell.text
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  if (typeof cell === 'number') return decimals === undefined ? String(cell) : cell.toFixed(decimals)
  return cell
}
