import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { programQuery } from '../../api/machine-qa/program.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Months } from './Months.tsx'
import { Overview } from './Overview.tsx'
import classes from './program.module.css'
import { PROGRAM_FILTERS, useProgramControl } from './program-filters.ts'

/** Every unit with what is due, done and overdue on it: as it stands, and by month. */
export function ProgramPage(): ReactElement {
  const [search, patch] = useUrlState()
  const { control, query } = useProgramControl()
  const program = useQuery(programQuery(query))
  const counts = program.data?.counts
  const tab = search.tab === 'months' ? 'months' : 'overview'
  return (
    <>
      <PageHeader
        title="Program"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        facts={
          counts === undefined ? (
            'Reading the program …'
          ) : (
            <FactsLine>
              <span className="ts-num">{counts.action} overdue</span>
              <span className="ts-num">{counts.tolerance} due</span>
              <span className="ts-num">{counts.ok} not due</span>
              <span className="ts-num">{counts.no_tol} without a due date</span>
              <AppLink to="/machine-qa/calendar">Calendar</AppLink>
            </FactsLine>
          )
        }
      />
      <div className={classes.frame}>
        <FilterBar control={control} fields={PROGRAM_FILTERS} placeholder="Search lists and units">
          <SegmentedControl
            aria-label="What is shown"
            value={tab}
            onChange={(next) => patch({ tab: next === 'overview' ? undefined : next, page: undefined })}
            data={[
              { value: 'overview', label: 'As it stands' },
              { value: 'months', label: 'By month' },
            ]}
          />
        </FilterBar>
        {tab === 'months' ? <Months control={control} query={query} /> : <Overview program={program} />}
      </div>
    </>
  )
}
