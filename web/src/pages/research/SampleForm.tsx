import { Button } from '@mantine/core'
import { type FormEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import type {
  JsonDocument,
  NewSampleBody,
  ResearchChoices,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { toInfo } from '../../api/research/info-form.ts'
import { nextSampleId } from '../../api/research/samples.ts'
import { fieldsOf } from '../../api/research/schema-fields.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorSummary, type SummaryProblem } from '../../ui/ErrorSummary.tsx'
import { parseNumberText } from '../../ui/number-text.ts'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toastError } from '../../ui/toasts.ts'
import { useKeptState } from '../../ui/use-kept-state.ts'
import { InfoFields } from './InfoFields.tsx'
import { OwnFields } from './OwnFields.tsx'
import classes from './research.module.css'
import { infoId, type OwnField, readRefusal, type SampleDraft } from './sample-draft.ts'
import { useInfoCheck } from './use-info-check.ts'

export interface SampleFormProps {
  readonly draftKey: string
  readonly choices: ResearchChoices
  readonly stored: SampleDraft
  readonly version: number
  /** Id and type are chosen; later they stay. */
  readonly isNew: boolean
  /** The version of the type that a stored sample has; a new one follows the chosen type. */
  readonly type?: {
    readonly versionId: number
    readonly schema: JsonDocument
    readonly layout: JsonDocument | null
  }
  readonly action: string
  readonly onSave: (body: NewSampleBody, version: number) => Promise<void>
}

/** A sample with its info. What is typed is kept on this device; the server judges each field that is left. */
export function SampleForm(props: SampleFormProps): ReactElement {
  const { choices } = props
  const kept = useKeptState(props.draftKey, props.stored, props.version)
  const draft = kept.value
  const chosen = choices.sampleTypes.find(({ id }) => String(id) === draft.type)
  const type = props.type ?? chosen
  const fields = useMemo(() => (type === undefined ? [] : fieldsOf(type.schema, type.layout)), [type])
  const judged = useInfoCheck()
  const [own, setOwn] = useState<ReadonlyMap<OwnField, string>>(new Map())
  const [summary, setSummary] = useState<readonly SummaryProblem[]>([])
  const [requestId, setRequestId] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (summary.length > 0) top.current?.focus()
  }, [summary])
  useProposedId(props.isNew, draft, (sampleId) => kept.setValue({ ...draft, sampleId }))

  const info = toInfo(fields, draft.info)
  const infoType =
    props.type === undefined ? { sampleTypeId: Number(draft.type) } : { typeVersionId: props.type.versionId }
  const leave = (): void => {
    if (type === undefined) return
    judged.check(infoType, info, 'without-missing').catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'AbortError'))
        toastError('The info was not checked', error)
    })
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await props.onSave(bodyOf(draft, info), kept.version)
      kept.forget()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const refused = readRefusal(error)
      setOwn(refused.own)
      judged.setProblems(refused.info)
      setSummary(refused.summary)
      setRequestId(error.requestId)
    } finally {
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void save().catch((error: unknown) => toastError('Not saved', error))
  }
  const context = {
    problems: judged.problems,
    vocabularies: new Map(choices.vocabularies.map((list) => [list.key, list])),
    idOf: infoId,
    onLeave: leave,
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
          Your draft of <RelativeTime at={kept.restoredAt} /> is here again.
        </Banner>
      )}
      {summary.length === 0 ? null : (
        <ErrorSummary ref={top} title="Not saved" problems={summary} requestId={requestId} />
      )}
      <Panel title="Sample">
        <OwnFields
          draft={draft}
          choices={choices}
          isNew={props.isNew}
          problems={own}
          onChange={(part) => kept.setValue({ ...draft, ...part })}
        />
      </Panel>
      {type === undefined ? null : (
        <Panel title={chosen?.name ?? 'Sample info'}>
          <InfoFields
            fields={fields}
            form={draft.info}
            pointer=""
            context={context}
            onChange={(next) => kept.setValue({ ...draft, info: next })}
          />
        </Panel>
      )}
      {judged.warnings.map((warning) => (
        <Banner key={warning.path + warning.message} token="warn">
          {warning.message}
        </Banner>
      ))}
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {props.action}
        </Button>
        {kept.isChanged ? <span className="ts-dim">Kept on this device until it is saved.</span> : null}
      </div>
    </form>
  )
}

/** The next free id of the institute and method; one that was typed stays. */
function useProposedId(isNew: boolean, draft: SampleDraft, propose: (sampleId: string) => void): void {
  const { institute, method } = draft
  const proposed = useRef<string>(undefined)
  const latest = useRef({ draft, propose })
  useEffect(() => {
    latest.current = { draft, propose }
  })
  useEffect(() => {
    if (!isNew || institute === '') return
    const isOwn = latest.current.draft.sampleId !== '' && latest.current.draft.sampleId !== proposed.current
    if (isOwn) return
    nextSampleId(Number(institute), method === '' ? null : Number(method)).then(
      (sampleId) => {
        if (sampleId === latest.current.draft.sampleId) return
        proposed.current = sampleId
        latest.current.propose(sampleId)
      },
      (error: unknown) => toastError('No id is proposed', error),
    )
  }, [isNew, institute, method])
}

function bodyOf(draft: SampleDraft, info: JsonDocument): NewSampleBody {
  const number = parseNumberText(draft.amount)
  return {
    sampleId: draft.sampleId.trim(),
    name: draft.name.trim(),
    dateCreated: draft.dateCreated,
    instituteId: idOf(draft.institute),
    projectId: idOf(draft.project),
    sampleTypeId: idOf(draft.type),
    methodId: draft.method === '' ? null : idOf(draft.method),
    location: draft.location.trim() === '' ? null : draft.location.trim(),
    amount:
      number.kind === 'number' ? { value: number.value, unit: draft.unit, text: draft.amount.trim() } : null,
    info,
  }
}

/** What is not chosen is no id; the server then says which field is missing. */
function idOf(text: string): number {
  return text === '' ? 0 : Number(text)
}
