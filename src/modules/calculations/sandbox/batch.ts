import type { PythonValue } from '../domain/python-value.ts'
import type { Interpreter } from './interpreter.ts'
import type {
  ComputedOutcome,
  Evaluate,
  FromInterpreter,
  HistoryNeeded,
  InterpreterLimits,
  ToInterpreter,
  WireFailure,
  WireSnippet,
} from './protocol.ts'

/** Names of packages that stand in every snippet without an import (machine-QA 3.5.1). */
const PACKAGE_NAMES = ['numpy', 'scipy', 'matplotlib', 'dicom', 'pydicom'] as const

export type Conversation = {
  readonly send: (message: FromInterpreter, blobs?: readonly Uint8Array[]) => void
  readonly receive: () => ToInterpreter
}

type Batch = {
  readonly interpreter: Interpreter
  readonly limits: InterpreterLimits
  readonly message: Evaluate
  readonly conversation: Conversation
  readonly values: Map<string, PythonValue>
  readonly skips: Record<string, boolean>
  readonly history: Record<string, PythonValue>
  remainingMs: number
  /** After the first time-out the other snippets get one more budget. */
  extraBudget: boolean
}

/** What python/evaluate.py answers: a look-up it needs, or everything else. */
type Evaluated = {
  readonly value?: PythonValue
  readonly failure?: WireFailure
  readonly comment?: string | null
  readonly skips?: Readonly<Record<string, boolean>>
  readonly attachments?: readonly { readonly name: string; readonly size: number }[]
  readonly output?: string
  readonly history?: HistoryNeeded['query']
}

/** Runs the snippets of one message in their order and reports each as soon as it is known. */
export function runBatch(
  interpreter: Interpreter,
  limits: InterpreterLimits,
  message: Evaluate,
  blobs: readonly Uint8Array[],
  conversation: Conversation,
): void {
  const missing = message.absentImports === 'ask' ? missingImports(interpreter, message.snippets) : []
  if (missing.length > 0) {
    conversation.send({ kind: 'needs-imports', imports: missing })
    return
  }
  conversation.send({ kind: 'started' })
  const batch: Batch = {
    interpreter,
    limits,
    message,
    conversation,
    values: new Map(Object.entries(message.variables)),
    skips: { ...message.skips },
    history: { ...message.history },
    remainingMs: message.timeoutMs,
    extraBudget: true,
  }
  for (const snippet of message.snippets) {
    if (!runSnippet(batch, snippet, snippet.file ? blobs[snippet.file.blob] : undefined)) return
  }
  conversation.send({ kind: 'done', worn: interpreter.isWorn() })
}

/** Runs a snippet, again after each look-up it asks for. False when the batch was abandoned. */
function runSnippet(batch: Batch, snippet: WireSnippet, file: Uint8Array | undefined): boolean {
  for (let rounds = 0; ; rounds++) {
    if (batch.remainingMs <= 0)
      return reportUnfinished(batch, snippet.macro, { kind: 'timed-out', started: false })
    const evaluated = evaluateOnce(batch, snippet, file)
    if (evaluated === undefined) {
      batch.remainingMs = batch.extraBudget ? batch.message.timeoutMs : 0
      batch.extraBudget = false
      return reportUnfinished(batch, snippet.macro, { kind: 'timed-out', started: true })
    }
    if (evaluated.history === undefined) return true
    if (rounds >= batch.limits.historyRounds) {
      return reportUnfinished(batch, snippet.macro, tooManyLookUps(batch.limits.historyRounds))
    }
    if (!lookUp(batch, evaluated.history)) return false
  }
}

function lookUp(batch: Batch, query: HistoryNeeded['query']): boolean {
  batch.conversation.send({ kind: 'history-needed', query })
  const answer = batch.conversation.receive()
  if (answer.kind !== 'history-answer') {
    batch.conversation.send({ kind: 'done', worn: batch.interpreter.isWorn() })
    return false
  }
  batch.history[query.key] = answer.value
  return true
}

