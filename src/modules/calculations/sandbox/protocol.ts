import type { PythonValue } from '../domain/python-value.ts'

/** What an interpreter process is told first; the frame's blob is the snapshot to load. */
export type Boot = {
  readonly kind: 'boot'
  /** A snapshot of a freshly loaded Python spares the next processes most of their start. */
  readonly snapshot: 'make' | 'load' | 'none'
  readonly pyodideFolder: string
  /** Folder of the wheels named by Pyodide's own list. */
  readonly packagesFolder: string | null
  /** Names of that list to load, and further pure Python wheels. */
  readonly packages: readonly string[]
  readonly wheels: readonly string[]
  /** Names under which provided packages are imported. */
  readonly provided: readonly string[]
  /** Dotted modules to import before snippets run. */
  readonly imports: readonly string[]
  readonly limits: InterpreterLimits
}

export type InterpreterLimits = {
  readonly memoryBytes: number
  readonly resultBytes: number
  readonly attachmentBytes: number
  readonly outputCharacters: number
  readonly historyRounds: number
}

export type WireSnippet = {
  readonly macro: string
  readonly source: string
  readonly language: 'procedure' | 'formula'
  readonly expects: 'number' | 'any'
  /** Name of the uploaded file; its content is the blob of that index. */
  readonly file: { readonly name: string; readonly blob: number } | null
}

export type Evaluate = {
  readonly kind: 'evaluate'
  readonly snippets: readonly WireSnippet[]
  readonly variables: Readonly<Record<string, PythonValue>>
  readonly utilities: boolean
  readonly comments: Readonly<Record<string, string>>
  readonly skips: Readonly<Record<string, boolean>>
  readonly history: Readonly<Record<string, PythonValue>>
  readonly at: number
  readonly seed: string
  readonly timeoutMs: number
  /** Whether modules that are not loaded are asked for with `needs-imports` or left to fail. */
  readonly absentImports: 'ask' | 'fail'
}

export type HistoryAnswer = { readonly kind: 'history-answer'; readonly value: PythonValue }
export type Abandon = { readonly kind: 'abandon' }
export type Proofread = {
  readonly kind: 'proofread'
  readonly macro: string
  readonly source: string
  readonly language: 'procedure' | 'formula'
}
export type ToInterpreter = Boot | Evaluate | HistoryAnswer | Abandon | Proofread

/** The frame's blob is the snapshot, when one was made. */
export type Ready = {
  readonly kind: 'ready'
  readonly python: string
  readonly packages: Record<string, string>
}
export type BootFailed = { readonly kind: 'boot-failed'; readonly reason: string }
/** The batch needs modules that were not loaded at boot; nothing was run. */
export type NeedsImports = { readonly kind: 'needs-imports'; readonly imports: readonly string[] }
export type Started = { readonly kind: 'started' }
export type Computed = {
  readonly kind: 'computed'
  readonly macro: string
  readonly outcome: ComputedOutcome
  readonly comment: string | null
  readonly skips: Readonly<Record<string, boolean>>
  readonly output: string
  /** Contents are the frame's blobs. */
  readonly attachments: readonly string[]
}
export type ComputedOutcome =
  | { readonly kind: 'value'; readonly value: PythonValue }
  | { readonly kind: 'failed'; readonly failure: WireFailure }
  | { readonly kind: 'timed-out'; readonly started: boolean }
export type WireFailure = {
  readonly type: string
  readonly message: string
  readonly line: number | null
  readonly text: string
}
export type HistoryNeeded = {
  readonly kind: 'history-needed'
  readonly query: {
    readonly method: string
    readonly args: Readonly<Record<string, PythonValue>>
    readonly key: string
  }
}
/** The interpreter is clean again, or asks to be replaced. */
export type Done = { readonly kind: 'done'; readonly worn: boolean }
/** A snippet ended the interpreter, or found a defect of ours; the process ends. */
export type Broken = { readonly kind: 'broken'; readonly reason: string }
export type Proofed = {
  readonly kind: 'proofed'
  readonly problems: readonly { readonly line: number | null; readonly message: string }[]
}
export type FromInterpreter =
  | Ready
  | BootFailed
  | NeedsImports
  | Started
  | Computed
  | HistoryNeeded
  | Done
  | Broken
  | Proofed

const KINDS: ReadonlySet<string> = new Set<FromInterpreter['kind']>([
  'ready',
  'boot-failed',
  'needs-imports',
  'started',
  'computed',
  'history-needed',
  'done',
  'broken',
  'proofed',
])

/** Whether a message has the shape of its kind as far as the server relies on it. */
export function isFromInterpreter(message: unknown): message is FromInterpreter {
  if (!isObject(message) || typeof message.kind !== 'string' || !KINDS.has(message.kind)) return false
  switch (message.kind) {
    case 'computed':
      return isComputed(message)
    case 'history-needed':
      return isObject(message.query) && typeof message.query.key === 'string' && isObject(message.query.args)
    case 'boot-failed':
    case 'broken':
      return typeof message.reason === 'string'
    case 'needs-imports':
      return isTextList(message.imports)
    case 'proofed':
      return Array.isArray(message.problems) && message.problems.every(isProblem)
    case 'ready':
      return typeof message.python === 'string' && isObject(message.packages)
    default:
      return true
  }
}

function isComputed(message: Record<string, unknown>): boolean {
  return (
    typeof message.macro === 'string' &&
    typeof message.output === 'string' &&
    (message.comment === null || typeof message.comment === 'string') &&
    isObject(message.skips) &&
    Object.values(message.skips).every((skip) => typeof skip === 'boolean') &&
    isTextList(message.attachments) &&
    isObject(message.outcome) &&
    isOutcome(message.outcome)
  )
}

function isOutcome(outcome: Record<string, unknown>): boolean {
  if (outcome.kind === 'value') return 'value' in outcome
  if (outcome.kind === 'timed-out') return typeof outcome.started === 'boolean'
  const { failure } = outcome
  return (
    outcome.kind === 'failed' &&
    isObject(failure) &&
    [failure.type, failure.message, failure.text].every((text) => typeof text === 'string') &&
    (failure.line === null || typeof failure.line === 'number')
  )
}

function isProblem(problem: unknown): boolean {
  return (
    isObject(problem) &&
    typeof problem.message === 'string' &&
    (problem.line === null || typeof problem.line === 'number')
  )
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
