import { buffer } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { checkZip } from './check-zip.ts'
import { openWorkbook } from './open-workbook.ts'
import { readTable } from './read-table.ts'
import type { SheetCell, SheetColumn, SheetRow } from './sheet.ts'
import type { TableRow } from './table.ts'
import { writeXlsx } from './write-xlsx.ts'
import { columnName } from './xlsx-cell.ts'
import { validSheetName } from './xlsx-parts.ts'

const COLUMNS: readonly SheetColumn[] = [
  { title: 'Id', kind: 'text' },
  { title: 'Value', kind: 'number', decimals: 2 },
  { title: 'At', kind: 'instant' },
  { title: 'Day', kind: 'day' },
  { title: 'Passed', kind: 'boolean' },
  { title: 'Factor', kind: 'number' },
]
const OPTIONS = { zone: 'America/Toronto', sheetName: 'Results' }
const LIMITS = { maxBytes: 50_000_000, maxRows: 200_000, maxColumns: 100 }

const xlsx = (rows: Iterable<SheetRow> | AsyncIterable<SheetRow>, columns = COLUMNS): Promise<Buffer> =>
  buffer(writeXlsx(columns, rows, OPTIONS))

async function readBack(bytes: Buffer): Promise<readonly TableRow[]> {
  const table = await readTable(bytes, 'xlsx', LIMITS)
  const rows: TableRow[] = []
  for await (const row of table.rows) rows.push(row)
  return rows
}

/** The XML of the sheet, from the archive as it stands. */
function sheetXml(bytes: Buffer): string {
  const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length
  return inflateRawSync(bytes.subarray(at, bytes.indexOf(Buffer.from('PK\x07\x08', 'latin1'), at))).toString()
}

