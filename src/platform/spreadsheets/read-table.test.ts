import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import type { Workbook } from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { readTable, sniffTableFormat } from './read-table.ts'
import { sniffDelimiter } from './sniff-delimiter.ts'
import type { Table, TableCell, TableLimits, TableOptions, TableRow } from './table.ts'
import { writeZip } from './zip-writer.ts'

const LIMITS: TableLimits = { maxBytes: 20_000_000, maxRows: 1_000, maxColumns: 50 }
const { Workbook: NewWorkbook }: { Workbook: new () => Workbook } = createRequire(import.meta.url)('exceljs')

async function rowsOf(table: Table): Promise<readonly TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of table.rows) rows.push(row)
  return rows
}

async function readCsv(
  bytes: Buffer | string,
  options: TableOptions = {},
  limits = LIMITS,
): Promise<readonly TableRow[]> {
  return rowsOf(await readTable(Buffer.from(bytes), 'csv', limits, options))
}

const cells = (rows: readonly TableRow[]): readonly (readonly TableCell[])[] => rows.map((row) => row.cells)

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'invalid-input') {
      return error.refusal.problems.map(({ field, problem }) => `${field}: ${problem}`).join()
    }
    throw error
  }
  throw new Error('was not refused')
}

describe('reading CSV', () => {
  it('names the line of every row, and leaves empty ones out', async () => {
    expect(await readCsv('id,name\r\n1,"two\nlines"\r\n,\r\n\r\n2,b')).toEqual([
      { line: 1, cells: ['id', 'name'] },
      { line: 3, cells: ['1', 'two\nlines'] },
      { line: 6, cells: ['2', 'b'] },
    ])
  })

  it('keeps rows of any length, and quotes within words', async () => {
    expect(cells(await readCsv('a,b\n1\n1,2,3\n5" pipe,x'))).toEqual([
      ['a', 'b'],
      ['1'],
      ['1', '2', '3'],
      ['5" pipe', 'x'],
    ])
  })

  const TEXT = 'id;Größe\r\n1;3,5 µm\r\n'
  const EXPECTED = [
    ['id', 'Größe'],
    ['1', '3,5 µm'],
  ]
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16 with mark, little end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 with mark, big end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 without mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16 without mark, big end first', Buffer.from(TEXT, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from(TEXT, 'latin1'), 'windows-1252'],
  ])('decodes %s', async (_what, bytes, encoding) => {
    const table = await readTable(bytes, 'csv', LIMITS)
    expect(table).toMatchObject({ encoding, delimiter: ';' })
    expect(cells(await rowsOf(table))).toEqual(EXPECTED)
  })

  it('decodes characters that lie across its pieces', async () => {
    const word = 'Größe€'.repeat(100)
    const text = Array.from({ length: 900 }, (_, index) => `${index},${word}`).join('\n')
    const rows = await readCsv(text)
    expect(rows.length).toBe(900)
    expect(rows.every((row) => row.cells[1] === word)).toBe(true)
  })

  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1,5;2,5\n3,5;4\n', ';'],
    ['a\tb\n1,5\t2\n', '\t'],
    ['a|b|c\n1|2|3\n', '|'],
    ['"a,b,c";d\n"e,f,g";h\n', ';'],
    ['name;note\nx;"a, b, c"\ny;"d, e"\n', ';'],
    ['one column\nonly\n', ','],
    ['', ','],
  ])('finds the separator of %j', (text, delimiter) => {
    expect(sniffDelimiter(text)).toBe(delimiter)
  })

  it('honours a declared separator and a chosen one', async () => {
    expect(await readCsv('sep=;\r\na;b,c\r\n')).toEqual([{ line: 2, cells: ['a', 'b,c'] }])
    expect(cells(await readCsv('a;b,c\n', { delimiter: ';' }))).toEqual([['a', 'b,c']])
  })

  it.each<[string, Buffer | string, Partial<TableLimits>, string]>([
    [
      'too many bytes',
      'a'.repeat(101),
      { maxBytes: 100 },
      'file: This file is larger than the allowed 100 bytes.',
    ],
    ['too many rows', 'a\n'.repeat(4), { maxRows: 3 }, 'file: This file has more than 3 rows.'],
    ['too many columns', 'a\nb,c,d,e\n', { maxColumns: 3 }, 'file: Line 2: more than 3 columns.'],
    [
      'a quote that stays open',
      'a,b\n"x,y\nz',
      {},
      'file: Line 3: a quotation mark is opened and never closed.',
    ],
    [
      'a row of megabytes',
      `a,"${'x'.repeat(1_500_000)}"`,
      {},
      'file: Line 1: this row is too long; is a quotation mark missing?',
    ],
  ])('refuses %s', async (_what, bytes, limits, problem) => {
    expect(await problemOf(readCsv(bytes, {}, { ...LIMITS, ...limits }))).toBe(problem)
  })

  it('stops an endless upload at the limit', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536, 'a,')
      })(),
    )
    expect(await problemOf(readTable(endless, 'csv', LIMITS))).toContain('larger than the allowed')
    expect(endless.destroyed).toBe(true)
  })

  it('answers any bytes with rows or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        try {
          for (const row of await readCsv(Buffer.from(bytes))) expect(row.line).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedError)
        }
      }),
    )
  })
})

