import { RefusedError } from '../../core/refusal.ts'
import type { CalculationAnswer, CalculationRequest, Snippet } from './domain/calculation.ts'
import { findIdentifiers } from './domain/snippet-tokens.ts'
import { runEvaluation } from './evaluation.ts'
import { createInterpreterPool, type PoolStatus, type Slot } from './interpreter-pool.ts'
import { type InterpreterProcess, startInterpreter } from './interpreter-process.ts'
import { watchMemory } from './memory-watch.ts'
import {
  type AvailablePackages,
  findAvailablePackages,
  PYODIDE_FOLDER,
  providedRoots,
  selectPackages,
} from './packages.ts'

const MIB = 2 ** 20

export type CalculationEngineConfig = {
  /** IANA name of the zone in which Python shows local time. */
  readonly timeZone: string
  /** Folder of Python wheels, null when the server has none. */
  readonly packagesFolder: string | null
  /** Processes at most, default 2. */
  readonly processes?: number
  /** Batches that may wait at most, default 500. */
  readonly mostWaiting?: number
  /** Running time of a batch, default 20 s. */
  readonly timeoutMs?: number
  /** Memory of Python, default 256 MiB. */
  readonly memoryBytes?: number
  /** Size of one result as JSON, default 8 MiB. */
  readonly resultBytes?: number
  /** Size of all files one calculation attaches, default 32 MiB. */
  readonly attachmentBytes?: number
  /** Batches after which a process is replaced, default 2000. */
  readonly recycleAfter?: number
  /** Time without work after which a process ends, default 5 min. */
  readonly idleMs?: number
  /** Earlier results one calculation may ask for, default 32. */
  readonly historyRounds?: number
}

export type SnippetProblem = { readonly line: number | null; readonly message: string }