describe('writeXlsx', () => {
  it('writes typed cells that another reader understands', async () => {
    const at = new Date('2024-05-01T12:30:15Z')
    const bytes = await xlsx([
      ['AP-0001', 3.456, at, '2024-05-01', true, 1e-7],
      ['=1+1', { text: '<0.5' }, null, 'someday', false, { text: '0.50', value: 0.5 }],
    ])
    expect(await readBack(bytes)).toEqual([
      { line: 1, cells: ['Id', 'Value', 'At', 'Day', 'Passed', 'Factor'] },
      { line: 2, cells: ['AP-0001', 3.456, '2024-05-01T08:30:15', '2024-05-01', true, 1e-7] },
      { line: 3, cells: ['=1+1', '<0.5', null, 'someday', false, 0.5] },
    ])
  })

  it('freezes and filters the header, and gives columns widths and formats', async () => {
    const workbook = await openWorkbook(await xlsx([['a', 1, new Date(0), '2024-05-01', true, 1]]))
    const [sheet] = workbook.worksheets
    expect(sheet?.name).toBe('Results')
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
    expect(sheet?.autoFilter).toBe('A1:F2')
    expect(sheet?.getRow(1).getCell(1).font).toMatchObject({ bold: true })
    expect([1, 2, 3, 4, 5, 6].map((column) => sheet?.getRow(2).getCell(column).numFmt)).toEqual([
      ...['@', '0.00', 'yyyy-mm-dd hh:mm:ss', 'yyyy-mm-dd', undefined, undefined],
    ])
    expect(sheet?.getColumn(3).width).toBe(20)
  })

  it.each<[SheetCell, SheetColumn['kind'], string]>([
    [0.1, 'number', '<c r="A2"><v>0.1</v></c>'],
    [-0, 'number', '<c r="A2"><v>0</v></c>'],
    [Number.NaN, 'number', ''],
    [Number.POSITIVE_INFINITY, 'number', ''],
    [null, 'text', ''],
    ['', 'text', ''],
    ['-5', 'number', '<c r="A2" t="inlineStr"><is><t xml:space="preserve">-5</t></is></c>'],
    [
      'a<b>&"c',
      'text',
      '<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">a&lt;b&gt;&amp;&quot;c</t></is></c>',
    ],
    [
      '\u0000\u0007x\ud800',
      'text',
      '<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">x\ufffd</t></is></c>',
    ],
    [
      '_x000D_',
      'text',
      '<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">_x005F_x000D_</t></is></c>',
    ],
    [
      '2024-02-30',
      'day',
      '<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">2024-02-30</t></is></c>',
    ],
    ['1900-03-01', 'day', '<c r="A2" s="2"><v>61</v></c>'],
    ['2024-05-01', 'day', '<c r="A2" s="2"><v>45413</v></c>'],
    [new Date('2024-05-01T16:00:00Z'), 'instant', '<c r="A2" s="2"><v>45413.5</v></c>'],
    [new Date(Number.NaN), 'instant', ''],
    [true, 'boolean', '<c r="A2" t="b"><v>1</v></c>'],
  ])('writes %j of kind %s as %s', async (cell, kind, expected) => {
    const xml = sheetXml(await xlsx([[cell]], [{ title: 'a', kind }]))
    expect(/<row r="2">(.*?)<\/row>/.exec(xml)?.[1]).toBe(expected)
  })

  it('brings any text back, but for what XML cannot hold', async () => {
    const samples = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 300, seed: 7 })
    const columns: readonly SheetColumn[] = [
      { title: 't', kind: 'text' },
      { title: 'n', kind: 'number' },
    ]
    const rows = await readBack(
      await xlsx(
        samples.map((sample, index) => [sample, index]),
        columns,
      ),
    )
    const expected = samples.map((sample) =>
      sample
        .toWellFormed()
        .replaceAll(/[\p{Cc}--[\t\n\r]]|[\ufffe\uffff]/gv, '')
        .replaceAll(/\r\n?/g, '\n'),
    )
    expect(rows.slice(1).map(({ cells }) => cells[0] ?? '')).toEqual(expected)
  })

  it('cuts a text that is longer than a cell may be', async () => {
    const [, row] = await readBack(await xlsx([['x'.repeat(40_000)]], [{ title: 't', kind: 'text' }]))
    expect(String(row?.cells[0]).length).toBe(32_767)
    expect(String(row?.cells[0]).endsWith('x…')).toBe(true)
  })

  it('writes many rows, the same bytes each time, in an archive without surprises', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, index): SheetRow => [`id-${index}`, index / 7, null, null, true, index],
    )
    const bytes = await xlsx(rows)
    expect(bytes.equals(await xlsx(rows))).toBe(true)
    checkZip(bytes, { maxEntries: 6, maxInflatedBytes: 10_000_000 })
    const read = await readBack(bytes)
    expect(read.length).toBe(10_001)
    expect(read.at(-1)).toEqual({ line: 10_001, cells: ['id-9999', 9999 / 7, null, null, true, 9999] })
  })

  it('writes an empty list', async () => {
    expect(await readBack(await xlsx([]))).toEqual([{ line: 1, cells: COLUMNS.map(({ title }) => title) }])
  })

  it('fails as its rows fail, and stops asking when nobody reads', async () => {
    let ended = false
    const failing = (async function* (): AsyncGenerator<SheetRow> {
      yield ['a']
      throw new Error('database gone')
    })()
    await expect(xlsx(failing)).rejects.toThrow('database gone')
    const endless = (async function* (): AsyncGenerator<SheetRow> {
      try {
        for (;;) yield [String(Math.random()).repeat(20)]
      } finally {
        ended = true
      }
    })()
    for await (const chunk of writeXlsx(COLUMNS, endless, OPTIONS)) if (chunk.length > 1000) break
    await expect.poll(() => ended).toBe(true)
  })

  it('refuses more rows than a sheet has', async () => {
    const row: SheetRow = []
    const rows = (function* (): Generator<SheetRow> {
      for (let index = 0; index < 1_048_576; index++) yield row
    })()
    await expect(xlsx(rows, [])).rejects.toThrow(RefusedError)
  })
})

describe('names', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ])('of column %i: %s', (index, name) => {
    expect(columnName(index)).toBe(name)
  })

  it.each([
    ['Results', 'Results'],
    ["a/b:c*[d]?'", 'a b c  d'],
    ['', 'Sheet1'],
    ["'''", 'Sheet1'],
    ['x'.repeat(40), 'x'.repeat(31)],
  ])('of sheet %j: %j', (given, name) => {
    expect(validSheetName(given)).toBe(name)
  })
})