/** One run of one snippet, with the interpreter clean again afterwards; undefined when it took too long. */
function evaluateOnce(
  batch: Batch,
  snippet: WireSnippet,
  file: Uint8Array | undefined,
): Evaluated | undefined {
  const { interpreter, message } = batch
  const { plain, names } = interpreter.classify(snippet.source)
  if (snippet.file && file) interpreter.files.writeUpload(snippet.file.name, file)
  const seed = `${message.seed}:${snippet.macro}`
  const started = performance.now()
  interpreter.deadline.start(batch.remainingMs)
  const text = interpreter.evaluate(requestText(batch, snippet, names), message.at, seed)
  const passed = text === undefined || interpreter.deadline.hasPassed()
  interpreter.deadline.stop()
  batch.remainingMs -= performance.now() - started
  const evaluated: Evaluated | undefined = passed ? undefined : JSON.parse(text)
  if (evaluated && !evaluated.history) reportEvaluated(batch, snippet.macro, evaluated)
  if (!plain || snippet.file || !evaluated || mayHaveTraces(evaluated)) interpreter.restore()
  return evaluated
}

/** Even a plain snippet leaves files it attached, and a shaken interpreter when it ran out of room. */
function mayHaveTraces({ failure, attachments }: Evaluated): boolean {
  if (failure !== undefined) return failure.type === 'MemoryError' || failure.type === 'RecursionError'
  return attachments !== undefined && attachments.length > 0
}

function requestText(batch: Batch, snippet: WireSnippet, names: readonly string[] | null): string {
  const { message, limits } = batch
  const mentioned = names === null ? undefined : new Set(names)
  return JSON.stringify({
    macro: snippet.macro,
    source: snippet.source,
    language: snippet.language,
    expects: snippet.expects,
    file: snippet.file?.name ?? null,
    variables: Object.fromEntries([...batch.values].filter(([name]) => mentioned?.has(name) ?? true)),
    packages: PACKAGE_NAMES.filter((name) => mentioned === undefined || mentioned.has(name)),
    utilities: message.utilities,
    comments: message.comments,
    skips: batch.skips,
    history: batch.history,
    seed: `${message.seed}:${snippet.macro}`,
    mostOutput: limits.outputCharacters,
    largestResult: limits.resultBytes,
    largestAttachments: limits.attachmentBytes,
  })
}

function reportEvaluated(batch: Batch, macro: string, evaluated: Evaluated): void {
  const { value, failure, skips = {}, attachments = [], comment = null, output = '' } = evaluated
  Object.assign(batch.skips, skips)
  if (failure === undefined && value !== undefined) batch.values.set(macro, value)
  const contents = attachments.map((_, index) => batch.interpreter.files.readAttachment(index))
  batch.conversation.send(
    {
      kind: 'computed',
      macro,
      outcome: failure ? { kind: 'failed', failure } : { kind: 'value', value: value ?? null },
      comment,
      skips,
      output,
      attachments: attachments.map(({ name }) => name),
    },
    contents,
  )
}

function reportUnfinished(batch: Batch, macro: string, outcome: ComputedOutcome): true {
  batch.conversation.send({
    kind: 'computed',
    macro,
    outcome,
    comment: null,
    skips: {},
    output: '',
    attachments: [],
  })
  return true
}

function tooManyLookUps(most: number): ComputedOutcome {
  const message = `a calculation may ask for at most ${most} earlier results`
  return {
    kind: 'failed',
    failure: { type: 'RuntimeError', message, line: null, text: `RuntimeError: ${message}\n` },
  }
}

function missingImports(interpreter: Interpreter, snippets: readonly WireSnippet[]): string[] {
  const needed = snippets.flatMap(({ source }) => interpreter.classify(source).imports)
  return [...new Set(needed)].filter((name) => !interpreter.hasImport(name))
}
