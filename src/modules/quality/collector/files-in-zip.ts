import { promisify } from 'node:util'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { type SourceDocument, SourceFailure } from './source-reader.ts'

/** Bytes that all files taken from an archive may have together, and how many they may be. */
const MOST_BYTES = 100 * 2 ** 20
const MOST_FILES = 2000

export function isZip({ content, headers }: SourceDocument, url: string): boolean {
  const path = URL.canParse(url) ? new URL(url).pathname : url
  return (
    path.endsWith('.zip') ||
    headers['content-type']?.startsWith('application/zip') === true ||
    headers['content-disposition']?.includes('.zip') === true ||
    content.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))
  )
}

const open = promisify<Buffer, { readonly lazyEntries: true }, ZipFile>(yauzl.fromBuffer)

/** The files of an archive that end in one of the extensions. @throws SourceFailure `parse` */
export async function filesInZip(
  content: Buffer,
  extensions: readonly string[],
): Promise<readonly { readonly content: Buffer }[]> {
  try {
    const found = await readEntries(await open(content, { lazyEntries: true }), extensions)
    if (found.length > 0) return found
  } catch (error) {
    if (error instanceof SourceFailure || !(error instanceof Error)) throw error
    throw new SourceFailure('parse', 'The archive cannot be read.', { cause: error })
  }
  throw new SourceFailure('parse', `Zipfile contains no files with extension ${extensions.join(' or ')}`)
}

async function readEntries(
  zip: ZipFile,
  extensions: readonly string[],
): Promise<{ readonly content: Buffer }[]> {
  const found: { readonly content: Buffer }[] = []
  let bytes = 0
  for await (const entry of entriesOf(zip)) {
    if (!extensions.some((extension) => entry.fileName.toLowerCase().endsWith(`.${extension}`))) continue
    bytes += entry.uncompressedSize
    if (bytes > MOST_BYTES || found.length >= MOST_FILES)
      throw new SourceFailure('parse', 'The archive is too large.')
    found.push({ content: await contentOf(zip, entry) })
  }
  return found
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      zip
        .once('entry', resolve)
        .once('end', () => resolve(undefined))
        .once('error', reject)
      zip.readEntry()
    })
    zip.removeAllListeners()
    if (!entry) return
    yield entry
  }
}

/** The library refuses content that is longer than the archive says. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const openStream = promisify(zip.openReadStream.bind(zip)) as (
    entry: Entry,
  ) => Promise<NodeJS.ReadableStream>
  const chunks: Buffer[] = []
  for await (const chunk of await openStream(entry)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