/** The one calculation engine of the server: Python in locked-down processes. */
export type CalculationEngine = {
  /**
   * Evaluates a batch of snippets. What goes wrong in a snippet is its outcome, never an exception.
   *
   * @throws RefusedError `upstream-failed` when Python does not start or too many batches wait;
   *   whatever the request's `history` throws; the signal's reason
   */
  readonly evaluate: (
    request: CalculationRequest,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<CalculationAnswer>
  /**
   * Starts Python ahead of an evaluation that is likely to come; the first one would wait for it. What fails is told to
   * that evaluation.
   */
  readonly prepare: () => void
  /** Problems that forbid saving a snippet, empty when there are none (machine-QA 3.5). */
  readonly check: (
    snippet: Pick<Snippet, 'macro' | 'source' | 'language'>,
  ) => Promise<readonly SnippetProblem[]>
  /** Versions and packages on offer, without starting Python. */
  readonly packages: () => Promise<AvailablePackages>
  /** What runs and waits now, for operators. */
  readonly status: () => PoolStatus
  /** Ends all processes; running and waiting batches are refused. */
  readonly close: () => Promise<void>
}

const DEFAULTS = {
  processes: 2,
  mostWaiting: 500,
  timeoutMs: 20_000,
  memoryBytes: 256 * MIB,
  resultBytes: 8 * MIB,
  attachmentBytes: 32 * MIB,
  recycleAfter: 2000,
  idleMs: 300_000,
  historyRounds: 32,
} as const

const START_TIMEOUT_MS = 120_000
const OUTPUT_CHARACTERS = 65_536
const PROOFREAD_TIMEOUT_MS = 5000
/** What a process needs besides Python's own memory: its copy, Node, files. */
const OVERHEAD_BYTES = 768 * MIB

/** Nothing starts before the first evaluation. */
export function createCalculationEngine(config: CalculationEngineConfig): CalculationEngine {
  const settings = { ...DEFAULTS, ...config }
  const imports = new Set<string>()
  /** Made by the first process, so that every later one starts several times faster. */
  let snapshot: Uint8Array | undefined
  let available: Promise<AvailablePackages> | undefined
  const packages = (): Promise<AvailablePackages> => {
    available ??= findAvailablePackages(settings.packagesFolder).catch((failure: unknown) => {
      available = undefined
      throw failure
    })
    return available
  }
  const start = async (): Promise<InterpreterProcess> => {
    const found = await packages()
    const startWith = snapshot
    const interpreter = await startInterpreter({
      timeZone: settings.timeZone,
      startTimeoutMs: START_TIMEOUT_MS,
      snapshot: startWith,
      boot: {
        kind: 'boot',
        snapshot: startWith === undefined ? 'make' : 'load',
        pyodideFolder: PYODIDE_FOLDER,
        packagesFolder: settings.packagesFolder,
        ...selectPackages(found, imports),
        provided: providedRoots(found),
        imports: [...imports],
        limits: {
          memoryBytes: settings.memoryBytes,
          resultBytes: settings.resultBytes,
          attachmentBytes: settings.attachmentBytes,
          outputCharacters: OUTPUT_CHARACTERS,
          historyRounds: settings.historyRounds,
        },
      },
    }).catch((failure: unknown) => {
      if (startWith === undefined) throw failure
      // What the snapshot broke, a start without it may do.
      snapshot = undefined
      return start()
    })
    snapshot ??= interpreter.snapshot
    return interpreter
  }
  const pool = createInterpreterPool({
    processes: settings.processes,
    mostWaiting: settings.mostWaiting,
    recycleAfter: settings.recycleAfter,
    idleMs: settings.idleMs,
    start,
    isCurrent: (interpreter) => interpreter.imports.isSupersetOf(imports),
  })
  let isPreparing = false
  const startOne = async (): Promise<void> => {
    try {
      await pool.use('', undefined, async (slot) => void (await slot.open()))
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
    } finally {
      isPreparing = false
    }
  }
  const learnImports = (names: readonly string[]): void => {
    for (const name of names) imports.add(name)
  }

  return {
    async evaluate(request, { signal } = {}) {
      const found = await packages()
      learnImports(namedRoots(request, providedRoots(found)))
      const evaluation = pool.use(request.party ?? '', signal, (slot) =>
        runEvaluation(
          request,
          {
            timeoutMs: settings.timeoutMs,
            versions: { python: found.python, pyodide: found.pyodide, packages: {} },
            learnImports,
            watchMemory: (interpreter) => watchMemory(interpreter, settings.memoryBytes + OVERHEAD_BYTES),
          },
          slot,
          signal,
        ),
      )
      return signal ? untilAborted(evaluation, signal) : evaluation
    },
    prepare: () => {
      if (isPreparing || pool.status().processes.length > 0) return
      isPreparing = true
      void startOne()
    },
    check: (snippet) => pool.use('', undefined, (slot) => proofread(snippet, slot)),
    packages,
    status: pool.status,
    close: pool.close,
  }
}

/** Roots of provided packages that the text of a request mentions, so that the first process already has them. */
function namedRoots(request: CalculationRequest, roots: readonly string[]): string[] {
  if (roots.length === 0) return []
  const named = request.snippets.map(({ source }) => findIdentifiers(source))
  const mentions = (name: string): boolean => named.some((identifiers) => identifiers.has(name))
  return roots.filter((root) => mentions(root) || (root === 'pydicom' && mentions('dicom')))
}

/** The caller gets its refusal at once; the process finishes or is stopped by its own limits. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

async function proofread(
  { macro, source, language }: Pick<Snippet, 'macro' | 'source' | 'language'>,
  slot: Slot,
): Promise<readonly SnippetProblem[]> {
  const interpreter = await slot.open()
  interpreter.send({ kind: 'proofread', macro, source, language })
  const timer = setTimeout(() => interpreter.kill(), PROOFREAD_TIMEOUT_MS)
  const reply = await interpreter.receive()
  clearTimeout(timer)
  if (reply?.message.kind === 'proofed') return reply.message.problems
  slot.discard()
  return [{ line: null, message: 'Calculation procedure invalid: Python cannot read it' }]
}
