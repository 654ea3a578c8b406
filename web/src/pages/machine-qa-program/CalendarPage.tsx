import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { programCalendarQuery } from '../../api/machine-qa/program.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { useSiteZone } from '../../ui/site.ts'
import { dayIn } from '../../ui/site-time.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { CalendarGrid } from './CalendarGrid.tsx'
import { DayPanel } from './DayPanel.tsx'
import { monthTitle, monthWithin, shiftMonth } from './month.ts'
import classes from './program.module.css'
import { PROGRAM_FILTERS, useProgramControl } from './program-filters.ts'

/** A month of the program: what was done, is due, and will be. */
export function CalendarPage(): ReactElement {
  const [search, patch] = useUrlState()
  const zone = useSiteZone()
  const today = dayIn(new Date(), zone)
  const month = monthWithin(search.month) ?? `${today.slice(0, 7)}-01`
  const day = search.day ?? (month.slice(0, 7) === today.slice(0, 7) ? today : undefined)
  const { control, query } = useProgramControl()
  const calendar = useQuery(programCalendarQuery({ ...query, month }))
  const days = calendar.data?.days ?? []
  const sum = (of: 'done' | 'due' | 'overdue' | 'planned'): number =>
    days.reduce((total, each) => total + each[of], 0)
  const goTo = (next: string): void => patch({ month: next, day: undefined })
  useShortcut('[', 'Go to the month before', () => goTo(shiftMonth(month, -1)))
  useShortcut(']', 'Go to the month after', () => goTo(shiftMonth(month, 1)))
  return (
    <>
      <PageHeader
        title={monthTitle(month)}
        kind="Calendar"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        facts={
          <FactsLine>
            <span className="ts-num">{sum('done')} done</span>
            <span className="ts-num">{sum('overdue')} overdue</span>
            <span className="ts-num">{sum('due')} due</span>
            <span className="ts-num">{sum('planned')} planned</span>
            <AppLink to="/machine-qa/program">Program</AppLink>
          </FactsLine>
        }
        actions={
          <>
            <ActionIcon size={40} aria-label="Month before" onClick={() => goTo(shiftMonth(month, -1))}>
              <IconChevronLeft size={18} />
            </ActionIcon>
            <Button variant="default" onClick={() => patch({ month: undefined, day: undefined })}>
              This month
            </Button>
            <ActionIcon size={40} aria-label="Month after" onClick={() => goTo(shiftMonth(month, 1))}>
              <IconChevronRight size={18} />
            </ActionIcon>
          </>
        }
      />
      <div className={classes.frame}>
        <FilterBar control={control} fields={PROGRAM_FILTERS} placeholder="Search lists and units" />
        {calendar.isError && calendar.data === undefined ? (
          <ErrorPanel error={calendar.error} onRetry={() => void calendar.refetch()} />
        ) : calendar.data === undefined ? (
          <Skeleton height={560} radius={0} />
        ) : (
          <CalendarGrid
            days={days}
            today={calendar.data.today}
            chosen={day}
            onChoose={(chosen) => patch({ day: chosen }, 'replace')}
          />
        )}
      </div>
      {day === undefined ? null : <DayPanel day={day} query={query} />}
    </>
  )
}
