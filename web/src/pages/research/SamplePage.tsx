import { Button, Menu, Tabs } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { SampleDetails } from '../../../../src/dialects/native/research/research.schema.ts'
import { quantityText } from '../../api/research/info-text.ts'
import { binSample, exportAddress, labelsAddress, sampleQuery } from '../../api/research/samples.ts'
import { usePermission } from '../../api/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { toast } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { FilesPanel } from './FilesPanel.tsx'
import { SampleHistory } from './SampleHistory.tsx'
import { SampleOverview } from './SampleOverview.tsx'
import { SampleStateChip } from './SampleStateChip.tsx'

const ProvenanceView = lazy(async () => {
  const { ProvenanceView: component } = await import('./ProvenanceView.tsx')
  return { default: component }
})

const TRAIL = [
  { label: 'Research', to: '/research' },
  { label: 'Samples', to: '/research/samples' },
] as const

/** One sample: in what state it is, what is known of it, where it comes from and what became of it. */
export function SamplePage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const sample = useQuery(sampleQuery(id))
  if (sample.isError)
    return (
      <>
        <PageHeader title="Sample" crumbs={TRAIL} />
        <ErrorPanel error={sample.error} onRetry={() => void sample.refetch()} />
      </>
    )
  if (sample.data === undefined) return <PageHeader title="Sample" kind="Sample" crumbs={TRAIL} loading />
  return <Sample key={sample.data.id} sample={sample.data} />
}

function Sample({ sample }: { readonly sample: SampleDetails }): ReactElement {
  const router = useRouter()
  const client = useQueryClient()
  const [search, patch] = useUrlState()
  const again = () => client.invalidateQueries({ queryKey: ['research', 'sample', String(sample.id)] })
  const change = (
    <Button onClick={() => void router.navigate({ href: `/research/samples/${sample.id}/change` })}>
      Change sample
    </Button>
  )
  return (
    <>
      <PageHeader
        kind={sample.sampleType.label}
        title={sample.name}
        crumbs={TRAIL}
        status={<SampleStateChip state={sample.state} warnings={sample.warnings.length} variant="soft" />}
        facts={<SampleFacts sample={sample} />}
        actions={<SampleActions sample={sample} />}
        {...(sample.mayChange ? { primary: change } : {})}
      />
      {sample.warnings.map((warning) => (
        <Banner key={warning.path + warning.message} token="warn">
          {warning.message}
        </Banner>
      ))}
      <Tabs
        value={search.tab ?? 'overview'}
        onChange={(tab) => patch({ tab: tab === 'overview' ? undefined : String(tab) })}
        keepMounted={false}
        mt={12}
      >
        <Tabs.List mb={20}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="files">
            Files{sample.files.length === 0 ? '' : ` (${sample.files.length})`}
          </Tabs.Tab>
          <Tabs.Tab value="provenance">Provenance</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <SampleOverview sample={sample} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FilesPanel
            owner={{ of: 'samples', id: sample.id }}
            files={sample.files}
            mayAdd={sample.mayChange}
            onAdded={again}
          />
        </Tabs.Panel>
        <Tabs.Panel value="provenance">
          <Suspense>
            <ProvenanceView sampleId={sample.id} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <SampleHistory sample={sample} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function SampleFacts({ sample }: { readonly sample: SampleDetails }): ReactElement {
  return (
    <FactsLine>
      <CopyText value={sample.sampleId} />
      <span>made {formatDay(sample.dateCreated)}</span>
      <span>{sample.project.label}</span>
      <span>{sample.institute.label}</span>
      {sample.location === null ? null : <span>{sample.location}</span>}
      {sample.amountLeft === null ? null : (
        <span className="ts-num">{quantityText(sample.amountLeft)} left</span>
      )}
    </FactsLine>
  )
}

function SampleActions({ sample }: { readonly sample: SampleDetails }): ReactElement {
  const router = useRouter()
  const [isBinning, setBinning] = useState(false)
  const mayRemove = usePermission('research.sample.remove') && sample.mayChange
  const mayAdd = usePermission('research.sample.add') && sample.mayChange
  const mayRecord = usePermission('research.experiment.add')
  const go = (path: string) => () => void router.navigate({ href: path })
  const step = `/research/samples/${sample.id}/step`
  return (
    <>
      <Button component="a" variant="default" href={labelsAddress([sample.id])} target="_blank">
        Print label
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayAdd ? (
            <>
              <Menu.Item onClick={go(`${step}?kind=split`)}>Split sample</Menu.Item>
              <Menu.Item onClick={go(`${step}?kind=pool`)}>Pool with others</Menu.Item>
              <Menu.Item onClick={go(`${step}?kind=derive`)}>Derive samples</Menu.Item>
              <Menu.Divider />
            </>
          ) : null}
          {mayRecord ? (
            <Menu.Item onClick={go(`/research/experiments/new?sample=${sample.id}`)}>
              Record experiment
            </Menu.Item>
          ) : null}
          <Menu.Item component="a" href={exportAddress('eln', { ids: [sample.id] })} download>
            Export as .eln
          </Menu.Item>
          <Menu.Item component="a" href={exportAddress('csv', { ids: [sample.id] })} download>
            Export as CSV
          </Menu.Item>
          {mayRemove ? (
            <>
              <Menu.Divider />
              <Menu.Item color="red" onClick={() => setBinning(true)}>
                Put into the bin
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isBinning ? (
        <ConfirmWithReason
          title={`Put ${sample.sampleId} into the bin?`}
          action="Put into the bin"
          reason="none"
          danger
          onClose={() => setBinning(false)}
          onConfirm={async () => {
            await binSample(sample.id)
            toast('Sample put into the bin.')
            await router.navigate({ href: '/research/samples' })
          }}
        >
          It can be taken out again for some days. A sample that others were made of stays.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}
