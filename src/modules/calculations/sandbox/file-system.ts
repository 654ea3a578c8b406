import type { FSNode, PyodideFileSystem } from './pyodide-internals.ts'

/** Folders in which snippets may write; everything in them is removed afterwards. */
export const WRITABLE_FOLDERS = ['/tmp', '/home/calculation', '/upload', '/attachments'] as const
export const HOME_FOLDER = '/home/calculation'

const READ_ONLY_FILE_SYSTEM = 69
const NO_SPACE = 51
const MOST_NODES = 10_000

type Operation = (...args: never[]) => unknown
type Operations = Record<string, Operation>

/** The in-memory files of the interpreter, kept as they were at start. */
export type FileSystemGuard = {
  readonly writeUpload: (name: string, content: Uint8Array) => void
  readonly readAttachment: (index: number) => Uint8Array
  /** Closes and removes what was opened and written since the start. */
  readonly reset: () => void
}

/**
 * Makes every file that exists now immutable and bounds what can be written from now on, since files live
 * outside the interpreter's own memory and its limit.
 */
export function guardFileSystem(fs: PyodideFileSystem, mostBytes: number): FileSystemGuard {
  for (const folder of WRITABLE_FOLDERS) fs.mkdirTree(folder)
  fs.chdir(HOME_FOLDER)
  const streams = [...fs.streams]
  const writable = new Set(WRITABLE_FOLDERS.map((folder) => fs.lookupPath(folder).node))
  const fixed = new WeakSet(collectNodes(fs))
  const usage = { bytes: 0, nodes: 0 }
  let mayWriteFreely = false

  const refuseFixed = (node: FSNode): void => {
    if (fixed.has(node)) throw new fs.ErrnoError(READ_ONLY_FILE_SYSTEM)
  }
  const refuseFixedFolder = (node: FSNode): void => {
    if (!writable.has(node)) refuseFixed(node)
  }
  const takeNode = (): void => {
    if (++usage.nodes > MOST_NODES) throw new fs.ErrnoError(NO_SPACE)
  }
  const takeBytes = (bytes: number): void => {
    usage.bytes += Math.max(0, bytes)
    if (usage.bytes > mostBytes && !mayWriteFreely) throw new fs.ErrnoError(NO_SPACE)
  }

  const memory = fs.filesystems.MEMFS
  const table = memory.ops_table
  for (const operations of new Set<Operations>([table.dir.node, memory.node_ops])) {
    before(operations, 'mknod', (parent: FSNode) => [refuseFixedFolder(parent), takeNode()])
    before(operations, 'symlink', (parent: FSNode) => [refuseFixedFolder(parent), takeNode()])
    before(operations, 'unlink', refuseFixedFolder)
    before(operations, 'rmdir', refuseFixedFolder)
    before(operations, 'rename', (node: FSNode, newFolder: FSNode) => [
      refuseFixed(node),
      refuseFixedFolder(newFolder),
    ])
  }
  for (const operations of new Set<Operations>([
    table.dir.node,
    table.file.node,
    table.link.node,
    memory.node_ops,
  ])) {
    before(operations, 'setattr', (node: FSNode, change: { size?: number }) => [
      refuseFixed(node),
      takeBytes((change.size ?? 0) - (node.usedBytes ?? 0)),
    ])
  }
  for (const operations of new Set<Operations>([table.file.stream, memory.stream_ops])) {
    before(
      operations,
      'write',
      (stream: { node: FSNode }, _b: never, _o: never, length: number, at: number) => [
        refuseFixed(stream.node),
        takeBytes(at + length - (stream.node.usedBytes ?? 0)),
      ],
    )
  }

  return {
    writeUpload(name, content) {
      mayWriteFreely = true
      fs.writeFile(`/upload/${name}`, content)
      mayWriteFreely = false
      usage.bytes = 0
    },
    readAttachment: (index) => fs.readFile(`/attachments/${index}`),
    reset() {
      closeOthers(fs, streams)
      fs.chdir(HOME_FOLDER)
      for (const folder of WRITABLE_FOLDERS) emptyFolder(fs, folder, fixed)
      usage.bytes = 0
      usage.nodes = 0
    },
  }
}

function before<Arguments extends unknown[]>(
  operations: Operations,
  name: string,
  check: (...args: Arguments) => unknown,
): void {
  const operation: unknown = operations[name]
  if (typeof operation !== 'function') return
  operations[name] = function guarded(this: unknown, ...args: never[]): unknown {
    Reflect.apply(check, undefined, args)
    return Reflect.apply(operation, this, args)
  }
}

/** Streams opened since start are closed, those of start put back where a snippet closed them. */
function closeOthers(fs: PyodideFileSystem, streams: readonly unknown[]): void {
  for (const [index, stream] of [...fs.streams].entries()) {
    if (stream && stream !== streams[index]) fs.close(stream)
  }
  fs.streams.length = streams.length
  for (const [index, stream] of streams.entries()) fs.streams[index] = stream ?? undefined
}

function collectNodes(fs: PyodideFileSystem): FSNode[] {
  const nodes: FSNode[] = []
  const open = [fs.lookupPath('/').node]
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.push(node)
    if (fs.isDir(node.mode) && isFolderContents(node.contents)) open.push(...Object.values(node.contents))
  }
  return nodes
}

function emptyFolder(fs: PyodideFileSystem, folder: string, fixed: WeakSet<FSNode>): void {
  const { contents } = fs.lookupPath(folder).node
  if (!isFolderContents(contents)) return
  for (const [name, node] of Object.entries(contents)) {
    if (fixed.has(node)) continue
    const path = `${folder}/${name}`
    if (fs.isDir(node.mode)) {
      emptyFolder(fs, path, fixed)
      fs.rmdir(path)
    } else {
      fs.unlink(path)
    }
  }
}

function isFolderContents(contents: unknown): contents is Record<string, FSNode> {
  return typeof contents === 'object' && contents !== null && !ArrayBuffer.isView(contents)
}
