import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { RefusedError } from '../../core/refusal.ts'

/** Folder of the installed Pyodide. */
export const PYODIDE_FOLDER = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))

export type ProvidedPackage = {
  readonly name: string
  readonly version: string
  readonly imports: readonly string[]
}

export type AvailablePackages = {
  readonly python: string
  readonly pyodide: string
  /** Packages of Pyodide's own list whose wheels, and those of all they need, are in the packages folder. */
  readonly listed: readonly ProvidedPackage[]
  /** Further wheels in the folder: pure Python, or built for this interpreter. */
  readonly wheels: readonly (ProvidedPackage & { readonly file: string })[]
}

type ListedPackage = {
  readonly name: string
  readonly version: string
  readonly file_name: string
  readonly depends: readonly string[]
  readonly imports: readonly string[]
}

/**
 * What this server offers to calculations: read from the folders, without starting Python.
 *
 * @throws RefusedError `upstream-failed` when the packages folder cannot be read
 */
export async function findAvailablePackages(packagesFolder: string | null): Promise<AvailablePackages> {
  const list = await readList()
  const files = new Set(packagesFolder === null ? [] : await listFolder(packagesFolder))
  const listed = [...list.packages.values()].filter((entry) => isComplete(entry, list.packages, files))
  const listedFiles = new Set([...list.packages.values()].map((entry) => entry.file_name))
  return {
    python: list.python,
    pyodide: list.pyodide,
    listed: listed.map(({ name, version, imports }) => ({ name, version, imports })),
    wheels: [...files].filter((file) => !listedFiles.has(file)).flatMap((file) => parseWheelName(file, list)),
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(code)) throw error
    const reason = `the folder ${folder} cannot be read (${code})`
    throw new RefusedError({ kind: 'upstream-failed', source: 'Python packages', reason })
  }
}

/** What a process must load so that these dotted modules can be imported. */
export function selectPackages(
  available: AvailablePackages,
  imports: Iterable<string>,
): { readonly packages: readonly string[]; readonly wheels: readonly string[] } {
  const roots = new Set([...imports].map(rootOf))
  const isWanted = ({ imports: names }: ProvidedPackage): boolean =>
    names.some((name) => roots.has(rootOf(name)))
  const needsWheels = available.wheels.some(isWanted)
  // Pure wheels do not say what they use when it is there: pydicom reads pixels with numpy.
  if (needsWheels) roots.add('numpy')
  return {
    packages: available.listed.filter(isWanted).map(({ name }) => name),
    wheels: needsWheels ? available.wheels.map(({ file }) => file) : [],
  }
}

/** The first names of all modules that provided packages bring. */
export function providedRoots(available: AvailablePackages): readonly string[] {
  const names = [...available.listed, ...available.wheels].flatMap(({ imports }) => imports.map(rootOf))
  return [...new Set(names)].sort()
}

function rootOf(dottedName: string): string {
  return dottedName.split('.', 1)[0] ?? ''
}

async function readList() {
  const [list, own] = await Promise.all(
    ['pyodide-lock.json', 'package.json'].map(
      async (file): Promise<unknown> => JSON.parse(await readFile(join(PYODIDE_FOLDER, file), 'utf8')),
    ),
  )
  if (!isList(list) || !isVersioned(own)) throw new Error('the installed Pyodide has no list of packages')
  return {
    python: list.info.python,
    platform: `pyemscripten_${list.info.abi_version}_${list.info.arch}`,
    pyodide: own.version,
    packages: new Map(Object.entries(list.packages)),
  }
}

function isList(value: unknown): value is {
  info: { python: string; abi_version: string; arch: string }
  packages: Record<string, ListedPackage>
} {
  return typeof value === 'object' && value !== null && 'info' in value && 'packages' in value
}

function isVersioned(value: unknown): value is { version: string } {
  return typeof value === 'object' && value !== null && 'version' in value
}

function isComplete(
  entry: ListedPackage,
  packages: ReadonlyMap<string, ListedPackage>,
  files: ReadonlySet<string>,
): boolean {
  const needed = new Set([entry])
  for (const one of needed) {
    if (!files.has(one.file_name)) return false
    for (const name of one.depends) {
      const dependency = packages.get(name)
      if (dependency) needed.add(dependency)
    }
  }
  return true
}

/** Wheels of pure Python, or built for this very interpreter: `name-version-python-abi-platform.whl`. */
function parseWheelName(
  file: string,
  list: { python: string; platform: string },
): AvailablePackages['wheels'] {
  const parts = file.endsWith('.whl') ? file.slice(0, -'.whl'.length).split('-') : []
  const [name, version] = parts
  const [pythons = '', abi = '', platform = ''] = parts.slice(-3)
  if (name === undefined || version === undefined || parts.length < 5) return []
  const isPure = abi === 'none' && platform === 'any' && pythons.split('.').includes('py3')
  const ownAbi = `cp${list.python.split('.').slice(0, 2).join('')}`
  const isBuilt = platform === list.platform && (abi === ownAbi || abi === 'abi3')
  return isPure || isBuilt ? [{ name, version, imports: [name.toLowerCase()], file }] : []
}
