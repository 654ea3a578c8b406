import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireProgramMonths } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import type { Query } from '../../api/client.ts'
import { programMonthsQuery } from '../../api/machine-qa/program.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import type { ListControl } from '../../ui/list-state.ts'
import { Pager } from '../../ui/Pager.tsx'
import { StatusIcon } from '../../ui/StatusIcon.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { dayBounds } from '../../ui/site-time.ts'
import { type MonthCell, shownCell } from './month-cell.ts'
import classes from './program.module.css'

const MONTHS = 12
const MOST_ROWS = 200

/** What was done in each month, against what the frequency asks for. */
export function Months({
  control,
  query,
}: {
  readonly control: ListControl
  readonly query: Query
}): ReactElement {
  const size = Math.min(control.size, MOST_ROWS)
  const months = useQuery(
    programMonthsQuery({
      ...query,
      months: MONTHS,
      limit: size,
      offset: control.page > 1 ? (control.page - 1) * size : undefined,
    }),
  )
  const { data } = months
  if (months.isError && data === undefined) {
    return <ErrorPanel error={months.error} onRetry={() => void months.refetch()} />
  }
  if (data === undefined) return <Skeleton height={480} radius={0} />
  if (data.rows.length === 0) return <EmptyNote>No assignment matches.</EmptyNote>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label="Program by month">
        <table className={classes.months}>
          <thead>
            <tr>
              <th scope="col">Test list</th>
              {data.months.map((month) => (
                <th key={month} scope="col" data-align="end">
                  {monthName(month)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <MonthRow key={row.assignmentId} row={row} months={data.months} />
            ))}
          </tbody>
        </table>
      </section>
      <Pager control={control} shown={data.rows.length} total={data.total} />
    </>
  )
}

function monthName(month: string): string {
  const isJanuary = month.slice(5, 7) === '01'
  return new Intl.DateTimeFormat(undefined, {
    month: 'short',
    ...(isJanuary ? { year: '2-digit' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${month}T00:00:00Z`))
}

interface MonthRowProps {
  readonly row: WireProgramMonths['rows'][number]
  readonly months: readonly string[]
}

function MonthRow({ row, months }: MonthRowProps): ReactElement {
  return (
    <tr>
      <th scope="row">
        <AppLink to={`/machine-qa/perform/${row.assignmentId}`}>{row.name}</AppLink>
        <span className={classes.place}>
          {row.unit.name} · {row.frequency?.name ?? 'When needed'}
        </span>
      </th>
      {row.cells.map((cell, index) => {
        const month = months[index] ?? ''
        return (
          <td key={month} data-align="end">
            <Cell cell={cell} assignmentId={row.assignmentId} month={month} next={months[index + 1]} />
          </td>
        )
      })}
    </tr>
  )
}

interface CellProps {
  readonly cell: MonthCell
  readonly assignmentId: number
  readonly month: string
  readonly next: string | undefined
}

/** Leads to the sessions of that month. */
function Cell({ cell, assignmentId, month, next }: CellProps): ReactElement {
  const zone = useSiteZone()
  const { token, text, words } = shownCell(cell)
  const shown = (
    <>
      {token === 'none' ? null : <StatusIcon token={token} size={13} />}
      <span aria-hidden="true">{text}</span>
      <span className="ts-hidden">{words}</span>
    </>
  )
  if (cell.done === 0) return <span className={classes.cell}>{shown}</span>
  const from = dayBounds(month, zone)?.[0].toISOString()
  const to = next === undefined ? undefined : dayBounds(next, zone)?.[0].toISOString()
  const until = to === undefined ? '' : `&workCompleted:lt=${to}`
  return (
    <AppLink
      className={classes.cell}
      title={words}
      to={`/machine-qa/sessions?unitTestCollection=${assignmentId}&workCompleted:gte=${from ?? ''}${until}`}
    >
      {shown}
    </AppLink>
  )
}
