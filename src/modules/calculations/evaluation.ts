import type {
  CalculationAnswer,
  CalculationRequest,
  HistoryQuery,
  InterpreterVersions,
  Snippet,
  SnippetResult,
} from './domain/calculation.ts'
import { CYCLIC_DEPENDENCY, orderCalculations } from './domain/dependencies.ts'
import { decideOutcome, isEmptyValue, type RawOutcome } from './domain/outcome.ts'
import type { PythonValue } from './domain/python-value.ts'
import type { Slot } from './interpreter-pool.ts'
import type { InterpreterProcess, InterpreterReply } from './interpreter-process.ts'
import type { Computed, HistoryNeeded, WireSnippet } from './sandbox/protocol.ts'

export type EvaluationSettings = {
  readonly timeoutMs: number
  readonly versions: InterpreterVersions
  /** Remembers modules that processes started from now on must load. */
  readonly learnImports: (imports: readonly string[]) => void
  /** Watches the memory of a running process and kills it when it grows too large; gives a function that stops. */
  readonly watchMemory: (interpreter: InterpreterProcess) => () => void
}

/** How long past its limit a process may take to answer before it is killed. */
const GRACE_MS = 1000
/** A process that ended by itself may have been ended by somebody else: its snippet gets one more try. */
const MOST_ENDINGS = 2

/** What is known of a batch while it runs, whichever processes it runs on. */
type Evaluation = {
  readonly request: CalculationRequest
  readonly settings: EvaluationSettings
  readonly signal: AbortSignal | undefined
  readonly identifiers: ReadonlyMap<string, ReadonlySet<string>>
  readonly pending: Snippet[]
  readonly values: Map<string, PythonValue>
  readonly results: Map<string, SnippetResult>
  readonly skips: Record<string, boolean>
  readonly changedSkips: Record<string, boolean>
  readonly history: Record<string, PythonValue>
  readonly timeoutMs: number
  absentImports: 'ask' | 'fail'
  endings: number
  timeouts: number
  versions: InterpreterVersions
}

type Conversation = 'finished' | 'broken' | 'ended' | 'overdue' | 'needs-imports'

/**
 * Runs a batch on a process, and on further ones for what is left when a process had to be killed or ended.
 *
 * @throws whatever `request.utilities.history` throws; the signal's reason
 */
export async function runEvaluation(
  request: CalculationRequest,
  settings: EvaluationSettings,
  slot: Slot,
  signal: AbortSignal | undefined,
): Promise<CalculationAnswer> {
  const evaluation = prepare(request, settings, signal)
  while (evaluation.pending.length > 0) {
    signal?.throwIfAborted()
    const interpreter = await slot.open()
    evaluation.versions = { ...settings.versions, ...interpreter.versions }
    const stopWatching = settings.watchMemory(interpreter)
    const end = await converse(evaluation, interpreter, slot).finally(stopWatching)
    if (end !== 'finished') slot.discard()
    if (end === 'overdue') blameForTime(evaluation)
    if (end === 'ended') blameForEnding(evaluation)
  }
  return { results: evaluation.results, skips: evaluation.changedSkips, versions: evaluation.versions }
}

function prepare(
  request: CalculationRequest,
  settings: EvaluationSettings,
  signal: AbortSignal | undefined,
): Evaluation {
  const byMacro = new Map(request.snippets.map((snippet) => [snippet.macro, snippet]))
  const sources = new Map(request.snippets.map(({ macro, source }) => [macro, source]))
  const { order, cyclic, identifiers } = orderCalculations(sources)
  const calculated = new Set(byMacro.keys())
  const given = Object.entries(request.variables).filter(([macro]) => !calculated.has(macro))
  return {
    request,
    settings,
    signal,
    identifiers,
    pending: order.flatMap((macro) => byMacro.get(macro) ?? []),
    values: new Map(given),
    results: new Map(cyclic.map((macro) => [macro, emptyResult(macro, CYCLIC)])),
    skips: { ...request.utilities?.skips },
    changedSkips: {},
    history: {},
    timeoutMs: request.timeoutMs ?? settings.timeoutMs,
    absentImports: 'ask',
    endings: 0,
    timeouts: 0,
    versions: settings.versions,
  }
}

const CYCLIC = { kind: 'cyclic', error: CYCLIC_DEPENDENCY } as const

/** One process works on what is pending until everything is known or it cannot go on. */
async function converse(
  evaluation: Evaluation,
  interpreter: InterpreterProcess,
  slot: Slot,
): Promise<Conversation> {
  const { snippets, blobs } = wireSnippets(evaluation.pending)
  interpreter.send(
    {
      kind: 'evaluate',
      snippets,
      variables: { ...evaluation.request.names, ...Object.fromEntries(evaluation.values) },
      utilities: evaluation.request.utilities !== undefined,
      comments: evaluation.request.utilities?.comments ?? {},
      skips: evaluation.skips,
      history: evaluation.history,
      at: evaluation.request.at.getTime(),
      seed: evaluation.request.seed,
      timeoutMs: evaluation.timeoutMs,
      absentImports: evaluation.absentImports,
    },
    blobs,
  )
  for (;;) {
    const reply = await receiveInTime(interpreter, evaluation.timeoutMs + GRACE_MS)
    if (reply === 'overdue') return 'overdue'
    if (reply === undefined) return 'ended'
    const end = await takeReply(evaluation, interpreter, reply, slot)
    if (end !== undefined) return end
  }
}

