import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { drawBarcode } from './barcode.ts'
import { build } from './build-in-worker.ts'
import { LABEL_SHEETS, type LabelSheet, labelRoll } from './label-sheets.ts'
import { type Label, type LabelJob, requirePrintable } from './labels.ts'
import { readPdfPieces, readPdfText } from './read-pdf-text.ts'

const MM = 72 / 25.4
const sheet = (name: string): LabelSheet => LABEL_SHEETS[name] ?? labelRoll(50, 25)
const L7160 = sheet('A4 3×7, 63.5×38.1 mm (L7160)')
const label = (text: string): Label => ({ lines: [{ text, bold: true, size: 10 }] })
const job = (labels: readonly Label[], more: Partial<LabelJob> = {}): LabelJob => ({
  ...{ title: 'Labels', generatedAt: new Date(0), sheet: L7160, labels },
  ...more,
})

async function print(asked: LabelJob): Promise<Buffer> {
  requirePrintable(asked)
  const product = await build({ kind: 'labels', job: asked })
  if (typeof product === 'string') throw new Error('no PDF')
  return Buffer.from(product)
}

describe('labels', () => {
  it('lie where the sheet has them, in rows, after the places that are used up', async () => {
    const labels = Array.from({ length: 22 }, (_, index) => label(`id-${index}`))
    const pages = readPdfPieces(await print(job(labels, { skip: 2 })))
    expect(pages.map((pieces) => pieces.map((piece) => piece.text))).toEqual([
      labels.slice(0, 19).map((_, index) => `id-${index}`),
      ['id-19', 'id-20', 'id-21'],
    ])
    const [third, first] = [pages[0]?.[0], pages[0]?.[1]]
    expect(((third?.x ?? 0) / MM).toFixed(2)).toBe((7.25 + 2 * 66.04 + 1.5).toFixed(2))
    expect(((first?.x ?? 0) / MM).toFixed(2)).toBe((7.25 + 1.5).toFixed(2))
    expect((((third?.y ?? 0) - (first?.y ?? 0)) / MM).toFixed(2)).toBe('38.10')
  })

  it('come one a page from a roll', async () => {
    const pdf = await print(job([label('a'), label('b')], { sheet: labelRoll(50, 25) }))
    expect(readPdfText(pdf)).toEqual(['a', 'b'])
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'))
    expect(box?.slice(1).map((side) => (Number(side) / MM).toFixed(1))).toEqual(['50.0', '25.0'])
  })

  it('make a long line smaller before they cut it', async () => {
    const long = 'Apple pulp from the northern orchard'
    const endless = long.repeat(20)
    const [page = ''] = readPdfText(
      await print(job([{ lines: [{ text: long, size: 14 }, { text: endless }] }])),
    )
    const [first, second = ''] = page.split('\n')
    expect(first).toBe(long)
    expect(second.endsWith('…')).toBe(true)
    expect(endless.startsWith(second.slice(0, -1))).toBe(true)
  })

  it.each(Object.entries(LABEL_SHEETS))('%s holds an id with a code', async (_name, asked) => {
    const id = 'AP-0001-R01'
    const labels: readonly Label[] = [
      { lines: [{ text: id }], code: { symbology: 'datamatrix', value: id } },
      { lines: [{ text: id }], code: { symbology: 'code128', value: id } },
    ]
    const pdf = await print(job(labels, { sheet: asked, frames: true }))
    expect(
      readPdfText(pdf)
        .join('\n')
        .split(/\s/)
        .filter((word) => word === id).length,
    ).toBe(2)
    expect(pdf.includes('/Subtype /Image')).toBe(false)
  })

  it.each([
    ['no label', job([])],
    ['too many labels', job(Array.from({ length: 2_001 }, () => label('a')))],
    ['more used places than there are', job([label('a')], { skip: 21 })],
    ['labels that overlap the edge', job([label('a')], { sheet: { ...L7160, pitchXMm: 90 } })],
    ['labels of no size', job([label('a')], { sheet: { ...L7160, labelWidthMm: Number.NaN } })],
    ['an empty code', job([{ lines: [], code: { symbology: 'qr', value: '' } }])],
    [
      'letters that Code 128 does not have',
      job([{ lines: [], code: { symbology: 'code128', value: 'Größe' } }]),
    ],
    [
      'a code that no scanner could read',
      job([{ lines: [], code: { symbology: 'code128', value: 'x'.repeat(80) } }]),
    ],
    [
      'more lines than there is room',
      job([{ lines: Array.from({ length: 15 }, () => ({ text: 'a' })) }], { sheet: labelRoll(38, 13) }),
    ],
  ])('refuse %s', async (_what, asked) => {
    await expect((async () => print(asked))()).rejects.toThrow(RefusedError)
  })
})

describe('drawBarcode', () => {
  it.each([
    ['qr', 'AP-0001-R01', 21, 21],
    ['qr', 'https://lab.example/app/samples/AP-0001-R01', 29, 29],
    ['datamatrix', 'AP-0001-R01', 14, 14],
  ] as const)('%s of %s has %i × %i modules', (symbology, value, width, height) => {
    const code = drawBarcode(symbology, value)
    const unit = code.width / width
    expect([code.width / unit, code.height / unit, Number.isInteger(unit)]).toEqual([width, height, true])
    expect(code.svg).not.toContain('<image')
  })

  it('code 128 has 11 modules a symbol, 35 for start, check and stop', () => {
    expect(drawBarcode('code128', 'ABCDE').width).toBe(35 + 5 * 11)
  })
})
