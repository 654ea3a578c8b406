import type { PythonValue } from './python-value.ts'

/** One calculation's text: a `procedure` is Python statements, a `formula` a single checked expression. */
export type Snippet = {
  readonly macro: string
  readonly source: string
  readonly language: 'procedure' | 'formula'
  /** `number`: the result must be a number, None or ''. */
  readonly expects: 'number' | 'any'
  /** The uploaded file behind `FILE` and `BIN_FILE`. */
  readonly file?: { readonly name: string; readonly content: Uint8Array }
}

/** A question to the database that a snippet asked through `UTILS`; arguments by their Python names. */
export type HistoryQuery = {
  readonly method: 'previous_test_list_instance' | 'previous_test_instance' | 'get_test_instance'
  readonly args: Readonly<Record<string, PythonValue>>
}

/** One batch: snippets over one set of variables. They run in the order of their dependencies. */
export type CalculationRequest = {
  readonly snippets: readonly Snippet[]
  /** Current values by macro; null or '' is empty. */
  readonly variables: Readonly<Record<string, PythonValue>>
  /** Other names the snippets may use, such as META, REFS and TOLS. */
  readonly names?: Readonly<Record<string, PythonValue>>
  /** What the clock shows during the whole batch. */
  readonly at: Date
  /** Randomness is derived from it and the macro. */
  readonly seed: string
  /** With it, snippets have `UTILS`. */
  readonly utilities?: {
    readonly comments: Readonly<Record<string, string>>
    readonly skips: Readonly<Record<string, boolean>>
    /** Answers null or a `{ $record: … }`; without it every look-up answers None. */
    readonly history?: (query: HistoryQuery) => Promise<PythonValue>
  }
  /** Limit of the batch in milliseconds of running, default the engine's. */
  readonly timeoutMs?: number
  /** Whoever asks: waiting batches of different parties take turns. */
  readonly party?: string
}

export type CalculationFailure = {
  readonly type: string
  readonly message: string
  readonly line: number | null
}

export type CalculationOutcome =
  | { readonly kind: 'value'; readonly value: PythonValue }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: string; readonly failure: CalculationFailure }
  | { readonly kind: 'cyclic'; readonly error: string }
  | { readonly kind: 'timed-out'; readonly error: string }

export type Attachment = { readonly name: string; readonly content: Uint8Array }

export type SnippetResult = {
  readonly macro: string
  readonly outcome: CalculationOutcome
  /** What the snippet passed to `UTILS.set_comment`. */
  readonly comment: string | null
  readonly attachments: readonly Attachment[]
  /** What it printed, cut off at the engine's limit. */
  readonly output: string
}

export type InterpreterVersions = {
  readonly python: string
  readonly pyodide: string
  readonly packages: Readonly<Record<string, string>>
}

export type CalculationAnswer = {
  /** By macro, in the order of evaluation; cyclic ones first. */
  readonly results: ReadonlyMap<string, SnippetResult>
  /** Skip states the snippets changed. */
  readonly skips: Readonly<Record<string, boolean>>
  readonly versions: InterpreterVersions
}

/** Value and error of an outcome in the two columns that machine QA shows (3.5.3). */
export function valueAndError(outcome: CalculationOutcome): { value: PythonValue; error: string | null } {
  if (outcome.kind === 'value') return { value: outcome.value, error: null }
  return { value: null, error: outcome.kind === 'waiting' ? null : outcome.error }
}
