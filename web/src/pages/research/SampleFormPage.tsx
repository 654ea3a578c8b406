import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { SampleDetails } from '../../../../src/dialects/native/research/research.schema.ts'
import { toForm } from '../../api/research/info-form.ts'
import { changeSample, choicesQuery, registerSample, sampleQuery } from '../../api/research/samples.ts'
import { fieldsOf } from '../../api/research/schema-fields.ts'
import { useSession } from '../../api/session.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { dayIn } from '../../ui/site-time.ts'
import { toast } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { SampleForm } from './SampleForm.tsx'
import type { SampleDraft } from './sample-draft.ts'

const TRAIL = [
  { label: 'Research', to: '/research' },
  { label: 'Samples', to: '/research/samples' },
] as const

/** Registers a sample; `?type=2` chooses its type. */
export function NewSamplePage(): ReactElement {
  const { data: choices } = useSuspenseQuery(choicesQuery)
  const { site } = useSession()
  const [search] = useUrlState()
  const router = useRouter()
  const client = useQueryClient()
  const only = (rows: readonly { readonly id: number }[]): string =>
    rows.length === 1 ? String(rows[0]?.id ?? '') : ''
  const empty: SampleDraft = {
    sampleId: '',
    name: '',
    dateCreated: dayIn(new Date(), site.zone),
    type: search.type ?? '',
    institute: only(choices.institutes),
    project: only(choices.projects),
    method: '',
    location: '',
    amount: '',
    unit: 'g',
    info: {},
  }
  return (
    <>
      <PageHeader title="Register a sample" crumbs={TRAIL} />
      <SampleForm
        draftKey="research.sample.new"
        choices={choices}
        stored={empty}
        version={0}
        isNew
        action="Register sample"
        onSave={async (body) => {
          const made = await registerSample(body)
          await client.invalidateQueries({ queryKey: ['list', 'research.sample'] })
          toast(`Sample ${made.sampleId} registered.`)
          await router.navigate({ href: `/research/samples/${made.id}` })
        }}
      />
    </>
  )
}

/** Changes a sample, in the version of its type that it was registered with. */
export function ChangeSamplePage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const sample = useQuery(sampleQuery(id))
  if (sample.isError)
    return (
      <>
        <PageHeader title="Change a sample" crumbs={TRAIL} />
        <ErrorPanel error={sample.error} onRetry={() => void sample.refetch()} />
      </>
    )
  if (sample.data === undefined) return <PageHeader title="Change a sample" crumbs={TRAIL} loading />
  return <ChangeForm key={sample.data.version} sample={sample.data} />
}

function ChangeForm({ sample }: { readonly sample: SampleDetails }): ReactElement {
  const { data: choices } = useSuspenseQuery(choicesQuery)
  const router = useRouter()
  const client = useQueryClient()
  const { typeVersion } = sample
  return (
    <>
      <PageHeader
        title={`Change ${sample.name}`}
        crumbs={[...TRAIL, { label: sample.sampleId, to: `/research/samples/${sample.id}` }]}
        facts={<span className="ts-mono">{sample.sampleId}</span>}
      />
      <SampleForm
        draftKey={`research.sample.${sample.id}`}
        choices={choices}
        stored={draftOf(sample)}
        version={sample.version}
        isNew={false}
        type={{ versionId: typeVersion.id, schema: typeVersion.schema, layout: typeVersion.layout }}
        action="Save sample"
        onSave={async ({ sampleId: _id, sampleTypeId: _type, state: _state, ...body }, version) => {
          await changeSample(sample.id, { ...body, version })
          await client.invalidateQueries({ queryKey: ['research', 'sample', String(sample.id)] })
          toast('Sample saved.')
          await router.navigate({ href: `/research/samples/${sample.id}` })
        }}
      />
    </>
  )
}

function draftOf(sample: SampleDetails): SampleDraft {
  const { amount, typeVersion } = sample
  return {
    sampleId: sample.sampleId,
    name: sample.name,
    dateCreated: sample.dateCreated,
    type: String(sample.sampleType.id),
    institute: String(sample.institute.id),
    project: String(sample.project.id),
    method: sample.method === null ? '' : String(sample.method.id),
    location: sample.location ?? '',
    amount: amount === null ? '' : (amount.text ?? String(amount.value ?? '')),
    unit: amount?.unit ?? 'g',
    info: toForm(fieldsOf(typeVersion.schema), sample.info),
  }
}
