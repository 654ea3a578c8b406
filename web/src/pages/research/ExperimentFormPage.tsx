import { Button, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import type {
  ExperimentDetails,
  Link,
  NewExperimentBody,
  WireQuantity,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { changeExperiment, experimentQuery, recordExperiment } from '../../api/research/experiments.ts'
import { choicesQuery, sampleQuery } from '../../api/research/samples.ts'
import { useSession } from '../../api/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ErrorSummary, type SummaryProblem } from '../../ui/ErrorSummary.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { dayIn } from '../../ui/site-time.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { useKeptState } from '../../ui/use-kept-state.ts'
import { Choice } from './OwnFields.tsx'
import classes from './research.module.css'
import { type EndDraft, SampleEnds } from './SampleEnds.tsx'
import { SampleSelect } from './SampleSelect.tsx'
import { summaryOf } from './sample-draft.ts'

interface ExperimentDraft {
  readonly name: string
  readonly dateCreated: string
  readonly sample: Link | null
  readonly method: string
  readonly staff: string
  readonly project: string
  readonly notes: string
  readonly equipment: readonly string[]
  readonly inputs: readonly EndDraft[]
  readonly outputs: readonly EndDraft[]
}

const TRAIL = [
  { label: 'Research', to: '/research' },
  { label: 'Experiments', to: '/research/experiments' },
] as const

/** Records an experiment; `?sample=7` is the sample examined. */
export function NewExperimentPage(): ReactElement {
  const [search] = useUrlState()
  const { site } = useSession()
  const sample = useQuery({ ...sampleQuery(search.sample ?? ''), enabled: search.sample !== undefined })
  if (search.sample !== undefined && sample.isPending)
    return <PageHeader title="Record an experiment" crumbs={TRAIL} loading />
  const of = sample.data
  const empty: ExperimentDraft = {
    name: '',
    dateCreated: dayIn(new Date(), site.zone),
    sample: of === undefined ? null : { id: of.id, label: `${of.sampleId} ${of.name}` },
    method: '',
    staff: '',
    project: of === undefined ? '' : String(of.project.id),
    notes: '',
    equipment: [],
    inputs: [],
    outputs: [],
  }
  return (
    <>
      <PageHeader title="Record an experiment" crumbs={TRAIL} />
      <ExperimentForm
        draftKey={`research.experiment.new.${search.sample ?? ''}`}
        stored={empty}
        version={0}
        action="Record experiment"
        onSave={recordExperiment}
      />
    </>
  )
}

/** Changes what was recorded of an experiment. */
export function ChangeExperimentPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const experiment = useQuery(experimentQuery(id))
  if (experiment.isError)
    return (
      <>
        <PageHeader title="Change an experiment" crumbs={TRAIL} />
        <ErrorPanel error={experiment.error} onRetry={() => void experiment.refetch()} />
      </>
    )
  const { data } = experiment
  if (data === undefined) return <PageHeader title="Change an experiment" crumbs={TRAIL} loading />
  return (
    <>
      <PageHeader title={`Change ${data.name}`} crumbs={TRAIL} />
      <ExperimentForm
        key={data.version}
        draftKey={`research.experiment.${data.id}`}
        stored={draftOf(data)}
        version={data.version}
        action="Save experiment"
        onSave={(body, version) => changeExperiment(data.id, { ...body, version })}
      />
    </>
  )
}

interface FormProps {
  readonly draftKey: string
  readonly stored: ExperimentDraft
  readonly version: number
  readonly action: string
  readonly onSave: (body: NewExperimentBody, version: number) => Promise<ExperimentDetails>
}

function ExperimentForm({ draftKey, stored, version, action, onSave }: FormProps): ReactElement {
  const { data: choices } = useSuspenseQuery(choicesQuery)
  const kept = useKeptState(draftKey, stored, version)
  const router = useRouter()
  const client = useQueryClient()
  const [problems, setProblems] = useState<readonly SummaryProblem[]>([])
  const [isBusy, setBusy] = useState(false)
  const draft = kept.value
  const set = (part: Partial<ExperimentDraft>): void => kept.setValue({ ...draft, ...part })
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { id } = await onSave(bodyOf(draft), kept.version)
      kept.forget()
      await client.invalidateQueries({ queryKey: ['research'] })
      toast('Experiment saved.')
      await router.navigate({ href: `/research/experiments/${id}` })
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
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      {kept.restoredAt === undefined ? null : (
        <Banner
          token="none"
          action={
            <Button variant="subtle" size="compact-sm" onClick={kept.discard}>
              Discard draft
            </Button>
          }
        >
          Your draft is here again.
        </Banner>
      )}
      {problems.length === 0 ? null : <ErrorSummary title="Not saved" problems={problems} />}
      <Panel title="Experiment">
        <div className={classes.fields}>
          <TextInput
            label="Name"
            value={draft.name}
            autoComplete="off"
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Done on"
            type="date"
            value={draft.dateCreated}
            onChange={(event) => set({ dateCreated: event.currentTarget.value })}
          />
          <SampleSelect label="Sample examined" value={draft.sample} onChange={(sample) => set({ sample })} />
          <Choice
            label="Method"
            value={draft.method}
            rows={choices.methods}
            onChange={(method) => set({ method })}
          />
          <Choice
            label="Done by"
            value={draft.staff}
            rows={choices.staff}
            onChange={(staff) => set({ staff })}
          />
          <Choice
            label="Project"
            value={draft.project}
            rows={choices.projects}
            onChange={(project) => set({ project })}
          />
          <MultiSelect
            label="Equipment"
            className={classes.wide ?? ''}
            data={choices.equipment.map(({ id, label }) => ({ value: String(id), label }))}
            value={[...draft.equipment]}
            onChange={(equipment) => set({ equipment })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'No equipment' }}
          />
          <Textarea
            label="Notes"
            className={classes.wide ?? ''}
            value={draft.notes}
            autosize
            minRows={3}
            onChange={(event) => set({ notes: event.currentTarget.value })}
          />
        </div>
      </Panel>
      <Panel title="Samples used">
        <SampleEnds
          ends={draft.inputs}
          label="Add a sample that was used"
          mayBeConsumed
          onChange={(inputs) => set({ inputs })}
        />
      </Panel>
      <Panel title="Samples made">
        <SampleEnds
          ends={draft.outputs}
          label="Add a sample that was made"
          onChange={(outputs) => set({ outputs })}
        />
      </Panel>
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
      </div>
    </form>
  )
}

