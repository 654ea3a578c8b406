import { Button } from '@mantine/core'
import { type FormEvent, Fragment, type ReactElement, useId, useRef, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import type { FieldMeta, RecordMeta } from '../api/record-meta.ts'
import type { RecordRow } from '../api/records.ts'
import { ActionBar } from './ActionBar.tsx'
import { ConflictView } from './ConflictView.tsx'
import { ErrorSummary, type SummaryProblem } from './ErrorSummary.tsx'
import { RecordField } from './RecordField.tsx'
import classes from './RecordForm.module.css'
import {
  changedFields,
  editableFields,
  type FormValue,
  type FormValues,
  problemOf,
  toWireValue,
} from './record-values.ts'
import { useShortcut } from './shortcuts.ts'
import { useSiteZone } from './site.ts'
import { useRecordForm } from './use-record-form.ts'

export interface RecordFormProps {
  readonly meta: RecordMeta
  /** The record as stored; undefined for a new one. */
  readonly record?: RecordRow
  /** Sends the changed fields (all, for a new record); `version` is the one they were based on. */
  readonly onSave: (body: Readonly<Record<string, unknown>>, version: number | undefined) => Promise<void>
  /** Reads the record again, to compare after a conflict. */
  readonly onReread?: () => Promise<RecordRow>
  /** The verb with its object: `Add unit`, `Save changes`. */
  readonly action: string
  readonly onCancel?: () => void
}

interface Failure {
  readonly title: string
  readonly problems: readonly SummaryProblem[]
  readonly requestId?: string | undefined
}

/** The form of any declared record. What is typed survives a reload, a refusal, and somebody else's change. */
export function RecordForm(props: RecordFormProps): ReactElement {
  const { meta, record } = props
  const zone = useSiteZone()
  const form = useRecordForm(meta, record, zone)
  const [failure, setFailure] = useState<Failure>()
  const [conflict, setConflict] = useState<RecordRow>()
  const [isBusy, setBusy] = useState(false)
  const summary = useRef<HTMLDivElement>(null)
  const formId = useId()
  const idOf = (name: string): string => `${formId}-${name}`
  const changed = changedFields(meta, form.before, form.values)

  const showFailure = (next: Failure): void => {
    setFailure(next)
    requestAnimationFrame(() => summary.current?.focus())
  }

  const save = async (values: FormValues, version: number | undefined): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      const sent = record === undefined ? editableFields(meta) : changedFields(meta, form.before, values)
      await props.onSave(bodyOf(sent, values, zone), version)
      form.forget()
    } catch (error) {
      const current = await storedVersion(error, record, props.onReread)
      if (current !== undefined) setConflict(current)
      else if (error instanceof ApiError) showFailure(explain(error, meta, form.setProblems, idOf))
      else throw error
    } finally {
      setBusy(false)
    }
  }

  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    if (isBusy) return
    const problems = problemsOf(meta, form.values, zone)
    form.setProblems(problems)
    if (problems.size > 0) {
      const listed = [...problems].map(([name, text]) => ({ fieldId: idOf(name), text }))
      showFailure({ title: counted(problems.size), problems: listed })
      return
    }
    void save(form.values, form.version)
  }
  useShortcut('mod+enter', props.action, () => submit(), { whileTyping: true })
  useShortcut('mod+s', props.action, () => submit(), { whileTyping: true })

  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.body}>
        {failure === undefined ? null : <ErrorSummary ref={summary} {...failure} />}
        {form.restoredAt === undefined ? null : (
          <p className={classes.draft} role="status">
            What you typed before is back.
            <button type="button" onClick={form.discard}>
              Discard it
            </button>
          </p>
        )}
        {groupsOf(meta).map(([group, fields]) => (
          <Fragment key={group}>
            {group === '' ? null : <h2 className={classes.group}>{group}</h2>}
            <div className={classes.fields}>
              {fields.map((field) => (
                <div key={field.name} data-changed={record !== undefined && changed.includes(field)}>
                  <RecordField
                    field={field}
                    id={idOf(field.name)}
                    value={form.values[field.name] ?? ''}
                    error={form.problems.get(field.name)}
                    onChange={(value) => form.change(field, value)}
                    onBlur={() => form.check(field)}
                  />
                </div>
              ))}
            </div>
          </Fragment>
        ))}
      </div>
      <ActionBar
        width="form"
        state={<FormState changed={changed} isKept={form.isKept} isNew={record === undefined} />}
      >
        {props.onCancel === undefined ? null : (
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
        )}
        {changed.length > 0 ? (
          <Button variant="default" onClick={form.discard}>
            Discard changes
          </Button>
        ) : null}
        <Button type="submit" loading={isBusy}>
          {props.action}
        </Button>
      </ActionBar>
      {conflict === undefined ? null : (
        <ConflictView
          meta={meta}
          before={form.before}
          mine={form.values}
          stored={conflict}
          onClose={() => setConflict(undefined)}
          onResolve={(values) => {
            form.rebase(conflict, values)
            setConflict(undefined)
          }}
        />
      )}
    </form>
  )
}

