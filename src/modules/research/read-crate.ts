import yauzl from 'yauzl'
import { invalidInput } from '../../core/refusal.ts'
import { isJsonObject, type JsonObject, member, textOf } from './domain/json-value.ts'

/** An archive that somebody sent: its graph, and its files by their ids in the graph. */
export type ReadCrate = {
  readonly source: string
  readonly nodes: ReadonlyMap<string, JsonObject>
  /** @throws RefusedError `invalid-input` for what is not there, or larger than allowed */
  read(id: string, maxBytes: number): Promise<Buffer>
  close(): void
}

const MOST_ENTRIES = 1_000_000
const LARGEST_GRAPH = 64 * 2 ** 20
/** More than this is no data, but made to fill a disk. */
const MOST_EXPANSION = 200

/**
 * Opens an `.eln` or another RO-Crate in a ZIP. Names that lead out of it, encrypted entries and entries that grow
 * beyond reason are refused.
 *
 * @throws RefusedError `invalid-input`
 */
export async function readCrate(path: string): Promise<ReadCrate> {
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    const roots = new Set([...entries.keys()].map((name) => name.split('/', 1)[0] ?? ''))
    const [root = ''] = roots
    if (roots.size !== 1) throw invalidInput('file', 'The archive must have exactly one folder at its root.')
    const read = async (id: string, maxBytes: number): Promise<Buffer> => {
      const name = `${root}/${decodeURIComponent(id)
        .replace(/^\.\//, '')
        .replaceAll(/\/{2,}/g, '/')}`
      const entry = entries.get(name)
      if (!entry) throw invalidInput('file', `The archive names ${id} and does not have it.`)
      return contentOf(zip, entry, maxBytes)
    }
    const nodes = graphOf(await read('ro-crate-metadata.json', LARGEST_GRAPH))
    return { source: sourceOf(nodes), nodes, read, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(invalidInput('file', `This is no archive: ${error.message}`))
      else resolve(zip)
    })
  })
}

function entriesOf(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>()
    zip.on('entry', (entry: yauzl.Entry) => {
      const problem = problemOf(entry, entries.size)
      if (problem !== undefined) return reject(invalidInput('file', problem))
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (error) => reject(invalidInput('file', `The archive is damaged: ${error.message}`)))
    zip.readEntry()
  })
}

function problemOf(entry: yauzl.Entry, count: number): string | undefined {
  if (count >= MOST_ENTRIES) return `An archive may have ${MOST_ENTRIES} files at most.`
  if (entry.isEncrypted()) return 'The archive is encrypted.'
  if (/(^|\/)\.\.(\/|$)|^\/|\\/.test(entry.fileName)) return 'A name in the archive leads out of it.'
  const grows =
    entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize > entry.compressedSize * MOST_EXPANSION
  return grows ? `${entry.fileName} grows beyond reason when it is unpacked.` : undefined
}

function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, maxBytes: number): Promise<Buffer> {
  if (entry.uncompressedSize > maxBytes)
    throw invalidInput('file', `${entry.fileName} is larger than ${maxBytes} bytes.`)
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(invalidInput('file', `${entry.fileName} is damaged: ${error.message}`))
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => resolve(Buffer.concat(chunks)))
      stream.on('error', (broken: Error) =>
        reject(invalidInput('file', `${entry.fileName} is damaged: ${broken.message}`)),
      )
    })
  })
}

/** Some notebooks repeat a node; the first one counts. */
function graphOf(bytes: Buffer): ReadonlyMap<string, JsonObject> {
  const graph = member(parseJson(bytes), '@graph')
  if (!Array.isArray(graph)) throw invalidInput('file', 'ro-crate-metadata.json has no @graph.')
  const nodes = new Map<string, JsonObject>()
  for (const each of graph) {
    const id = textOf(member(each, '@id'))
    if (isJsonObject(each) && id !== undefined && !nodes.has(id)) nodes.set(id, each)
  }
  return nodes
}

/** @throws RefusedError `invalid-input` */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidInput('file', `This is no JSON: ${error.message}`)
    throw error
  }
}

function sourceOf(nodes: ReadonlyMap<string, JsonObject>): string {
  const publisher = member(nodes.get('ro-crate-metadata.json'), 'sdPublisher')
  const id = textOf(member(publisher, '@id')) ?? ''
  const named = nodes.get(id) ?? publisher
  return textOf(member(named, 'url')) ?? textOf(member(named, 'name')) ?? 'unknown'
}

/** Ids that a property refers to, whether it is one or a list. */
export function idsIn(value: unknown): readonly string[] {
  return [value].flat().flatMap((each) => textOf(member(each, '@id')) ?? [])
}
