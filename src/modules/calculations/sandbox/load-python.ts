import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HOME_FOLDER } from './file-system.ts'
import type { Boot } from './protocol.ts'
import type { LoadPyodide, Pyodide } from './pyodide-internals.ts'

const PYTHON_FOLDER = join(import.meta.dirname, 'python')
/** Our own Python modules, each importing only those before it. */
export const PYTHON_MODULES = [
  'wire',
  'formula',
  'lockdown',
  'utilities',
  'evaluate',
  'classify',
  'proofread',
] as const
/** Where they stand while they are imported. */
export const HOST_FOLDER = '/calculation-host'

export type LoadedPython = {
  readonly python: Pyodide
  /** The snapshot made on the way, when one was asked for. */
  readonly made: Uint8Array | undefined
}

/** Loads Pyodide, from a snapshot where there is one, then the packages asked for. */
export async function loadPython(boot: Boot, snapshot: Uint8Array | undefined): Promise<LoadedPython> {
  const python = await loadPyodide(boot, snapshot)
  if (snapshot === undefined) importModules(python)
  const made = boot.snapshot === 'make' ? python.makeMemorySnapshot() : undefined
  await loadPackages(python, boot)
  return { python, made }
}

async function loadPyodide(boot: Boot, snapshot: Uint8Array | undefined): Promise<Pyodide> {
  const entry = pathToFileURL(join(boot.pyodideFolder, 'pyodide.mjs')).href
  const module: { loadPyodide: LoadPyodide } = await import(entry)
  return module.loadPyodide({
    indexURL: boot.pyodideFolder,
    ...(boot.packagesFolder === null ? {} : { packageCacheDir: boot.packagesFolder }),
    jsglobals: Object.create(null),
    stdin: () => null,
    stdout: ignoreOutput,
    stderr: ignoreOutput,
    env: { PYTHONHASHSEED: '0', HOME: HOME_FOLDER, LANG: 'C.UTF-8', PATH: '/', _: 'python' },
    ...(boot.snapshot === 'make' ? { _makeSnapshot: true } : {}),
    ...(snapshot === undefined ? {} : { _loadSnapshot: snapshot }),
  })
}

async function loadPackages(python: Pyodide, boot: Boot): Promise<void> {
  if (boot.packagesFolder === null) return
  const problems: string[] = []
  if (boot.packages.length > 0) {
    await python.loadPackage(boot.packages, {
      messageCallback: ignoreOutput,
      errorCallback: (problem) => problems.push(problem),
    })
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const sitePackages = String(python.runPython('import sysconfig; sysconfig.get_path("purelib")'))
  for (const wheel of boot.wheels) {
    python.unpackArchive(new Uint8Array(readFileSync(join(boot.packagesFolder, wheel))), 'wheel', {
      extractDir: sitePackages,
    })
  }
}

/** Puts our own Python modules and the standard library's into memory: the part of a start that snapshots keep. */
function importModules(python: Pyodide): void {
  python.FS.mkdirTree(HOST_FOLDER)
  for (const name of PYTHON_MODULES) {
    python.FS.writeFile(`${HOST_FOLDER}/${name}.py`, readFileSync(join(PYTHON_FOLDER, `${name}.py`), 'utf8'))
  }
  python.runPython(
    `import sys
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(HOST_FOLDER)})
import ${PYTHON_MODULES.join(', ')}
lockdown.preload_standard_library()`,
  )
  for (const name of PYTHON_MODULES) python.FS.unlink(`${HOST_FOLDER}/${name}.py`)
  python.FS.rmdir(HOST_FOLDER)
}

function ignoreOutput(): void {
  // Output of snippets is collected inside Python; what Pyodide itself prints has no reader.
}
