import { Button, TextInput } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { readExperiments } from '../../api/research/experiments.ts'
import { choicesQuery, searchSamples } from '../../api/research/samples.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { ResearchSections } from './ResearchSections.tsx'
import classes from './research.module.css'
import { SampleStateChip } from './SampleStateChip.tsx'

const RECENT = 8

/** What was registered and recorded last, and the way to a sample whose label is at hand. */
export function OverviewPage(): ReactElement {
  const mayAdd = usePermission('research.sample.add')
  const samples = useQuery({
    queryKey: ['research', 'recent-samples'],
    queryFn: ({ signal }) => searchSamples({ order: '-id', limit: RECENT }, signal),
  })
  const experiments = useQuery({
    queryKey: ['research', 'recent-experiments'],
    queryFn: ({ signal }) => readExperiments({ order: '-id', limit: RECENT }, signal),
  })
  const choices = useQuery(choicesQuery)
  return (
    <>
      <ResearchSections />
      <PageHeader
        title="Research data"
        facts={<OverviewFacts samples={samples.data?.total} experiments={experiments.data?.total} />}
        {...(mayAdd ? { primary: <RegisterButton /> } : {})}
      />
      <div className={classes.overview}>
        <OpenById />
        <Panel
          title="Registered last"
          padding="flush"
          aside={<AppLink to="/research/samples">All samples</AppLink>}
        >
          {samples.isError ? (
            <ErrorPanel error={samples.error} onRetry={() => void samples.refetch()} />
          ) : null}
          {samples.data?.items.length === 0 ? <EmptyNote>No sample is registered yet.</EmptyNote> : null}
          <ul className={classes.rows} aria-busy={samples.isPending}>
            {samples.data?.items.map((row) => (
              <li key={row.id}>
                <AppLink to={`/research/samples/${row.id}`} className={classes.rowLink}>
                  {row.name}
                </AppLink>
                <span className="ts-mono ts-dim">{row.sampleId}</span>
                <span>{row.sampleType.label}</span>
                <SampleStateChip state={row.state} warnings={row.warningCount} />
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Experiments recorded last" padding="flush">
          {experiments.isError ? (
            <ErrorPanel error={experiments.error} onRetry={() => void experiments.refetch()} />
          ) : null}
          {experiments.data?.items.length === 0 ? (
            <EmptyNote>No experiment is recorded yet.</EmptyNote>
          ) : null}
          <ul className={classes.rows} aria-busy={experiments.isPending}>
            {experiments.data?.items.map((row) => (
              <li key={row.id}>
                <AppLink to={`/research/experiments/${row.id}`} className={classes.rowLink}>
                  {row.name}
                </AppLink>
                <span>{row.method?.label}</span>
                <span className="ts-mono ts-dim">{row.sample?.label}</span>
                <span className="ts-num">{formatDay(row.dateCreated)}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Sample types" padding="flush">
          <ul className={classes.rows} aria-busy={choices.isPending}>
            {choices.data?.sampleTypes.map((type) => (
              <li key={type.id}>
                <AppLink to={`/research/samples?type=${type.id}`} className={classes.rowLink}>
                  {type.name}
                </AppLink>
                <span className={classes.grow}>{type.description}</span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}

export function RegisterButton(): ReactElement {
  const router = useRouter()
  return (
    <Button onClick={() => void router.navigate({ href: '/research/samples/new' })}>Register sample</Button>
  )
}

function OverviewFacts({
  samples,
  experiments,
}: {
  readonly samples: number | null | undefined
  readonly experiments: number | null | undefined
}): ReactElement {
  return (
    <span className="ts-num">
      {samples?.toLocaleString() ?? '–'} samples and {experiments?.toLocaleString() ?? '–'} experiments that
      you may see
    </span>
  )
}

/** A scanner types what stands on the label and presses Enter. */
function OpenById(): ReactElement {
  const router = useRouter()
  const [text, setText] = useState('')
  const open = (event: FormEvent): void => {
    event.preventDefault()
    // a QR code holds the whole address
    const id = decodeURIComponent(text.trim().split('/').at(-1) ?? '')
    if (id !== '') void router.navigate({ href: `/research/samples/by-id/${encodeURIComponent(id)}` })
  }
  return (
    <form onSubmit={open} className={classes.scan}>
      <TextInput
        label="Open a sample"
        description="Scan its label, or type its id"
        placeholder="240616_125138_010102"
        leftSection={<IconBarcode size={18} stroke={1.7} aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" variant="default">
        Open
      </Button>
    </form>
  )
}