interface FormStateProps {
  readonly changed: readonly FieldMeta[]
  readonly isKept: boolean
  readonly isNew: boolean
}

function FormState({ changed, isKept, isNew }: FormStateProps): ReactElement {
  if (changed.length === 0) return <span>{isNew ? 'Nothing entered yet' : 'No unsaved changes'}</span>
  const what = changed.length === 1 ? '1 unsaved field' : `${changed.length} unsaved fields`
  return (
    <span>
      {what} · {isKept ? 'kept on this device' : 'this device cannot keep a draft: save before leaving'}
    </span>
  )
}

function counted(count: number): string {
  return count === 1 ? 'One field needs attention' : `${count} fields need attention`
}

function groupsOf(meta: RecordMeta): readonly (readonly [string, readonly FieldMeta[]])[] {
  return [...Map.groupBy(editableFields(meta), (field) => field.group ?? '')]
}

function problemsOf(meta: RecordMeta, values: FormValues, zone: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const field of editableFields(meta)) {
    const problem = problemOf(field, values[field.name] ?? '', zone)
    if (problem !== undefined) found.set(field.name, problem)
  }
  return found
}

function bodyOf(
  fields: readonly FieldMeta[],
  values: FormValues,
  zone: string,
): Readonly<Record<string, unknown>> {
  const wire = (field: FieldMeta): unknown => toWireValue(field, values[field.name] ?? emptyOf(field), zone)
  return Object.fromEntries(fields.map((field) => [field.name, wire(field)]))
}

function emptyOf(field: FieldMeta): FormValue {
  return field.kind === 'boolean' ? false : field.kind === 'references' ? [] : ''
}

/** The record as somebody else left it, if that is why the change was refused. */
async function storedVersion(
  error: unknown,
  record: RecordRow | undefined,
  reread: (() => Promise<RecordRow>) | undefined,
): Promise<RecordRow | undefined> {
  if (!(error instanceof ApiError) || error.kind !== 'conflict' || record === undefined) return undefined
  const current = error.current === undefined ? await reread?.() : asRow(error.current)
  return current !== undefined && current.version !== record.version ? current : undefined
}

function asRow(current: Readonly<Record<string, unknown>>): RecordRow | undefined {
  const { id, version } = current
  return typeof id === 'number' && typeof version === 'number' ? { ...current, id, version } : undefined
}

/** Puts the server's problems beside their fields and lists them all. */
function explain(
  error: ApiError,
  meta: RecordMeta,
  setProblems: (problems: ReadonlyMap<string, string>) => void,
  idOf: (name: string) => string,
): Failure {
  const fields = new Map(editableFields(meta).map((field) => [field.name, field]))
  const named = error.problems.map(({ field, problem }) => {
    const name = field.split('.')[0] ?? ''
    const known = fields.get(name)
    if (known === undefined) return { text: field === '' ? problem : `${field}: ${problem}` }
    return { fieldId: idOf(name), text: `${known.label}: ${problem}`, name, problem }
  })
  setProblems(joined(named.flatMap(({ name, problem }) => (name === undefined ? [] : [{ name, problem }]))))
  const problems = named.map(({ fieldId, text }) => (fieldId === undefined ? { text } : { fieldId, text }))
  return {
    title: 'Not saved',
    problems: problems.length === 0 ? [{ text: error.message }] : problems,
    requestId: error.requestId,
  }
}

/** Several problems of one field stand below it as one text. */
function joined(problems: readonly { name: string; problem: string }[]): ReadonlyMap<string, string> {
  const byField = Map.groupBy(problems, ({ name }) => name)
  return new Map([...byField].map(([name, all]) => [name, all.map(({ problem }) => problem).join(' ')]))
}