/** What one reply means for the conversation; undefined when it goes on. */
async function takeReply(
  evaluation: Evaluation,
  interpreter: InterpreterProcess,
  { message, blobs }: InterpreterReply,
  slot: Slot,
): Promise<Conversation | undefined> {
  switch (message.kind) {
    case 'started':
      return undefined
    case 'computed':
      return takeResult(evaluation, message, blobs) ? undefined : 'ended'
    case 'history-needed':
      await answerHistory(evaluation, interpreter, message, slot)
      return undefined
    case 'needs-imports':
      evaluation.settings.learnImports(message.imports)
      evaluation.absentImports = 'fail'
      return 'needs-imports'
    case 'broken':
      settle(evaluation, { kind: 'crashed', reason: message.reason }, NO_EFFECTS)
      return 'broken'
    case 'done':
      if (message.worn) slot.discard()
      return evaluation.pending.length === 0 ? 'finished' : 'ended'
    default:
      return 'ended'
  }
}

async function receiveInTime(
  interpreter: InterpreterProcess,
  limitMs: number,
): Promise<InterpreterReply | undefined | 'overdue'> {
  let overdue = false
  const timer = setTimeout(() => {
    overdue = true
    interpreter.kill()
  }, limitMs)
  const reply = await interpreter.receive()
  clearTimeout(timer)
  return reply === undefined && overdue ? 'overdue' : reply
}

/** Asks the caller; when that fails, the process is told to stop before the failure rises. */
async function answerHistory(
  evaluation: Evaluation,
  interpreter: InterpreterProcess,
  { query }: HistoryNeeded,
  slot: Slot,
): Promise<void> {
  try {
    evaluation.signal?.throwIfAborted()
    const value = (await evaluation.request.utilities?.history?.(historyQuery(query))) ?? null
    evaluation.history[query.key] = value
    interpreter.send({ kind: 'history-answer', value })
  } catch (error) {
    interpreter.send({ kind: 'abandon' })
    const reply = await receiveInTime(interpreter, GRACE_MS)
    if (reply === 'overdue' || reply?.message.kind !== 'done') slot.discard()
    throw error
  }
}

const METHODS = ['previous_test_list_instance', 'previous_test_instance', 'get_test_instance'] as const

function historyQuery({ method, args }: HistoryNeeded['query']): HistoryQuery {
  const known = METHODS.find((name) => name === method)
  if (known === undefined) throw new Error(`the interpreter asked for ${method}`)
  return { method: known, args }
}

/** False when the process answers something it was not asked. */
function takeResult(evaluation: Evaluation, computed: Computed, blobs: readonly Uint8Array[]): boolean {
  const [snippet] = evaluation.pending
  if (snippet?.macro !== computed.macro || computed.attachments.length !== blobs.length) return false
  const { outcome } = computed
  const raw: RawOutcome =
    outcome.kind === 'timed-out' ? { ...outcome, limitMs: evaluation.timeoutMs } : outcome
  Object.assign(evaluation.skips, computed.skips)
  Object.assign(evaluation.changedSkips, computed.skips)
  settle(evaluation, raw, {
    comment: computed.comment,
    output: computed.output,
    attachments: computed.attachments.map((name, index) => ({ name, content: blobs[index] ?? NOTHING })),
  })
  return true
}

const NOTHING = new Uint8Array()

/** Records the outcome of the first pending snippet. */
function settle(
  evaluation: Evaluation,
  raw: RawOutcome,
  effects: Omit<SnippetResult, 'macro' | 'outcome'>,
): void {
  const snippet = evaluation.pending.shift()
  if (snippet === undefined) return
  const { macro } = snippet
  const outcome = decideOutcome(macro, raw, hasEmptyInput(evaluation, macro))
  if (outcome.kind === 'value') evaluation.values.set(macro, outcome.value)
  evaluation.results.set(macro, { macro, outcome, ...effects })
}

/** Whether a macro that the snippet mentions has no value, among those entered and those calculated. */
function hasEmptyInput(evaluation: Evaluation, macro: string): boolean {
  const { identifiers, results, values, request } = evaluation
  for (const name of identifiers.get(macro) ?? []) {
    if (name === macro) continue
    const isKnown = Object.hasOwn(request.variables, name) || results.has(name)
    if (isKnown && isEmptyValue(values.get(name))) return true
  }
  return false
}

/** The process did not even answer that time was up: it was killed. The others get one more budget. */
function blameForTime(evaluation: Evaluation): void {
  evaluation.timeouts++
  settle(evaluation, { kind: 'timed-out', limitMs: evaluation.timeoutMs, started: true }, NO_EFFECTS)
  if (evaluation.timeouts < 2) return
  while (evaluation.pending.length > 0) {
    settle(evaluation, { kind: 'timed-out', limitMs: evaluation.timeoutMs, started: false }, NO_EFFECTS)
  }
}

function blameForEnding(evaluation: Evaluation): void {
  evaluation.endings++
  if (evaluation.endings < MOST_ENDINGS) return
  evaluation.endings = 0
  settle(evaluation, { kind: 'crashed', reason: 'the process ended' }, NO_EFFECTS)
}

const NO_EFFECTS = { comment: null, attachments: [], output: '' } as const

function emptyResult(macro: string, outcome: SnippetResult['outcome']): SnippetResult {
  return { macro, outcome, ...NO_EFFECTS }
}

function wireSnippets(snippets: readonly Snippet[]): { snippets: WireSnippet[]; blobs: Uint8Array[] } {
  const blobs: Uint8Array[] = []
  const wire = snippets.map(({ macro, source, language, expects, file }) => ({
    macro,
    source,
    language,
    expects,
    file: file ? { name: fileName(file.name), blob: blobs.push(file.content) - 1 } : null,
  }))
  return { snippets: wire, blobs }
}

/** Upload names are kept as far as they are one file's name. */
function fileName(name: string): string {
  const last = name.split(/[/\\\0]/).at(-1) ?? ''
  return last === '' || last === '.' || last === '..' ? 'upload' : last
}
