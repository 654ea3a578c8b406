import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireNamed, WireSample } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { sampleByIdQuery } from '../../api/lims/samples.ts'
import { stateToken } from '../../api/lims/words.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { LimsSections } from './LimsSections.tsx'
import classes from './lims.module.css'
import { type ResultGroup, ResultsGrid } from './ResultsGrid.tsx'
import { SampleFacts } from './SampleFacts.tsx'
import { SampleHistory } from './SampleHistory.tsx'
import { SampleMoves } from './SampleMoves.tsx'

const CRUMBS = [
  { label: 'Laboratory', to: '/lims' },
  { label: 'Samples', to: '/lims/samples' },
]

/** Everything of one sample: its state first, then results, facts and history. */
export function SamplePage(): ReactElement {
  const { id } = useParams({ from: '/shell/lims/samples/$id' })
  const sample = useQuery(sampleByIdQuery(id))
  if (sample.isError && sample.data === undefined) {
    return (
      <>
        <PageHeader title="Sample" crumbs={CRUMBS} />
        <ErrorPanel error={sample.error} onRetry={() => void sample.refetch()} />
      </>
    )
  }
  if (sample.data === undefined) return <PageHeader title="Sample" crumbs={CRUMBS} loading />
  return <LoadedSample key={id} sample={sample.data} />
}

function LoadedSample({ sample }: { readonly sample: WireSample }): ReactElement {
  const { progress } = sample
  return (
    <>
      <LimsSections />
      <PageHeader
        kind="Sample"
        title={sample.objectId}
        crumbs={CRUMBS}
        status={<HeaderStatus sample={sample} />}
        facts={
          <FactsLine>
            <span>{sample.client.name}</span>
            <span>{sample.sampleType.name}</span>
            <span className="ts-num">
              {progress.verified} of {progress.total} results verified
            </span>
            {sample.dueDate === null ? null : (
              <span>
                due <RelativeTime at={sample.dueDate} />
              </span>
            )}
          </FactsLine>
        }
        primary={<SampleMoves sample={sample} />}
      />
      <Relations sample={sample} />
      <div className={classes.stack}>
        <Panel title="Results" padding="flush">
          {sample.analyses.length === 0 ? (
            <p className={classes.note}>This sample has no analyses yet, or none that you may see.</p>
          ) : (
            <ResultsGrid label="Results" groups={groupsOf(sample)} />
          )}
        </Panel>
        <Panel title="Facts">
          <SampleFacts sample={sample} />
        </Panel>
        <Panel title="History">
          <SampleHistory id={sample.id} />
        </Panel>
      </div>
    </>
  )
}

function HeaderStatus({ sample }: { readonly sample: WireSample }): ReactElement {
  if (sample.cancelled) {
    return (
      <StatusChip token="void" variant="soft">
        Cancelled
      </StatusChip>
    )
  }
  return (
    <StatusChip token={sample.late ? 'late' : stateToken(sample.state)} variant="soft">
      {sample.late ? `${sample.stateTitle}, late` : sample.stateTitle}
    </StatusChip>
  )
}

/** By category of service, in the order of the first analysis of each. */
function groupsOf(sample: WireSample): readonly ResultGroup[] {
  const categories = Map.groupBy(sample.analyses, ({ category }) => category)
  return [...categories].map(([category, analyses]) => ({
    key: category,
    name: sample.objectId,
    ...(categories.size > 1 ? { heading: category } : {}),
    analyses,
  }))
}

function Relations({ sample }: { readonly sample: WireSample }): ReactElement {
  return (
    <>
      {sample.followedBy === null ? null : (
        <Banner token="act">
          Its results are invalid. <SampleLink to={sample.followedBy} /> follows it.
        </Banner>
      )}
      {sample.follows === null ? null : (
        <Banner token="none">
          Measured again after <SampleLink to={sample.follows} /> was invalidated.
        </Banner>
      )}
      {sample.rejectionReasons.length === 0 ? null : (
        <Banner token="void">Rejected: {sample.rejectionReasons.join(', ')}</Banner>
      )}
    </>
  )
}

function SampleLink({ to }: { readonly to: WireNamed }): ReactElement {
  return <AppLink to={`/lims/samples/${to.id}`}>{to.name}</AppLink>
}
