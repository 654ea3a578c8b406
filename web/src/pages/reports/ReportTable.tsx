import { Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type FilterValues, previewQuery, type ReportPreview } from '../../api/reports.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './reports.module.css'

type Column = ReportPreview['columns'][number]
type Cell = ReportPreview['rows'][number]['cells'][number]

/** The first rows of the report as it is set now. */
export function ReportTable({
  kind,
  filters,
}: {
  readonly kind: string
  readonly filters: FilterValues
}): ReactElement {
  const preview = useQuery({ ...previewQuery(kind, filters), placeholderData: keepPreviousData })
  return (
    <Panel title="Preview" padding="flush">
      {preview.isError ? <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.data === undefined && !preview.isError ? <Skeleton height={360} /> : null}
      {preview.data === undefined || preview.isError ? null : <Found preview={preview.data} />}
    </Panel>
  )
}

function Found({ preview }: { readonly preview: ReportPreview }): ReactElement {
  const { facts, columns, rows, isCut } = preview
  const shown = columns.flatMap((column, at) => (column.isOnPaper ? [{ column, at }] : []))
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {rows.length === 0 ? (
        <EmptyNote>With these filters there is nothing to report.</EmptyNote>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={classes.preview} tabIndex={0} aria-label="First rows">
          <table>
            <thead>
              <tr>
                {shown.map(({ column }) => (
                  <th key={column.title} scope="col" data-align={alignOf(column)}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            {groupsOf(rows).map(({ title, rows: grouped }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no identity
              <tbody key={index}>
                {title === '' ? null : (
                  <tr>
                    <th scope="rowgroup" colSpan={shown.length} className={classes.group}>
                      {title}
                    </th>
                  </tr>
                )}
                {grouped.map((row, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no identity
                  <tr key={place}>
                    {shown.map(({ column, at }) => (
                      <td key={column.title} data-align={alignOf(column)}>
                        {cellOf(row.cells[at] ?? null, column)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </section>
      )}
      {isCut ? <p className={classes.note}>These are the first {rows.length} rows. A file has all.</p> : null}
    </>
  )
}

type Row = ReportPreview['rows'][number]

/** Rows that follow one another under the same heading. */
function groupsOf(
  rows: readonly Row[],
): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const groups: { title: string; rows: Row[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const title = row.group ?? ''
    if (last?.title === title) last.rows.push(row)
    else groups.push({ title, rows: [row] })
  }
  return groups
}

function alignOf(column: Column | undefined): 'end' | 'start' {
  return column?.kind === 'number' ? 'end' : 'start'
}

function cellOf(cell: Cell, column: Column | undefined): ReactElement | string {
  if (cell === null) return '–'
  if (typeof cell === 'object') return <StatusChip token={cell.status.token}>{cell.status.word}</StatusChip>
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  if (column?.kind === 'instant') return <RelativeTime at={String(cell)} hint="tooltip" />
  if (typeof cell === 'number' && column?.decimals != null) return cell.toFixed(column.decimals)
  return String(cell)
}
