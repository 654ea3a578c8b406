import { createDeadline, type Deadline } from './deadline.ts'
import { setInstant, setSeed } from './determinism.ts'
import { type FileSystemGuard, guardFileSystem } from './file-system.ts'
import { HOST_FOLDER, PYTHON_MODULES } from './load-python.ts'
import type { Boot } from './protocol.ts'
import type { Pyodide } from './pyodide-internals.ts'

/** Above this growth the memory is not restored: the process is replaced. */
const WORN_BYTES = 64 * 2 ** 20
const MOST_CLASSIFIED = 2000
/** What a snippet may write to files besides its attachments. */
const MOST_FILE_BYTES = 2 ** 26

/** What the text of a snippet tells before it runs (see python/classify.py). */
export type Classification = {
  readonly plain: boolean
  readonly names: readonly string[] | null
  readonly imports: readonly string[]
}

export type Interpreter = {
  readonly versions: { readonly python: string; readonly packages: Record<string, string> }
  readonly classify: (source: string) => Classification
  /** Runs python/evaluate.py on a request; undefined when the deadline passed. */
  readonly evaluate: (request: string, at: number, seed: string) => string | undefined
  /** Whether a module of a provided package was loaded at start, or is known not to be a module. */
  readonly hasImport: (name: string) => boolean
  readonly proofread: (request: string) => string
  readonly deadline: Deadline
  readonly files: FileSystemGuard
  /** Puts memory and files back as they were before any snippet ran. */
  readonly restore: () => void
  /** Whether memory grew so much that the process should be replaced. */
  readonly isWorn: () => boolean
}

/**
 * Locks a loaded Python down and puts it at the service of snippets.
 *
 * Isolation between snippets is by memory: the whole of Python lives in one WebAssembly memory, which is
 * copied once here and put back after every snippet that could have changed anything.
 */
export function createInterpreter(python: Pyodide, boot: Boot): Interpreter {
  const deadline = createDeadline()
  python.setInterruptBuffer(deadline.signal)
  const { evaluate, classify, proofread, versions } = lockDown(python, boot)
  const provided = JSON.stringify(boot.provided)
  const files = guardFileSystem(python.FS, boot.limits.attachmentBytes + MOST_FILE_BYTES)
  const classified = new Map<string, Classification>()
  const baseline = python._module.HEAPU8.slice()

  const restore = (): void => {
    files.reset()
    const memory = python._module.HEAPU8
    memory.set(baseline)
    memory.fill(0, baseline.byteLength)
  }
  return {
    versions,
    classify(source) {
      const known = classified.get(source)
      if (known) return known
      const classification = parseClassification(classify(source, provided))
      restore()
      if (classified.size >= MOST_CLASSIFIED) classified.clear()
      classified.set(source, classification)
      return classification
    },
    evaluate(request, at, seed) {
      setInstant(at)
      setSeed(seed)
      try {
        return evaluate(request)
      } catch (error) {
        if (isInterrupt(error)) return undefined
        throw error
      }
    },
    proofread(request) {
      const problems = proofread(request)
      restore()
      return problems
    },
    hasImport: (name) => boot.imports.includes(name),
    deadline,
    files,
    restore,
    isWorn: () => python._module.HEAPU8.byteLength > baseline.byteLength + WORN_BYTES,
  }
}

type HostFunctions = {
  readonly evaluate: (request: string) => string
  readonly classify: (source: string, provided: string) => string
  readonly proofread: (request: string) => string
  readonly versions: Interpreter['versions']
}

/** Imports what packages bring, then makes our own modules and every bridge to JavaScript unreachable by name. */
function lockDown(python: Pyodide, boot: Boot): HostFunctions {
  const evaluation = python.pyimport('evaluate')
  const classification = python.pyimport('classify')
  const proofreading = python.pyimport('proofread')
  const lockdown = python.pyimport('lockdown')
  const functions = {
    evaluate: functionOf(evaluation, 'evaluate'),
    classify: functionOf(classification, 'classify'),
    proofread: functionOf(proofreading, 'proofread'),
  }
  functionOf(lockdown, 'preload_packages')(JSON.stringify(boot.imports))
  const versions = parseVersions(functionOf(evaluation, 'versions')())
  functionOf(lockdown, 'lock_down')(JSON.stringify([HOST_FOLDER, ...PYTHON_MODULES]))
  return { ...functions, versions }
}

function functionOf(module: ReturnType<Pyodide['pyimport']>, name: string): (...args: string[]) => string {
  const found = module[name]
  if (found === undefined) throw new Error(`the interpreter has no function ${name}`)
  return found
}

/** A deadline that struck outside the snippet's own frames reaches JavaScript as Python's KeyboardInterrupt. */
function isInterrupt(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'KeyboardInterrupt'
}

function parseClassification(text: string): Classification {
  const parsed: Classification = JSON.parse(text)
  return parsed
}

function parseVersions(text: string): Interpreter['versions'] {
  const parsed: Interpreter['versions'] = JSON.parse(text)
  return parsed
}
