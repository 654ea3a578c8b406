import type {
  WireAttachment,
  WireDraft,
  WireEntry,
  WireFormTest,
  WirePerformingForm,
  WireValue,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { parseNumberText } from '../../ui/number-text.ts'
import { instantOf, wallClock } from '../../ui/site-time.ts'
import type { JudgedValue } from './judge.ts'

/** What stands in one row of the performing page. */
export interface Entry {
  /** As typed; `yes` or `no`; the chosen word; `YYYY-MM-DD`, `YYYY-MM-DDTHH:mm`. Empty: nothing yet. */
  readonly typed: string
  readonly isSkipped: boolean
  readonly comment: string
  /** Of an upload: the file and what its analysis gave. */
  readonly file: EntryFile | null
}

export interface EntryFile {
  /** Absent for the file of a stored session that nobody replaced. */
  readonly attachment: WireAttachment | null
  readonly result: WireValue
  readonly errors: readonly string[]
  readonly written: readonly WireAttachment[]
}

export type Entries = Readonly<Record<string, Entry>>

export const EMPTY_ENTRY: Entry = { typed: '', isSkipped: false, comment: '', file: null }

const NUMBER_TYPES: ReadonlySet<string> = new Set(['simple', 'wraparound'])

export function isNumberTest(test: Pick<WireFormTest, 'type'>): boolean {
  return NUMBER_TYPES.has(test.type)
}

/** Whether somebody enters it; calculated and constant rows only show. */
export function isEntered(test: Pick<WireFormTest, 'type' | 'isCalculated'>): boolean {
  return !test.isCalculated && test.type !== 'constant'
}

/** What the page opens with: what is stored, or the initial values the server calculated. */
export function initialEntries(form: WirePerformingForm, zone: string): Entries {
  return Object.fromEntries(
    form.tests.map((test) => [test.macro, initialEntry(test, form.defaults[test.macro] ?? null, zone)]),
  )
}

function initialEntry(test: WireFormTest, fallback: WireValue, zone: string): Entry {
  const { before } = test
  if (before === null) return { ...EMPTY_ENTRY, typed: typedOf(test, fallback, zone) }
  const { value, isSkipped, comment } = { ...before, isSkipped: before.skipped }
  const hasFile = test.type === 'upload' && !isSkipped && (value !== null || before.attachments.length > 0)
  const file = { attachment: before.attachments[0] ?? null, result: value, errors: [], written: [] }
  return {
    typed: typedOf(test, value, zone),
    isSkipped,
    comment,
    file: hasFile ? file : null,
  }
}

/** A value of the server as the inputs of the page hold it. */
function typedOf(test: WireFormTest, value: WireValue, zone: string): string {
  if (value === null || test.type === 'upload') return ''
  if (test.type === 'boolean') return value === true || value === 1 ? 'yes' : 'no'
  if (test.type === 'datetime' && typeof value === 'string') {
    const at = new Date(value)
    return Number.isNaN(at.getTime()) ? '' : wallClock(at, zone)
  }
  return typeof value === 'object' ? '' : String(value)
}

/** The value as it is sent; `undefined` for text that is none, such as letters in a number. */
export function sentValue(test: WireFormTest, entry: Entry, zone: string): WireValue | undefined {
  const { typed } = entry
  if (test.type === 'upload') return entry.file?.result ?? null
  if (test.type === 'constant') return test.constantValue
  if (typed.trim() === '') return null
  if (test.type === 'boolean') return typed === 'yes'
  if (test.type === 'datetime') return instantOf(typed, zone)?.toISOString()
  if (!isNumberTest(test)) return typed
  const parsed = parseNumberText(typed)
  return parsed.kind === 'number' ? parsed.value : undefined
}

/** The value as it is judged: a number, a text, or nothing yet. */
export function judgedValue(value: WireValue | undefined): JudgedValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

export function hasValue(test: WireFormTest, entry: Entry): boolean {
  return test.type === 'upload' ? entry.file !== null : entry.typed.trim() !== ''
}

/** One test of the session as it is submitted. */
export function submittedEntry(test: WireFormTest, entry: Entry, zone: string): WireEntry {
  const said = { skipped: entry.isSkipped, comment: entry.comment }
  if (!isEntered(test)) return { comment: entry.comment }
  if (entry.isSkipped) return said
  if (test.type === 'upload') {
    const id = entry.file?.attachment?.id
    return id === undefined || id === test.before?.attachments[0]?.id ? said : { ...said, attachmentId: id }
  }
  const value = sentValue(test, entry, zone) ?? null
  return isNumberTest(test) && value !== null
    ? { ...said, value, text: entry.typed.trim() }
    : { ...said, value }
}

/** What a row lacks before the session can be submitted; undefined when nothing. */
export function problemOf(
  test: WireFormTest,
  entry: Entry,
  asked: {
    readonly zone: string
    readonly isComplete: boolean
    readonly maySkipSilently: boolean
    /** Its result is at action level. */
    readonly isAtAction: boolean
  },
): string | undefined {
  const comment = entry.comment.trim()
  if (entry.isSkipped) {
    const maySkip = asked.maySkipSilently || test.skipWithoutComment
    return comment === '' && !maySkip ? 'Please add comment when skipping' : undefined
  }
  if (isEntered(test)) {
    const problem = valueProblem(test, entry, asked)
    if (problem !== undefined) return problem
  }
  if (!asked.isComplete || comment !== '') return undefined
  if (test.requireComment) return 'This test requires a comment before submission.'
  return asked.isAtAction ? 'At action level: say in a comment what was found or done.' : undefined
}

function valueProblem(
  test: WireFormTest,
  entry: Entry,
  { zone, isComplete }: { readonly zone: string; readonly isComplete: boolean },
): string | undefined {
  if (!hasValue(test, entry)) return isComplete ? 'Value required if not skipping' : undefined
  const value = sentValue(test, entry, zone)
  if (value === undefined) return isNumberTest(test) ? 'Not a number' : 'Not a date and time'
  const { wrapLow, wrapHigh } = test
  const isOutside =
    test.type === 'wraparound' &&
    typeof value === 'number' &&
    ((wrapLow !== null && value < wrapLow) || (wrapHigh !== null && value > wrapHigh))
  return isOutside ? `Value for this test must be in range ${wrapLow} to ${wrapHigh}` : undefined
}

/** What is typed, as a draft that the server and this device keep. Numbers stay text: trailing zeros matter. */
export function draftOf(
  form: WirePerformingForm,
  entries: Entries,
  session: {
    readonly comment: string
    readonly workStarted: string | null
    readonly workCompleted: string | null
  },
): Omit<WireDraft, 'savedAt'> {
  const typed = form.tests.filter(isEntered)
  const of = <T>(pick: (entry: Entry) => T): Record<string, T> =>
    Object.fromEntries(form.tests.map(({ macro }) => [macro, pick(entries[macro] ?? EMPTY_ENTRY)]))
  return {
    workStarted: session.workStarted,
    workCompleted: session.workCompleted,
    tests: Object.fromEntries(
      typed.map(({ macro, type }) => {
        const entry = entries[macro] ?? EMPTY_ENTRY
        return [macro, type === 'upload' ? draftOfFile(entry.file) : entry.typed]
      }),
    ),
    comments: of(({ comment }) => comment),
    skips: of(({ isSkipped }) => isSkipped),
    sessionComment: session.comment,
  }
}

function draftOfFile(file: EntryFile | null): WireValue {
  return file === null ? null : { ...file }
}

/** The rows as a draft left them. */
export function entriesOfDraft(
  form: WirePerformingForm,
  draft: Pick<WireDraft, 'tests' | 'comments' | 'skips'>,
  initial: Entries,
): Entries {
  return Object.fromEntries(
    form.tests.map((test) => {
      const before = initial[test.macro] ?? EMPTY_ENTRY
      const kept = draft.tests[test.macro]
      const entry: Entry = {
        typed: typeof kept === 'string' ? kept : before.typed,
        file: test.type === 'upload' ? fileOfDraft(kept) : null,
        comment: draft.comments[test.macro] ?? before.comment,
        isSkipped: draft.skips[test.macro] ?? before.isSkipped,
      }
      return [test.macro, entry]
    }),
  )
}

/** Only this page writes drafts of files; anything else counts as none. */
function fileOfDraft(kept: WireValue | undefined): EntryFile | null {
  const isFile = typeof kept === 'object' && kept !== null && 'attachment' in kept && 'errors' in kept
  return isFile ? (kept as unknown as EntryFile) : null
}