async function workbook(fill: (book: Workbook) => void): Promise<Buffer> {
  const book = new NewWorkbook()
  fill(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function zip(parts: readonly { name: string; content: string }[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of writeZip(parts)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An archive of one entry that claims to unpack to ten bytes. */
function lyingZip(unpackedBytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(unpackedBytes))
  const local = Buffer.alloc(31)
  local.write('PK\x03\x04', 'latin1')
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(10, 22)
  local.writeUInt16LE(1, 26)
  local.write('a', 30)
  const entry = Buffer.alloc(47)
  entry.write('PK\x01\x02', 'latin1')
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(10, 24)
  entry.writeUInt16LE(1, 28)
  entry.write('a', 46)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length + packed.length, 16)
  return Buffer.concat([local, packed, entry, end])
}

describe('reading XLSX', () => {
  it('reads every kind of cell of the chosen sheet', async () => {
    const bytes = await workbook((book) => {
      const hidden = book.addWorksheet('Hidden', { state: 'hidden' })
      hidden.addRow(['not this'])
      const sheet = book.addWorksheet('Clients')
      sheet.addRow(['text', 1.5, true, new Date('2024-05-01T00:00:00Z'), new Date('2024-05-01T08:30:15Z')])
      sheet.addRow([])
      sheet.addRow([
        { formula: 'A1', result: 42 },
        { richText: [{ text: 'rich ' }, { text: 'text', font: { bold: true } }] },
        { text: 'link', hyperlink: 'https://x.example' },
        { error: '#DIV/0!' },
        { formula: 'A1', result: new Date('2024-05-02T00:00:00Z') },
      ])
      sheet.getCell('C5').value = 'far'
    })
    const table = await readTable(bytes, 'xlsx', LIMITS)
    expect(table).toMatchObject({ sheets: ['Hidden', 'Clients'], sheet: 'Clients' })
    expect(await rowsOf(table)).toEqual([
      { line: 1, cells: ['text', 1.5, true, '2024-05-01', '2024-05-01T08:30:15'] },
      { line: 3, cells: [42, 'rich text', 'link', '#DIV/0!', '2024-05-02'] },
      { line: 5, cells: [null, null, 'far'] },
    ])
    expect(cells(await rowsOf(await readTable(bytes, 'xlsx', LIMITS, { sheet: 'Hidden' })))).toEqual([
      ['not this'],
    ])
  })

  const small = workbook((book) => void book.addWorksheet('A').addRow(['a', 'b', 'c']))

  it.each<[string, () => Promise<Buffer>, string]>([
    ['nothing', async () => Buffer.alloc(0), 'file: This workbook cannot be read. It is damaged.'],
    ['text', async () => Buffer.from('a,b\n'), 'file: This workbook cannot be read. It is damaged.'],
    [
      'half a workbook',
      async () => (await small).subarray(0, 500),
      'file: This workbook cannot be read. It is damaged.',
    ],
    [
      'an archive of something else',
      () => zip([{ name: 'a.txt', content: 'x' }]),
      'file: This workbook has no sheet.',
    ],
    [
      'a workbook of broken XML',
      () => zip([{ name: 'xl/workbook.xml', content: '<workbook><sheets>' }]),
      'file: This workbook cannot be read. It is damaged, or not a workbook.',
    ],
    [
      'an archive that unpacks to 200 MB',
      async () => lyingZip(200_000_000),
      'file: This workbook cannot be read. It unpacks to more than is allowed.',
    ],
    [
      'an archive of too many parts',
      () => zip(Array.from({ length: 2_001 }, (_, index) => ({ name: `${index}`, content: '' }))),
      'file: This workbook cannot be read. It has too many parts.',
    ],
  ])('refuses %s', async (_what, make, problem) => {
    expect(await problemOf(readTable(await make(), 'xlsx', LIMITS))).toBe(problem)
  })

  it.each<[string, (book: Workbook) => void, TableOptions, string]>([
    [
      'more rows than allowed',
      (book) => void book.addWorksheet('A').addRows(Array.from({ length: 1_001 }, () => ['a'])),
      {},
      'file: This sheet has more than 1000 rows.',
    ],
    [
      'more columns than allowed',
      (book) => void book.addWorksheet('A').addRow(Array.from({ length: 51 }, () => 'a')),
      {},
      'file: Line 1: more than 50 columns.',
    ],
    [
      'a sheet that is not there',
      (book) => void book.addWorksheet('A').addRow(['a']),
      { sheet: 'B' },
      'sheet: There is no sheet “B” in this workbook.',
    ],
  ])('refuses %s', async (_what, fill, options, problem) => {
    const bytes = await workbook(fill)
    expect(await problemOf((async () => rowsOf(await readTable(bytes, 'xlsx', LIMITS, options)))())).toBe(
      problem,
    )
  })

  it('ends its thread when the rows are not wanted', async () => {
    const bytes = await workbook(
      (book) => void book.addWorksheet('A').addRows(Array.from({ length: 900 }, (_, index) => [index])),
    )
    const table = await readTable(bytes, 'xlsx', LIMITS)
    for await (const row of table.rows) {
      expect(row.cells).toEqual([0])
      break
    }
  })
})

describe('sniffTableFormat', () => {
  it.each([
    [Buffer.from('a,b'), 'csv'],
    [Buffer.alloc(0), 'csv'],
    [Buffer.from('PK\x03\x04', 'latin1'), 'xlsx'],
  ])('%o is %s', (start, format) => {
    expect(sniffTableFormat(start)).toBe(format)
  })

  it('asks for another format than the old one', () => {
    expect(() => sniffTableFormat(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toThrow('Save it as .xlsx')
  })
})
