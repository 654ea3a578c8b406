import { buffer, text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SheetCell, SheetColumn, SheetRow } from './sheet.ts'
import { type CsvOptions, withoutFormula, writeCsv } from './write-csv.ts'

const COLUMNS: readonly SheetColumn[] = [
  { title: 'Id', kind: 'text' },
  { title: 'Value', kind: 'number' },
  { title: 'At', kind: 'instant' },
  { title: 'Day', kind: 'day' },
  { title: 'Passed', kind: 'boolean' },
]
const OPTIONS: CsvOptions = { zone: 'America/Toronto' }

const csv = (rows: readonly SheetRow[], options: Partial<CsvOptions> = {}): Promise<string> =>
  text(writeCsv(COLUMNS, rows, { ...OPTIONS, ...options }))

async function cellOf(
  cell: SheetCell,
  kind: SheetColumn['kind'],
  options: Partial<CsvOptions> = {},
): Promise<unknown> {
  const written = await text(writeCsv([{ title: 'a', kind }], [[cell, null]], { ...OPTIONS, ...options }))
  const rows: string[][] = parse(written, {
    delimiter: options.delimiter ?? ',',
    bom: true,
    skip_empty_lines: false,
  })
  return rows[1]?.[0]
}

describe('writeCsv', () => {
  it('writes titles and typed cells', async () => {
    const row = ['AP-0001', 3.5, new Date('2024-05-01T12:00:00Z'), '2024-05-01', true]
    expect(await csv([row, [], [null, null]])).toBe(
      'Id,Value,At,Day,Passed\r\nAP-0001,3.5,2024-05-01T08:00:00-04:00,2024-05-01,true\r\n,,,,\r\n,,,,\r\n',
    )
  })

  it('quotes what needs it', async () => {
    expect(await csv([['a "b", c\nd']])).toBe('Id,Value,At,Day,Passed\r\n"a ""b"", c\nd",,,,\r\n')
  })

  it('can begin with a byte order mark, and write for Excel in other countries', async () => {
    const options = { ...OPTIONS, bom: true, delimiter: ';', decimalComma: true } as const
    const written = await buffer(writeCsv(COLUMNS, [['Größe', -3.5]], options))
    expect(String(written)).toBe('\uFEFFId;Value;At;Day;Passed\r\nGröße;-3,5;;;\r\n')
  })

  it.each<[SheetCell, SheetColumn['kind'], string]>([
    ['=1+1', 'text', "'=1+1"],
    ['+49 30 1', 'text', "'+49 30 1"],
    ['-5', 'text', "'-5"],
    ['@SUM(A1)', 'text', "'@SUM(A1)"],
    ['\tx', 'text', "'\tx"],
    ['\rx', 'text', "'\rx"],
    ['＝1', 'text', "'＝1"],
    ['a=b', 'text', 'a=b'],
    [-5, 'number', '-5'],
    [-5, 'text', '-5'],
    ['-5', 'number', '-5'],
    ['+5.20', 'number', '+5.20'],
    ['-1e-3', 'number', '-1e-3'],
    ['-5+cmd', 'number', "'-5+cmd"],
    ['=5', 'number', "'=5"],
    ['<0.50', 'number', '<0.50'],
    [{ text: '0.50', value: 0.5 }, 'number', '0.50'],
    [{ text: '=x' }, 'number', "'=x"],
    [Number.NaN, 'number', ''],
    [Number.NEGATIVE_INFINITY, 'number', ''],
    [1e21, 'number', '1e+21'],
  ])('writes %j in a column of kind %s as %j', async (cell, kind, expected) => {
    expect(await cellOf(cell, kind)).toBe(expected)
  })

  it('lets no text become a formula, and changes nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('=', '-', '"', ',', '\n', '\r', '\t', 'a', ' ', 'ä', '@') }),
        async (given) => {
          const written = await cellOf(given, 'text')
          expect(written).toBe(withoutFormula(given))
          expect(written).not.toMatch(/^[=+\-@\t\r\n]/)
        },
      ),
    )
  })

  it('takes titles for texts', async () => {
    const columns: readonly SheetColumn[] = [{ title: '=cmd()', kind: 'text' }]
    expect(await text(writeCsv(columns, [], OPTIONS))).toBe("'=cmd()\r\n")
  })

  it('fails as its rows fail', async () => {
    const rows = (async function* (): AsyncGenerator<SheetRow> {
      yield ['a']
      throw new Error('database gone')
    })()
    await expect(text(writeCsv(COLUMNS, rows, OPTIONS))).rejects.toThrow('database gone')
  })

  it('asks for rows only as fast as they are taken', async () => {
    let asked = 0
    const rows = (async function* (): AsyncGenerator<SheetRow> {
      for (;;) {
        asked += 1
        yield ['x'.repeat(1000)]
      }
    })()
    const stream = writeCsv(COLUMNS, rows, OPTIONS)
    for await (const chunk of stream) {
      expect(String(chunk).length).toBeGreaterThan(0)
      if (asked > 1000) break
    }
    expect(asked).toBeLessThan(5_000)
    expect(stream.destroyed).toBe(true)
  })
})
