import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { ExperimentDetails } from '../../../../src/dialects/native/research/research.schema.ts'
import { binExperiment, experimentQuery } from '../../api/research/experiments.ts'
import { quantityText } from '../../api/research/info-text.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { toast } from '../../ui/toasts.ts'
import { FilesPanel } from './FilesPanel.tsx'
import classes from './research.module.css'

const TRAIL = [
  { label: 'Research', to: '/research' },
  { label: 'Experiments', to: '/research/experiments' },
] as const

/** One experiment: what went in, what came out, with which equipment in which state. */
export function ExperimentPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const experiment = useQuery(experimentQuery(id))
  if (experiment.isError)
    return (
      <>
        <PageHeader title="Experiment" crumbs={TRAIL} />
        <ErrorPanel error={experiment.error} onRetry={() => void experiment.refetch()} />
      </>
    )
  if (experiment.data === undefined) return <PageHeader title="Experiment" crumbs={TRAIL} loading />
  return <Experiment experiment={experiment.data} />
}

function Experiment({ experiment }: { readonly experiment: ExperimentDetails }): ReactElement {
  const router = useRouter()
  const client = useQueryClient()
  const [isBinning, setBinning] = useState(false)
  const mayRemove = usePermission('research.experiment.remove') && experiment.mayChange
  const change = (
    <Button onClick={() => void router.navigate({ href: `/research/experiments/${experiment.id}/change` })}>
      Change experiment
    </Button>
  )
  const bin = (
    <Button variant="default" onClick={() => setBinning(true)}>
      Put into the bin
    </Button>
  )
  return (
    <>
      <PageHeader
        kind={experiment.method.label}
        title={experiment.name}
        crumbs={TRAIL}
        status={<Balance experiment={experiment} />}
        facts={
          <FactsLine>
            <span>done {formatDay(experiment.dateCreated)}</span>
            <span>{experiment.staff.label}</span>
            <span>{experiment.project.label}</span>
            <span>
              recorded <RelativeTime at={experiment.registeredAt} />
              {experiment.user === null ? '' : ` by ${experiment.user.label}`}
            </span>
          </FactsLine>
        }
        {...(mayRemove ? { actions: bin } : {})}
        {...(experiment.mayChange ? { primary: change } : {})}
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title="Samples used" padding="flush">
            <Ends ends={experiment.inputs} none="No sample is named besides the one examined." />
          </Panel>
          <Panel title="Samples made" padding="flush">
            <Ends ends={experiment.outputs} none="No sample came of it." />
          </Panel>
          {experiment.notes === null ? null : (
            <Panel title="Notes">
              <p style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{experiment.notes}</p>
            </Panel>
          )}
          <FilesPanel
            owner={{ of: 'experiments', id: experiment.id }}
            files={experiment.files}
            mayAdd={experiment.mayChange}
            onAdded={() =>
              client.invalidateQueries({ queryKey: ['research', 'experiment', String(experiment.id)] })
            }
          />
        </div>
        <div className={classes.stack}>
          <Panel title="Sample examined">
            <AppLink to={`/research/samples/${experiment.sample.id}`}>{experiment.sample.name}</AppLink>{' '}
            <span className="ts-mono ts-dim">{experiment.sample.sampleId}</span>
          </Panel>
          <Equipment experiment={experiment} />
        </div>
      </div>
      {isBinning ? (
        <ConfirmWithReason
          title={`Put ${experiment.name} into the bin?`}
          action="Put into the bin"
          reason="none"
          danger
          onClose={() => setBinning(false)}
          onConfirm={async () => {
            await binExperiment(experiment.id)
            toast('Experiment put into the bin.')
            await router.navigate({ href: '/research/experiments' })
          }}
        >
          It can be taken out again for some days.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}

function Balance({
  experiment: { balance },
}: {
  readonly experiment: ExperimentDetails
}): ReactElement | null {
  if (balance === null) return null
  const percent = formatNumber(balance.recovery * 100, { digits: 1 })
  const token = balance.withinTolerance === null ? 'none' : balance.withinTolerance ? 'ok' : 'warn'
  return (
    <StatusChip token={token} variant="soft">
      {percent} % recovered
    </StatusChip>
  )
}

interface EndsProps {
  readonly ends: readonly (ExperimentDetails['outputs'][number] & { readonly consumed?: boolean })[]
  readonly none: string
}

function Ends({ ends, none }: EndsProps): ReactElement {
  if (ends.length === 0) return <p className={classes.note}>{none}</p>
  return (
    <ul className={classes.rows}>
      {ends.map((end) => (
        <li key={end.id}>
          <AppLink to={`/research/samples/${end.id}`} className={classes.rowLink}>
            {end.name}
          </AppLink>
          <span className="ts-mono ts-dim">{end.sampleId}</span>
          <span className="ts-num">{end.amount === null ? '' : quantityText(end.amount)}</span>
          <span>{end.consumed === true ? 'used up' : ''}</span>
        </li>
      ))}
    </ul>
  )
}

/** What was known of the equipment when it was recorded, and what is known now about the same day. */
function Equipment({ experiment }: { readonly experiment: ExperimentDetails }): ReactElement {
  return (
    <Panel title="Equipment" padding="flush">
      {experiment.equipment.length === 0 ? <p className={classes.note}>No equipment is named.</p> : null}
      <ul className={classes.rows}>
        {experiment.equipment.map((item) => (
          <li key={item.id}>
            <span className={classes.rowLink}>{item.name}</span>
            <span className={classes.grow}>
              {item.state}
              {item.stateNow === null || item.stateNow === item.state
                ? ''
                : `, known now as ${item.stateNow}`}
              {item.reasons.length === 0 ? '' : `: ${item.reasons.join('; ')}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
