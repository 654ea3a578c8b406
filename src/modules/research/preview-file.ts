import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { readTable } from '../../platform/spreadsheets/read-table.ts'
import { readNumber } from './domain/read-number.ts'
import { openFile } from './open-file.ts'
import type { ResearchFile } from './records/file.ts'

/** What can be shown of a file without saving it. */
export type Preview =
  | {
      readonly kind: 'table'
      readonly columns: readonly PreviewColumn[]
      readonly rows: readonly (readonly (string | number | null)[])[]
      readonly isCut: boolean
    }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'image' | 'pdf' | 'dicom' }
  | { readonly kind: 'archive'; readonly entries: readonly ArchiveEntry[]; readonly isCut: boolean }
  | { readonly kind: 'none'; readonly reason: string }

export type PreviewColumn = { readonly name: string; readonly isNumeric: boolean }
export type ArchiveEntry = { readonly name: string; readonly size: number }

const LARGEST_TEXT = 256 * 1024
const LARGEST_TABLE = 4 * 2 ** 20
const MOST_ROWS = 1000
const MOST_COLUMNS = 100
const MOST_ENTRIES = 1000

/** Reads as much of a file as a page shows. @throws RefusedError `not-found` */
export async function previewFile(
  ctx: Context,
  id: number,
): Promise<{ readonly file: ResearchFile; readonly preview: Preview }> {
  const { file } = await openFile(ctx, id)
  return { file, preview: await previewOf(ctx, file) }
}

async function previewOf(ctx: Context, file: ResearchFile): Promise<Preview> {
  if (file.mediaType === 'application/dicom') return { kind: 'dicom' }
  if (file.mediaType === 'application/pdf') return { kind: 'pdf' }
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(file.mediaType)) return { kind: 'image' }
  if (file.mediaType === 'application/zip') return previewArchive(ctx, file)
  if (file.mediaType === 'text/csv') return previewTable(ctx, file)
  if (file.mediaType === 'application/json') return previewJson(ctx, file)
  if (file.mediaType === 'text/plain') return previewText(ctx, file)
  return { kind: 'none', reason: 'There is no preview for this kind of file.' }
}

async function previewText(ctx: Context, file: ResearchFile): Promise<Preview> {
  const end = Math.min(file.size, LARGEST_TEXT)
  const text = end === 0 ? '' : await textOf(await ctx.blobs.open(file.sha256, { start: 0, end: end - 1 }))
  return { kind: 'text', text, isCut: file.size > end }
}

async function textOf(source: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

async function previewJson(ctx: Context, file: ResearchFile): Promise<Preview> {
  if (file.size > LARGEST_TEXT) return previewText(ctx, file)
  const text = (await ctx.blobs.read(file.sha256, LARGEST_TEXT)).toString('utf8')
  try {
    return { kind: 'json', value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'text', text, isCut: false }
    throw error
  }
}

async function previewTable(ctx: Context, file: ResearchFile): Promise<Preview> {
  const end = Math.min(file.size, LARGEST_TABLE)
  const source = end === 0 ? Readable.from([]) : await ctx.blobs.open(file.sha256, { start: 0, end: end - 1 })
  const limits = { maxBytes: LARGEST_TABLE, maxRows: 2_000_000, maxColumns: 10_000 }
  try {
    const { rows } = await readTable(source, 'csv', limits)
    const taken: (readonly (string | number | boolean | null)[])[] = []
    for await (const row of rows) {
      taken.push(row.cells.slice(0, MOST_COLUMNS))
      if (taken.length > MOST_ROWS) break
    }
    return tableOf(taken, file.size > end)
  } catch (error) {
    // what cannot be read as a table is shown as the text that it is
    if (error instanceof RefusedError && error.refusal.kind === 'invalid-input') return previewText(ctx, file)
    throw error
  }
}

function tableOf(
  taken: readonly (readonly (string | number | boolean | null)[])[],
  isTruncated: boolean,
): Preview {
  const [header = [], ...body] = taken
  const rows = body.slice(0, MOST_ROWS)
  const columns = header.map((name, index): PreviewColumn => {
    const cells = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null && cell !== '')
    return {
      name: String(name ?? ''),
      isNumeric: cells.length > 0 && cells.every((cell) => readNumber(String(cell)) !== undefined),
    }
  })
  return {
    kind: 'table',
    columns,
    rows: rows.map((row) =>
      columns.map(({ isNumeric }, index) => {
        const cell = row[index] ?? null
        if (cell === null || cell === '') return null
        return isNumeric ? (readNumber(String(cell)) ?? null) : String(cell)
      }),
    ),
    isCut: isTruncated || body.length > MOST_ROWS,
  }
}

/** Names and sizes only: nothing is unpacked. */
async function previewArchive(ctx: Context, file: ResearchFile): Promise<Preview> {
  try {
    const entries = await listArchive(ctx, file)
    return { kind: 'archive', entries: entries.slice(0, MOST_ENTRIES), isCut: entries.length > MOST_ENTRIES }
  } catch (error) {
    if (error instanceof RefusedError || !(error instanceof Error)) throw error
    return { kind: 'none', reason: `The archive cannot be listed: ${error.message}` }
  }
}

function listArchive(ctx: Context, file: ResearchFile): Promise<readonly ArchiveEntry[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new BlobReader(ctx, file.sha256),
      file.size,
      { lazyEntries: true, autoClose: false },
      (error, zip) => {
        if (error) return reject(error)
        const entries: ArchiveEntry[] = []
        zip.on('entry', (entry: yauzl.Entry) => {
          entries.push({ name: entry.fileName, size: entry.uncompressedSize })
          if (entries.length > MOST_ENTRIES) resolve(entries)
          else zip.readEntry()
        })
        zip.on('end', () => resolve(entries))
        zip.on('error', reject)
        zip.readEntry()
      },
    )
  })
}

/** Reads parts of a stored content, wherever it is stored. */
class BlobReader extends yauzl.RandomAccessReader {
  private readonly ctx: Context
  private readonly sha256: string

  constructor(ctx: Context, sha256: string) {
    super()
    this.ctx = ctx
    this.sha256 = sha256
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end - 1), { objectMode: false })
  }

  private async *range(start: number, end: number): AsyncGenerator<Buffer> {
    for await (const chunk of await this.ctx.blobs.open(this.sha256, { start, end })) yield Buffer.from(chunk)
  }
}
