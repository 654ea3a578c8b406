import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useRef, useState } from 'react'
import type { WireServiceChoices } from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { addServiceEvent, changeServiceEvent, serviceChoicesQuery } from '../../api/machine-qa/service.ts'
import { usePermission } from '../../api/session.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { ErrorSummary, type SummaryProblem } from '../../ui/ErrorSummary.tsx'
import { ReferenceSelect, ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { toast } from '../../ui/toasts.ts'
import { HoursRows, LinkerRows, PartRows, ReturnRows } from './FormRows.tsx'
import classes from './service.module.css'
import {
  type DraftProblems,
  formOf,
  linkersOf,
  newKey,
  problemsOf,
  type ServiceDraft,
} from './service-form.ts'

export interface ServiceFormProps {
  readonly begun: ServiceDraft
  readonly faults: readonly number[]
  /** the event that is edited; a new one without it */
  readonly changed?: { readonly id: number; readonly version: number }
}

/** What the parts of the form share. */
export interface FormPartProps {
  readonly draft: ServiceDraft
  readonly set: (changes: Partial<ServiceDraft>) => void
  readonly choices: WireServiceChoices | undefined
  readonly problems: DraftProblems
}

/** A service event with people, parts and return-to-service QA on one page. */
export function ServiceForm({ begun, faults, changed }: ServiceFormProps): ReactElement {
  const zone = useSiteZone()
  const router = useRouter()
  const client = useQueryClient()
  const [draft, setDraft] = useState(begun)
  const [problems, setProblems] = useState<DraftProblems>({})
  const [refused, setRefused] = useState<readonly SummaryProblem[]>([])
  const [isBusy, setBusy] = useState(false)
  const summary = useRef<HTMLDivElement>(null)
  const choices = useQuery(serviceChoicesQuery(draft.unit?.id)).data
  const set = (changes: Partial<ServiceDraft>): void => setDraft((before) => ({ ...before, ...changes }))
  const part = { draft, set, choices, problems }

  const store = async (): Promise<number> => {
    const hasLinkers = (choices?.linkers.length ?? 0) > 0
    const form = { ...formOf(draft, zone), ...(hasLinkers ? { linkers: linkersOf(draft) } : {}) }
    if (changed) return (await changeServiceEvent(changed.id, { ...form, version: changed.version })).id
    return (await addServiceEvent({ ...form, ...(faults.length > 0 ? { faults } : {}) })).id
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const found = problemsOf(draft, zone)
    setProblems(found)
    setRefused(Object.entries(found).map(([field, text]) => ({ fieldId: `service-${field}`, text })))
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => summary.current?.focus())
      return
    }
    setBusy(true)
    try {
      const id = await store()
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      toast(changed ? 'Service event changed.' : `Service event ${id} recorded.`)
      void router.navigate({ href: `/machine-qa/service/${id}` })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const texts = error.problems.length > 0 ? error.problems.map(({ problem }) => problem) : [error.message]
      setRefused(texts.map((text) => ({ text })))
      requestAnimationFrame(() => summary.current?.focus())
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      {refused.length === 0 ? null : (
        <ErrorSummary ref={summary} title="The service event was not stored" problems={refused} />
      )}
      <WhatSection {...part} isNew={changed === undefined} />
      <CostSection {...part} />
      <PartRows {...part} />
      <ReturnRows {...part} />
      <LinkerRows {...part} />
      <ActionBar width="form" state={null}>
        <Button variant="default" onClick={() => window.history.back()}>
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          {changed ? 'Save service event' : 'Record service event'}
        </Button>
      </ActionBar>
    </form>
  )
}

const named = (rows: readonly { readonly id: number; readonly name: string }[] | undefined) =>
  (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }))

