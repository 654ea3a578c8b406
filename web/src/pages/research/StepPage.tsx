import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import type {
  NewRunBody,
  ResearchChoices,
  SampleDetails,
  SampleLink,
  WireQuantity,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { toForm, toInfo } from '../../api/research/info-form.ts'
import { choicesQuery, makeRun, nextSampleId, sampleQuery } from '../../api/research/samples.ts'
import { fieldsOf } from '../../api/research/schema-fields.ts'
import { useSession } from '../../api/session.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ErrorSummary, type SummaryProblem } from '../../ui/ErrorSummary.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { dayIn } from '../../ui/site-time.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { followingIds } from './following-ids.ts'
import { Choice } from './OwnFields.tsx'
import classes from './research.module.css'
import { type EndDraft, SampleEnds } from './SampleEnds.tsx'
import { type OutputDraft, StepOutput } from './StepOutput.tsx'
import { summaryOf } from './sample-draft.ts'

const KINDS = [
  { kind: 'split', title: 'Split', action: 'Split sample' },
  { kind: 'pool', title: 'Pool', action: 'Pool samples' },
  { kind: 'derive', title: 'Derive from', action: 'Derive samples' },
] as const

/** New samples of one or several: `?kind=split`, `pool` or `derive`. */
export function StepPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const sample = useQuery(sampleQuery(id))
  const { data: choices } = useSuspenseQuery(choicesQuery)
  if (sample.isError)
    return (
      <>
        <PageHeader title="New samples" />
        <ErrorPanel error={sample.error} onRetry={() => void sample.refetch()} />
      </>
    )
  if (sample.data === undefined) return <PageHeader title="New samples" loading />
  return <StepForm sample={sample.data} choices={choices} />
}

interface StepFormProps {
  readonly sample: SampleDetails
  readonly choices: ResearchChoices
}

