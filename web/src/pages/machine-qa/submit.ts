import type {
  WireEntry,
  WireFormTest,
  WirePerformingForm,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import type { ApiError } from '../../api/api-error.ts'
import { addSessionFiles, changeSession, submitSession } from '../../api/machine-qa/performing.ts'
import { instantOf } from '../../ui/site-time.ts'
import { EMPTY_ENTRY, problemOf, submittedEntry } from './entry.ts'
import type { Performing } from './use-performing.ts'

/** Problems by macro, and those of the session as a whole under the empty name. */
export type Problems = ReadonlyMap<string, string>

/** A submission as it was asked for. */
export interface Wanted {
  readonly inProgress: boolean
  /** Tests of other categories, which were left out on purpose. */
  readonly leftOut: readonly WireFormTest[]
  readonly leftOutComment: string
  /** the return-to-service QA that this is */
  readonly returnToServiceId?: number | undefined
  readonly files: readonly File[]
}

/** What every row lacks; nothing is sent before all of it is mended. */
export function findProblems(
  form: WirePerformingForm,
  { entries, rows }: Performing,
  wanted: Wanted,
  zone: string,
): Problems {
  const leftOut = new Set(wanted.leftOut.map(({ macro }) => macro))
  const found = new Map<string, string>()
  for (const test of form.tests) {
    if (leftOut.has(test.macro) || test.hidden) continue
    const problem = problemOf(test, entries[test.macro] ?? EMPTY_ENTRY, {
      zone,
      isComplete: !wanted.inProgress,
      maySkipSilently: form.rights.skipWithoutComment,
      isAtAction: rows.get(test.macro)?.passFail === 'action',
    })
    if (problem !== undefined) found.set(test.macro, problem)
  }
  return found
}

/** Stores the session. @throws ApiError whose problems {@link readProblems} takes apart */
export async function storeSession(
  form: WirePerformingForm,
  performing: Performing,
  wanted: Wanted,
  zone: string,
): Promise<number> {
  const { entries, words, startedAt } = performing
  const leftOut = new Set(wanted.leftOut.map(({ macro }) => macro))
  const tests = Object.fromEntries(
    form.tests.map((test): [string, WireEntry] => {
      if (leftOut.has(test.macro) && !test.isCalculated && test.type !== 'constant') {
        return [test.macro, { skipped: true, comment: wanted.leftOutComment }]
      }
      return [test.macro, submittedEntry(test, entries[test.macro] ?? EMPTY_ENTRY, zone)]
    }),
  )
  const completed = form.rights.overrideDate ? instantOf(words.workCompleted, zone) : undefined
  const body = {
    workStarted: startedAt.toISOString(),
    ...(completed === undefined ? {} : { workCompleted: completed.toISOString() }),
    inProgress: wanted.inProgress,
    includeForScheduling: words.includeForScheduling,
    ...(words.comment.trim() === '' ? {} : { comment: words.comment.trim() }),
    ...(words.statusId === null ? {} : { statusId: words.statusId }),
    ...(wanted.returnToServiceId === undefined ? {} : { returnToServiceId: wanted.returnToServiceId }),
    tests,
  }
  const { id } =
    form.session === null
      ? await submitSession({ ...body, assignmentId: form.assignment.id, day: form.day })
      : await changeSession(form.session.id, body)
  if (wanted.files.length > 0) await addSessionFiles(id, wanted.files)
  return id
}

const OF_TEST = /^tests\.([^.]+)/

/** The refusal of a submission by row; what belongs to no row is for the top of the page. */
export function readProblems(error: ApiError): {
  readonly rows: Problems
  readonly whole: readonly string[]
} {
  const rows = new Map<string, string>()
  const whole: string[] = []
  for (const { field, problem } of error.problems) {
    const macro = OF_TEST.exec(field)?.[1]
    if (macro === undefined) whole.push(problem)
    else rows.set(macro, [rows.get(macro), problem].filter(Boolean).join(' '))
  }
  return { rows, whole: rows.size === 0 && whole.length === 0 ? [error.message] : whole }
}