function draftOf(experiment: ExperimentDetails): ExperimentDraft {
  const { sample } = experiment
  return {
    name: experiment.name,
    dateCreated: experiment.dateCreated,
    sample: { id: sample.id, label: `${sample.sampleId} ${sample.name}` },
    method: String(experiment.method.id),
    staff: String(experiment.staff.id),
    project: String(experiment.project.id),
    notes: experiment.notes ?? '',
    equipment: experiment.equipment.map(({ id }) => String(id)),
    inputs: experiment.inputs.map((end) => endOf(end, end.consumed)),
    outputs: experiment.outputs.map((end) => endOf(end, false)),
  }
}

function endOf(end: ExperimentDetails['outputs'][number], consumed: boolean): EndDraft {
  const amount = end.amount === null ? '' : (end.amount.text ?? String(end.amount.value ?? ''))
  return { id: end.id, label: `${end.sampleId} ${end.name}`, amount, unit: end.amount?.unit ?? 'g', consumed }
}

/** What is not chosen is 0; the server then says which field is missing. */
function bodyOf(draft: ExperimentDraft): NewExperimentBody {
  return {
    name: draft.name.trim(),
    dateCreated: draft.dateCreated,
    sampleId: draft.sample?.id ?? 0,
    methodId: Number(draft.method),
    staffId: Number(draft.staff),
    projectId: Number(draft.project),
    notes: draft.notes.trim() === '' ? null : draft.notes,
    equipmentIds: draft.equipment.map(Number),
    inputs: draft.inputs.map((end) => ({ sampleId: end.id, amount: amountOf(end), consumed: end.consumed })),
    outputs: draft.outputs.map((end) => ({ sampleId: end.id, amount: amountOf(end) })),
  }
}

function amountOf({ amount, unit }: EndDraft): WireQuantity | null {
  const number = parseNumberText(amount)
  return number.kind === 'number' ? { value: number.value, unit, text: amount.trim() } : null
}