function StepForm({ sample, choices }: StepFormProps): ReactElement {
  const [search, patch] = useUrlState()
  const step = KINDS.find(({ kind }) => kind === search.kind) ?? KINDS[0]
  const { site } = useSession()
  const router = useRouter()
  const client = useQueryClient()
  const [day, setDay] = useState(dayIn(new Date(), site.zone))
  const [method, setMethod] = useState('')
  const [inputs, setInputs] = useState<readonly EndDraft[]>([
    { ...asEnd(sample), consumed: step.kind === 'pool' },
  ])
  const [outputs, setOutputs] = useState<readonly OutputDraft[]>(() =>
    Array.from({ length: step.kind === 'split' ? 2 : 1 }, (_, index) => outputOf(sample, step.kind, index)),
  )
  const [problems, setProblems] = useState<readonly SummaryProblem[]>([])
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const methodId = method === '' ? null : Number(method)
      const first = await nextSampleId(sample.institute.id, methodId)
      const ids = followingIds(first, outputs.length)
      const body: NewRunBody = {
        kind: step.kind,
        performedOn: day,
        projectId: sample.project.id,
        methodId,
        inputs: inputs.map((input) => ({
          sampleId: input.id,
          amount: amountOf(input.amount, input.unit),
          consumed: input.consumed,
        })),
        outputs: outputs.map((output, index) =>
          newSample(output, ids[index] ?? '', { sample, choices, day, methodId }),
        ),
      }
      const made = await makeRun(body)
      await client.invalidateQueries({ queryKey: ['research'] })
      toast(made.outputs.length === 1 ? 'Sample made.' : `${made.outputs.length} samples made.`)
      await router.navigate({ href: `/research/samples/${onlyOf(made.outputs) ?? sample.id}` })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblems(summaryOf(error))
    } finally {
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void save().catch((error: unknown) => toastError('Not saved', error))
  }
  const setCount = (count: number): void =>
    setOutputs(
      Array.from(
        { length: Math.min(500, Math.max(1, count)) },
        (_, index) => outputs[index] ?? outputOf(sample, step.kind, index),
      ),
    )
  return (
    <>
      <PageHeader
        title={`${step.title} ${sample.name}`}
        crumbs={[
          { label: 'Research', to: '/research' },
          { label: 'Samples', to: '/research/samples' },
          { label: sample.sampleId, to: `/research/samples/${sample.id}` },
        ]}
        facts={<span className="ts-mono">{sample.sampleId}</span>}
      />
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        {problems.length === 0 ? null : <ErrorSummary title="Nothing was made" problems={problems} />}
        <Panel title="Step">
          <div className={classes.fields}>
            <NativeSelect
              label="What is done"
              value={step.kind}
              onChange={(event) => patch({ kind: event.currentTarget.value }, 'replace')}
              data={[
                { value: 'split', label: 'Split: parts of the same kind' },
                { value: 'pool', label: 'Pool: several become one' },
                { value: 'derive', label: 'Derive: something else is made' },
              ]}
            />
            <TextInput
              label="Done on"
              type="date"
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <Choice label="Method" value={method} none="None" rows={choices.methods} onChange={setMethod} />
          </div>
        </Panel>
        <Panel title="Of">
          <SampleEnds
            ends={inputs}
            onChange={setInputs}
            label="Add a sample"
            mayBeConsumed
            isFixed={step.kind === 'split'}
          />
        </Panel>
        <Panel
          title="New samples"
          aside={
            step.kind === 'pool' ? null : (
              <NumberInput
                aria-label="How many"
                min={1}
                max={500}
                w={90}
                value={outputs.length}
                onChange={(count) => setCount(Number(count) || 1)}
              />
            )
          }
        >
          {outputs.map((output, index) => (
            <StepOutput
              // biome-ignore lint/suspicious/noArrayIndexKey: new samples have no identity but their place
              key={index}
              number={index + 1}
              output={output}
              choices={choices}
              onChange={(next) => setOutputs(outputs.map((other, place) => (place === index ? next : other)))}
            />
          ))}
        </Panel>
        <div className={classes.buttons}>
          <Button type="submit" loading={isBusy}>
            {step.action}
          </Button>
        </div>
      </form>
    </>
  )
}

function onlyOf(made: readonly SampleLink[]): number | undefined {
  return made.length === 1 ? made[0]?.id : undefined
}

function asEnd(sample: SampleDetails): EndDraft {
  return {
    id: sample.id,
    label: `${sample.sampleId} ${sample.name}`,
    amount: '',
    unit: sample.amount?.unit ?? 'g',
    consumed: false,
  }
}

/** A part has the info of what it is a part of; what is derived begins with the name alone. */
function outputOf(sample: SampleDetails, kind: string, index: number): OutputDraft {
  const isSame = kind === 'split' || kind === 'pool'
  const info = isSame ? toForm(fieldsOf(sample.typeVersion.schema), sample.info) : {}
  const name = kind === 'pool' ? `${sample.name}, pooled` : `${sample.name}, part ${index + 1}`
  return { name, type: String(sample.sampleType.id), amount: '', unit: sample.amount?.unit ?? 'g', info }
}

function amountOf(text: string, unit: string): WireQuantity | null {
  const number = parseNumberText(text)
  return number.kind === 'number' ? { value: number.value, unit, text: text.trim() } : null
}

interface Around extends StepFormProps {
  readonly day: string
  readonly methodId: number | null
}

function newSample(output: OutputDraft, sampleId: string, { sample, choices, day, methodId }: Around) {
  const type = choices.sampleTypes.find(({ id }) => String(id) === output.type)
  return {
    sampleId,
    name: output.name.trim(),
    dateCreated: day,
    instituteId: sample.institute.id,
    projectId: sample.project.id,
    sampleTypeId: Number(output.type),
    methodId,
    info: toInfo(type === undefined ? [] : fieldsOf(type.schema), output.info),
    location: sample.location,
    amount: amountOf(output.amount, output.unit),
  }
}
