/** The parts of Pyodide and Emscripten this folder relies on that their own types do not declare. */
export type FSNode = {
  readonly mode: number
  readonly contents: unknown
  readonly usedBytes?: number
}

type Operations = Record<string, (...args: never[]) => unknown>

export type PyodideFileSystem = {
  readonly streams: (object | undefined)[]
  readonly filesystems: {
    readonly MEMFS: {
      readonly node_ops: Operations
      readonly stream_ops: Operations
      readonly ops_table: {
        readonly dir: { readonly node: Operations }
        readonly file: { readonly node: Operations; readonly stream: Operations }
        readonly link: { readonly node: Operations }
      }
    }
  }
  readonly ErrnoError: new (errno: number) => Error
  readonly mkdirTree: (path: string) => void
  readonly chdir: (path: string) => void
  readonly lookupPath: (path: string) => { readonly node: FSNode }
  readonly isDir: (mode: number) => boolean
  readonly writeFile: (path: string, content: Uint8Array | string) => void
  readonly readFile: (path: string) => Uint8Array
  readonly close: (stream: object) => void
  readonly unlink: (path: string) => void
  readonly rmdir: (path: string) => void
}

export type Pyodide = {
  readonly version: string
  readonly FS: PyodideFileSystem
  readonly _module: { readonly HEAPU8: Uint8Array }
  readonly runPython: (source: string) => unknown
  readonly pyimport: (name: string) => Record<string, (...args: (string | undefined)[]) => string>
  readonly setInterruptBuffer: (buffer: { 0: number }) => void
  readonly makeMemorySnapshot: () => Uint8Array
  readonly loadPackage: (
    names: readonly string[],
    options: { messageCallback: () => void; errorCallback: (message: string) => void },
  ) => Promise<unknown>
  readonly unpackArchive: (archive: Uint8Array, format: 'wheel', options: { extractDir: string }) => void
}

export type LoadPyodide = (options: {
  indexURL: string
  packageBaseUrl?: string
  packageCacheDir?: string
  jsglobals: object
  stdin: () => null
  stdout: () => void
  stderr: () => void
  env: Record<string, string>
  _makeSnapshot?: true
  _loadSnapshot?: Uint8Array
}) => Promise<Pyodide>
