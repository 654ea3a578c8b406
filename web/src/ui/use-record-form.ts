import { useEffect, useRef, useState } from 'react'
import type { FieldMeta, RecordMeta } from '../api/record-meta.ts'
import type { RecordRow } from '../api/records.ts'
import { dropDraft, findDraft, keepDraft } from './drafts.ts'
import { changedFields, type FormValue, type FormValues, initialValues, problemOf } from './record-values.ts'

const KEEP_AFTER_MS = 400

export interface RecordFormState {
  readonly values: FormValues
  /** What the form opened with: the stored record, or the defaults of a new one. */
  readonly before: FormValues
  readonly version: number | undefined
  readonly problems: ReadonlyMap<string, string>
  /** When a draft was found, the instant it was kept. */
  readonly restoredAt: string | undefined
  /** Whether the device could keep the last draft. */
  readonly isKept: boolean
  readonly change: (field: FieldMeta, value: FormValue) => void
  /** Judges one field, when it is left. */
  readonly check: (field: FieldMeta) => void
  readonly setProblems: (problems: ReadonlyMap<string, string>) => void
  readonly discard: () => void
  /** After saving: the draft has served its purpose. */
  readonly forget: () => void
  /** After a conflict: goes on from the stored record with these values. */
  readonly rebase: (stored: RecordRow, values: FormValues) => void
}

interface Base {
  readonly values: FormValues
  readonly version: number | undefined
}

/** Values, problems and draft of a form. Give the form a `key` with id and version, so that it starts anew after saving. */
export function useRecordForm(
  meta: RecordMeta,
  record: RecordRow | undefined,
  zone: string,
): RecordFormState {
  const key = `${meta.name}.${record?.id ?? 'new'}`
  const [base, setBase] = useState<Base>(() => ({
    values: initialValues(meta, record, zone),
    version: record?.version,
  }))
  const [draft] = useState(() => findDraft<FormValues>(key))
  const [restoredAt, setRestoredAt] = useState(draft?.savedAt)
  const [values, setValues] = useState<FormValues>({ ...base.values, ...draft?.values })
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [isKept, setKept] = useState(true)
  const isForgotten = useRef(false)

  useEffect(() => {
    const changed = changedFields(meta, base.values, values)
    if (changed.length === 0) {
      dropDraft(key)
      return
    }
    const timer = setTimeout(() => {
      if (isForgotten.current) return
      const typed = Object.fromEntries(changed.map(({ name }) => [name, values[name] ?? '']))
      setKept(keepDraft(key, typed, base.version))
    }, KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [key, meta, base, values])

  const judge = (field: FieldMeta, value: FormValue): void => {
    const problem = problemOf(field, value, zone)
    const next = new Map(problems)
    if (problem === undefined) next.delete(field.name)
    else next.set(field.name, problem)
    setProblems(next)
  }

  return {
    values,
    before: base.values,
    version: base.version,
    problems,
    restoredAt,
    isKept,
    change: (field, value) => {
      setValues({ ...values, [field.name]: value })
      // A field that was complained about is judged again at once, so that the reader sees it mended.
      if (problems.has(field.name)) judge(field, value)
    },
    check: (field) => judge(field, values[field.name] ?? ''),
    setProblems,
    discard: () => {
      setValues(base.values)
      setProblems(new Map())
      setRestoredAt(undefined)
      dropDraft(key)
    },
    forget: () => {
      isForgotten.current = true
      dropDraft(key)
    },
    rebase: (stored, next) => {
      setBase({ values: initialValues(meta, stored, zone), version: stored.version })
      setValues(next)
    },
  }
}
