import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireLimsOverview, WireSampleRow } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { overviewQuery, samplesQuery } from '../../api/lims/samples.ts'
import { stateToken } from '../../api/lims/words.ts'
import { usePermission } from '../../api/session.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import { OVERVIEW_COLUMNS } from './sample-columns.tsx'

/** States in which work waits for somebody, in the order of a sample's life. */
const WAITING = [
  'to_be_sampled',
  'to_be_preserved',
  'sample_due',
  'sample_received',
  'attachment_due',
  'to_be_verified',
  'verified',
]
const ROWS = 8
const LATE = { state: 'late', order: 'dueDate', limit: ROWS }
const OLDEST = { state: 'sample_received,to_be_verified', order: 'dateReceived', limit: ROWS }

/** Where the work of the laboratory stands: by state, what is late, what waits longest. */
export function OverviewPage(): ReactElement {
  const overview = useQuery(overviewQuery)
  const router = useRouter()
  const mayRegister = usePermission('lims.sample.register')
  return (
    <>
      <LimsSections />
      <PageHeader
        title="Laboratory"
        facts={<OverviewFacts overview={overview.data} />}
        {...(mayRegister
          ? {
              primary: (
                <Button onClick={() => void router.navigate({ href: '/lims/samples/new' })}>
                  Register samples
                </Button>
              ),
            }
          : {})}
      />
      {overview.isError ? (
        <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} />
      ) : (
        <div className={classes.overview}>
          <StateCards overview={overview.data} />
          <SampleTable title="Late" query={LATE} empty="Nothing is late." />
          <SampleTable title="Waiting longest" query={OLDEST} empty="Nothing waits." />
        </div>
      )}
    </>
  )
}

function OverviewFacts({ overview }: { readonly overview: WireLimsOverview | undefined }): ReactElement {
  if (overview === undefined) return <span>Counting the work …</span>
  return (
    <FactsLine>
      <span className="ts-num">{overview.late === 0 ? 'nothing late' : `${overview.late} late`}</span>
      <span className="ts-num">{overview.unassigned} received without a worksheet</span>
    </FactsLine>
  )
}

/** States that a laboratory without the sampling workflow never sees; shown where something is in them. */
const RARE: ReadonlySet<string> = new Set(['to_be_sampled', 'to_be_preserved', 'attachment_due'])
const ENDED_SHEETS: ReadonlySet<string> = new Set(['verified', 'rejected'])

function StateCards({ overview }: { readonly overview: WireLimsOverview | undefined }): ReactElement {
  const seesWorksheets = usePermission('lims.laboratory.view')
  const counts = new Map(overview?.states.map((state) => [state.state, state]))
  const shown = WAITING.flatMap((state) => counts.get(state) ?? []).filter(isWorthShowing)
  const sheets = (overview?.worksheets ?? []).filter(
    (each) => isWorthShowing(each) && !ENDED_SHEETS.has(each.state),
  )
  return (
    <>
      <section className={classes.cards} aria-label="Work by state">
        <Card label="Late" count={overview?.late} token="late" to="/lims/samples?state=late" />
        {shown.map(({ state, title, count }) => (
          <Card
            key={state}
            label={title}
            count={count}
            token={stateToken(state)}
            to={`/lims/samples?state=${state}`}
          />
        ))}
      </section>
      {seesWorksheets && sheets.length > 0 ? (
        <section aria-label="Worksheets by state">
          <h2 className={classes.cardsTitle}>Worksheets</h2>
          <div className={classes.cards}>
            {sheets.map(({ state, title, count }) => (
              <Card
                key={state}
                label={title}
                count={count}
                token={stateToken(state)}
                to={`/lims/worksheets?state=${state}`}
              />
            ))}
          </div>
        </section>
      ) : null}
    </>
  )
}

function isWorthShowing({ state, count }: { readonly state: string; readonly count: number }): boolean {
  return count > 0 || !RARE.has(state)
}

interface CardProps {
  readonly label: string
  readonly count: number | undefined
  readonly token: StatusToken
  readonly to: string
}

function Card({ label, count, token, to }: CardProps): ReactElement {
  return (
    <AppLink to={to} className={classes.card}>
      <span className={classes.cardCount}>{count?.toLocaleString() ?? '–'}</span>
      <StatusChip token={count === 0 ? 'none' : token}>{label}</StatusChip>
    </AppLink>
  )
}

interface SampleTableProps {
  readonly title: string
  readonly query: Readonly<Record<string, string | number>>
  readonly empty: string
}

function SampleTable({ title, query, empty }: SampleTableProps): ReactElement {
  const samples = useQuery(samplesQuery(query))
  const { total } = samples.data ?? {}
  return (
    <Panel
      title={title}
      padding="flush"
      aside={
        total !== undefined && total > ROWS ? (
          <AppLink to={`/lims/samples?state=${query.state}&order=${query.order}`}>Show all {total}</AppLink>
        ) : undefined
      }
    >
      {samples.isError ? (
        <ErrorPanel error={samples.error} onRetry={() => void samples.refetch()} />
      ) : (
        <DataTable<WireSampleRow>
          label={title}
          columns={OVERVIEW_COLUMNS}
          rows={samples.data?.items}
          rowKey={({ id }) => String(id)}
          rowTo={({ id }) => `/lims/samples/${id}`}
          expectedRows={ROWS}
          empty={<EmptyNote>{empty}</EmptyNote>}
        />
      )}
    </Panel>
  )
}
