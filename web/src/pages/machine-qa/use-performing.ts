import { useCallback, useMemo, useRef, useState } from 'react'
import type {
  WireEvaluation,
  WireFormTest,
  WirePassFail,
  WirePerformingForm,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { analyseUpload, type DraftPlace } from '../../api/machine-qa/performing.ts'
import { instantOf } from '../../ui/site-time.ts'
import { toastError } from '../../ui/toasts.ts'
import {
  draftOf,
  EMPTY_ENTRY,
  type Entries,
  type Entry,
  entriesOfDraft,
  initialEntries,
  isEntered,
  judgedValue,
  sentValue,
} from './entry.ts'
import { type JudgedValue, judge } from './judge.ts'
import { type DraftState, newestDraft, useDraft } from './use-draft.ts'
import { type Evaluation, useEvaluation } from './use-evaluation.ts'

/** What is said about the session as a whole. */
export interface SessionWords {
  readonly comment: string
  /** What the clock on the wall showed, `YYYY-MM-DDTHH:mm`; empty: when the page was opened. */
  readonly workStarted: string
  /** Empty: when it is submitted. */
  readonly workCompleted: string
  readonly statusId: number | null
  readonly includeForScheduling: boolean
}

export interface JudgedRow {
  readonly value: JudgedValue
  readonly passFail: WirePassFail
}

export interface Performing {
  readonly entries: Entries
  readonly words: SessionWords
  readonly rows: ReadonlyMap<string, JudgedRow>
  readonly evaluation: Evaluation
  readonly draft: DraftState
  /** When a draft was found, the instant it was kept. */
  readonly restoredAt: string | undefined
  readonly startedAt: Date
  readonly isChanged: boolean
  /** Upload tests whose file is on its way. */
  readonly sending: ReadonlySet<string>
  readonly patchEntry: (macro: string, patch: Partial<Entry>) => void
  readonly patchWords: (patch: Partial<SessionWords>) => void
  readonly sendFile: (test: WireFormTest, file: File | null) => void
  readonly discard: () => void
}

/** Everything that is typed on the performing page, with what follows from it while it is typed. */
export function usePerforming(form: WirePerformingForm, zone: string): Performing {
  const [place] = useState<DraftPlace>(() => placeOf(form))
  const [initial] = useState(() => initialEntries(form, zone))
  const [found] = useState(() => newestDraft(place, form.draft))
  const [restoredAt, setRestoredAt] = useState(found?.savedAt)
  const [entries, setEntries] = useState<Entries>(() =>
    found === undefined ? initial : entriesOfDraft(form, found, initial),
  )
  const [words, setWords] = useState<SessionWords>({ ...NO_WORDS, comment: found?.sessionComment ?? '' })
  const [openedAt] = useState(() => startOf(form, found?.workStarted))
  const [isChanged, setChanged] = useState(found !== undefined)
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set())
  const startedAt = instantOf(words.workStarted, zone) ?? openedAt

  const patchEntry = useCallback((macro: string, patch: Partial<Entry>): void => {
    setChanged(true)
    setEntries((before) => ({ ...before, [macro]: { ...(before[macro] ?? EMPTY_ENTRY), ...patch } }))
  }, [])
  const patchWords = useCallback((patch: Partial<SessionWords>): void => {
    setChanged(true)
    setWords((before) => ({ ...before, ...patch }))
  }, [])

  const facts = useMemo(
    () => factsOf(form, entries, startedAt.toISOString(), zone),
    [form, entries, startedAt, zone],
  )
  const hasCalculated = form.tests.some(({ isCalculated }) => isCalculated)
  const evaluation = useEvaluation(facts, hasCalculated, (skips) => {
    for (const [macro, isSkipped] of Object.entries(skips)) patchEntry(macro, { isSkipped })
  })
  const rows = useMemo(
    () => judgeRows(form, entries, evaluation.results, zone),
    [form, entries, evaluation.results, zone],
  )
  const draft = useDraft(
    place,
    draftOf(form, entries, {
      comment: words.comment,
      workStarted: startedAt.toISOString(),
      workCompleted: instantOf(words.workCompleted, zone)?.toISOString() ?? null,
    }),
    isChanged,
  )

  const latestFacts = useRef(facts)
  latestFacts.current = facts
  const sendFile = useCallback(
    (test: WireFormTest, file: File | null): void => {
      if (file === null) {
        patchEntry(test.macro, { file: null })
        return
      }
      setSending((before) => new Set([...before, test.macro]))
      const send = async (): Promise<void> => {
        try {
          const { attachment, result, errors, written, comment } = await analyseUpload(
            latestFacts.current,
            test.testId,
            file,
          )
          const remark = comment === null ? [] : [comment]
          patchEntry(test.macro, {
            file: { attachment, result, errors: [...errors, ...remark], written },
            isSkipped: false,
          })
        } catch (error) {
          toastError(`${file.name} was not sent`, error)
        } finally {
          setSending((before) => new Set([...before].filter((macro) => macro !== test.macro)))
        }
      }
      void send()
    },
    [patchEntry],
  )
  const discard = (): void => {
    setEntries(initial)
    setWords(NO_WORDS)
    setRestoredAt(undefined)
    setChanged(false)
    void draft.forget()
  }
  return {
    ...{ entries, words, rows, evaluation, draft, restoredAt, startedAt, isChanged, sending },
    ...{ patchEntry, patchWords, sendFile, discard },
  }
}

const NO_WORDS: SessionWords = {
  comment: '',
  workStarted: '',
  workCompleted: '',
  statusId: null,
  includeForScheduling: true,
}

function placeOf({ assignment, list, day, session }: WirePerformingForm): DraftPlace {
  return {
    assignmentId: assignment.id,
    testListId: list.id,
    day,
    ...(session === null ? {} : { sessionId: session.id }),
  }
}

function startOf(form: WirePerformingForm, ofDraft: string | null | undefined): Date {
  const known = ofDraft ?? form.session?.workStarted
  return known === undefined || known === null ? new Date() : new Date(known)
}

function factsOf(
  form: WirePerformingForm,
  entries: Entries,
  workStarted: string,
  zone: string,
): WireEvaluation {
  const of = <T>(pick: (test: WireFormTest, entry: Entry) => T): Record<string, T> =>
    Object.fromEntries(form.tests.map((test) => [test.macro, pick(test, entries[test.macro] ?? EMPTY_ENTRY)]))
  const entered = form.tests.filter(isEntered)
  return {
    assignmentId: form.assignment.id,
    testListId: form.list.id,
    unitId: form.assignment.unit.id,
    day: form.day,
    ...(form.session === null ? {} : { sessionId: form.session.id }),
    workStarted,
    values: Object.fromEntries(
      entered.map((test) => [test.macro, sentValue(test, entries[test.macro] ?? EMPTY_ENTRY, zone) ?? null]),
    ),
    comments: of((_, { comment }) => comment),
    skips: of((_, { isSkipped }) => isSkipped),
  }
}

function judgeRows(
  form: WirePerformingForm,
  entries: Entries,
  results: Evaluation['results'],
  zone: string,
): ReadonlyMap<string, JudgedRow> {
  return new Map(
    form.tests.map((test) => {
      const entry = entries[test.macro] ?? EMPTY_ENTRY
      const value = judgedValue(test.isCalculated ? results[test.macro]?.value : sentValue(test, entry, zone))
      const isUploaded = test.type === 'upload' && entry.file !== null && !entry.isSkipped
      const passFail = isUploaded ? 'no_tol' : judge(test, value, entry.isSkipped)
      return [test.macro, { value, passFail }]
    }),
  )
}