function WhatSection({
  draft,
  set,
  choices,
  problems,
  isNew,
}: FormPartProps & { readonly isNew: boolean }): ReactElement {
  const mayReview = usePermission('machine-qa.service-event.review')
  const statuses = (choices?.statuses ?? []).filter(
    ({ id, isReviewRequired }) => isReviewRequired || mayReview || String(id) === draft.status,
  )
  const defaultStatus = statuses.find(({ isDefault }) => isDefault)
  const takeTemplate = (value: string | null): void => {
    const template = choices?.templates.find(({ id }) => String(id) === value)
    set({
      template: value,
      ...(template?.serviceTypeId ? { type: String(template.serviceTypeId) } : {}),
      ...(draft.problem === '' && template?.problemDescription
        ? { problem: template.problemDescription }
        : {}),
      ...(draft.work === '' && template?.workDescription ? { work: template.workDescription } : {}),
      ...(template ? { isReviewRequired: template.isReviewRequired } : {}),
    })
  }
  const typeReviews = choices?.types.find(({ id }) => String(id) === draft.type)?.isReviewRequired === true
  return (
    <fieldset className={classes.section}>
      <legend>What happened</legend>
      <div className={classes.pair}>
        <ReferenceSelect
          id="service-unit"
          label="Unit"
          target="machine-qa.unit"
          value={draft.unit}
          onChange={(unit) => set({ unit, area: null, returns: [] })}
          error={problems.unit}
        />
        <Select
          id="service-area"
          label="Service area"
          data={named(choices?.areas)}
          value={draft.area}
          onChange={(area) => set({ area })}
          disabled={draft.unit === null}
          error={problems.area}
          nothingFoundMessage="This unit has no service areas yet"
          searchable
        />
        <Select
          id="service-type"
          label="Type"
          data={named(choices?.types)}
          value={draft.type}
          onChange={(type) => set({ type })}
          error={problems.type}
          searchable
        />
        <Select
          id="service-status"
          label="Status"
          data={named(statuses)}
          value={draft.status ?? (defaultStatus ? String(defaultStatus.id) : null)}
          onChange={(status) => set({ status })}
          error={problems.status}
        />
        <TextInput
          id="service-serviceAt"
          label="Service at"
          type="datetime-local"
          value={draft.serviceAt}
          onChange={(event) => set({ serviceAt: event.currentTarget.value })}
          error={problems.serviceAt}
        />
        {isNew && (choices?.templates.length ?? 0) > 0 ? (
          <Select
            label="Template"
            data={named(choices?.templates)}
            value={draft.template}
            onChange={takeTemplate}
            clearable
            searchable
          />
        ) : null}
      </div>
      <Textarea
        id="service-problem"
        label="Problem"
        value={draft.problem}
        onChange={(event) => set({ problem: event.currentTarget.value })}
        error={problems.problem}
        autosize
        minRows={2}
      />
      <Textarea
        label="Work"
        value={draft.work}
        onChange={(event) => set({ work: event.currentTarget.value })}
        autosize
        minRows={2}
      />
      <Textarea
        label="Safety precautions"
        value={draft.safety}
        onChange={(event) => set({ safety: event.currentTarget.value })}
        autosize
        minRows={1}
      />
      <ReferencesSelect
        label="Related events"
        target="machine-qa.service-event"
        value={draft.related}
        onChange={(related) => set({ related })}
      />
      <Switch
        label="Review required"
        description={typeReviews ? 'Every event of this type needs a review.' : undefined}
        checked={draft.isReviewRequired || typeReviews}
        disabled={typeReviews}
        onChange={(event) => set({ isReviewRequired: event.currentTarget.checked })}
      />
    </fieldset>
  )
}

function CostSection(props: FormPartProps): ReactElement {
  const { draft, set, problems } = props
  return (
    <fieldset className={classes.section}>
      <legend>Time and people</legend>
      <div className={classes.pair}>
        <TextInput
          id="service-serviceTime"
          label="Service time"
          description="Hours and minutes of work, such as 1:30"
          value={draft.serviceTime}
          onChange={(event) => set({ serviceTime: event.currentTarget.value })}
          error={problems.serviceTime}
        />
        <TextInput
          id="service-lostTime"
          label="Lost time"
          description="For how long the unit could not be used"
          value={draft.lostTime}
          onChange={(event) => set({ lostTime: event.currentTarget.value })}
          error={problems.lostTime}
        />
      </div>
      <HoursRows {...props} />
      <div>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => set({ hours: [...draft.hours, { key: newKey(), who: null, time: '' }] })}
        >
          Add person
        </Button>
      </div>
    </fieldset>
  )
}
