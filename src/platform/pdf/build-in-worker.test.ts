import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { build } from './build-in-worker.ts'
import type { Block, PdfDocument } from './pdf-document.ts'
import { readPdfPieces, readPdfText } from './read-pdf-text.ts'
import type { StatusToken } from './status-token.ts'

const START = Date.UTC(2024, 0, 1, 12)
const FRAME = {
  title: 'QA summary',
  documentId: 'QA-7',
  generatedAt: new Date('2026-05-01T12:00:00Z'),
  zone: 'America/Toronto',
  locale: 'en-CA',
}
const TOKENS: readonly StatusToken[] = [
  'ok',
  'warn',
  'act',
  'none',
  'todo',
  'late',
  'debt',
  'void',
  'unknown',
]

async function pdfOf(blocks: readonly Block[], more: Partial<PdfDocument> = {}): Promise<Buffer> {
  const product = await build({ kind: 'document', document: { ...FRAME, ...more, blocks } })
  if (typeof product === 'string') throw new Error('no PDF')
  return Buffer.from(product)
}

async function textOf(blocks: readonly Block[], more: Partial<PdfDocument> = {}): Promise<readonly string[]> {
  return readPdfText(await pdfOf(blocks, more))
}

const lines = (pages: readonly string[]): string[] => pages.flatMap((page) => page.split('\n'))

describe('a document', () => {
  it('begins with letterhead, title and state, and ends each page with its frame', async () => {
    const [first, second] = await textOf(
      [{ kind: 'text', text: 'one' }, { kind: 'page-break' }, { kind: 'text', text: 'two' }],
      {
        subtitle: 'Linac 2',
        status: { token: 'act', word: 'Action level' },
        footerNote: 'https://qa.example/app/1',
        letterhead: { name: 'Größe Clinic', address: ['1 Main St'], marks: [{ text: 'ISO/IEC 17025' }] },
      },
    )
    expect(first?.split('\n')).toEqual([
      'Größe Clinic',
      '1 Main St',
      'ISO/IEC 17025',
      'QA summary',
      'Linac 2',
      'Action level',
      'one',
      'Document QA-7 · Generated May 1, 2026, 08:00 a.m. EDT\tPage 1 of 2',
      'https://qa.example/app/1',
    ])
    expect(second?.split('\n')).toEqual([
      'two',
      'QA summary\tAction level',
      'Document QA-7 · Generated May 1, 2026, 08:00 a.m. EDT\tPage 2 of 2',
      'https://qa.example/app/1',
    ])
  })

  it('speaks other languages in its frame', async () => {
    const words = { pageOf: 'Seite {page} von {pages}', document: 'Dokument', generated: 'erzeugt' }
    const [page] = await textOf([], { words, locale: 'de-DE', zone: 'Europe/Berlin' })
    expect(page).toContain('Dokument QA-7 · erzeugt 1. Mai 2026, 14:00 MESZ\tSeite 1 von 1')
  })

  it('is the same, byte for byte, for the same description', async () => {
    const blocks: readonly Block[] = [
      { kind: 'table', columns: [{ title: 'a' }], rows: [{ cells: ['1'] }] },
      { kind: 'barcode', symbology: 'qr', value: 'https://qa.example', widthMm: 20 },
    ]
    expect((await pdfOf(blocks)).equals(await pdfOf(blocks))).toBe(true)
  })

  it('carries title, author, time and language as metadata', async () => {
    const pdf = (await pdfOf([], { author: 'M. Roy' })).toString('latin1')
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toContain('(QA summary)')
    expect(pdf).toContain('(M. Roy)')
    expect(pdf).toContain('(D:20260501120000Z)')
    expect(pdf).toContain('/Lang (en-CA)')
  })

  it.each([
    ['A4', 'portrait', '595.28 841.89'],
    ['A4', 'landscape', '841.89 595.28'],
    ['LETTER', 'portrait', '612 792'],
    ['A5', 'portrait', '419.53 595.28'],
  ] as const)('on %s %s', async (size, orientation, box) => {
    const pdf = (await pdfOf([], { page: { size, orientation } })).toString('latin1')
    const found = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/
      .exec(pdf)
      ?.slice(1)
      .map((side) => Number(Number(side).toFixed(2)))
    expect(found?.join(' ')).toBe(box)
  })

  it('keeps Greek, Cyrillic, mathematics and identifiers as text', async () => {
    const pages = await textOf([
      { kind: 'text', text: 'Ελλάδα Россия ≤ ± √ ∮ ⌀ °C µGy' },
      { kind: 'text', text: [{ text: '1.2.840.10008', mono: true }, ' and ', { text: 'bold', bold: true }] },
      { kind: 'text', text: 'unprintable: 水\u0007' },
    ])
    expect(lines(pages)).toEqual(
      expect.arrayContaining(['Ελλάδα Россия ≤ ± √ ∮ ⌀ °C µGy', '1.2.840.10008 and bold', 'unprintable: □']),
    )
  })

  it('links to web and mail addresses only', async () => {
    const pdf = await pdfOf([
      {
        kind: 'text',
        text: [
          { text: 'web', link: 'https://x.example/' },
          { text: 'mail', link: 'mailto:a@x.example' },
          { text: 'script', link: 'javascript:x()' },
          { text: 'file', link: 'file:///etc/passwd' },
        ],
      },
    ])
    const links = [...pdf.toString('latin1').matchAll(/\/URI \(([^)]*)\)/g)].map(([, target]) => target)
    expect(links).toEqual(['https://x.example/', 'mailto:a@x.example'])
  })

  it('keeps its frame in shape, however long the words are', async () => {
    const long = 'very long words '.repeat(60)
    const pages = await textOf(
      [{ kind: 'text', text: 'a' }, { kind: 'page-break' }, { kind: 'text', text: 'b' }],
      {
        ...{ title: long, documentId: long, footerNote: long, watermark: long },
        status: { token: 'ok', word: long },
        page: { size: 'A5' },
      },
    )
    expect(pages.every((page, index) => page.includes(`Page ${index + 1} of ${pages.length}`))).toBe(true)
    expect(pages.join('\n').split('\n')).toEqual(expect.arrayContaining(['a', 'b']))
  })

  it('prints a watermark on every page', async () => {
    const pages = await textOf([{ kind: 'page-break' }, { kind: 'text', text: 'x' }], { watermark: 'VOID' })
    expect(pages.map((page) => page.split('\n').includes('VOID'))).toEqual([true, true])
  })
})

describe('a table', () => {
  const columns = [
    { title: 'Test', width: 'fill' },
    { title: 'Value', unit: 'mGy', align: 'end' },
    { title: 'State' },
  ] as const

  it('prints groups, states as words, notes, gaps and what stands for nothing', async () => {
    const pages = await textOf([
      {
        kind: 'table',
        columns,
        rows: [
          {
            cells: ['Output', '100.40', { status: { token: 'warn', word: 'tolerance' } }],
            note: 'measured twice',
          },
        ],
        groups: [{ title: 'Physical', rows: [{ cells: ['Moisture', null] }] }],
        caption: 'A caption',
      },
      { kind: 'table', columns, whenEmpty: 'Nothing is due.' },
    ])
    expect(lines(pages).slice(1, -1)).toEqual([
      ...['Test\tValue', 'mGy', 'State', 'Output\t100.40\ttolerance', 'measured twice', 'Physical'],
      ...['Moisture\t–\t–', 'A caption', 'Test\tValue', 'mGy', 'State', 'Nothing is due.'],
    ])
  })

  it('repeats its header and its heading on every page, and loses no row', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      cells: [
        `row-${index}`,
        String(index),
        { status: { token: TOKENS[index % 9] ?? 'ok', word: `state-${index}` } },
      ],
    }))
    const pages = await textOf([
      { kind: 'heading', level: 1, text: 'All results' },
      { kind: 'table', columns, rows },
    ])
    expect(pages.length).toBeGreaterThan(4)
    expect(pages.every((page) => page.includes('Test\tValue') && page.includes('All results'))).toBe(true)
    const body = lines(pages).filter((line) => line.startsWith('row-'))
    expect(body).toEqual(rows.map((_, index) => `row-${index}\t${index}\tstate-${index}`))
  })

  it.each([3, 12, 40])('of %i columns stays on the page', async (count) => {
    const many = Array.from({ length: count }, (_, index) => ({ title: `Column${index}` }))
    const rows = [{ cells: many.map(() => 'measurement 1.2.840.10008.5.1.4.1.1.481.1') }]
    const pieces = readPdfPieces(await pdfOf([{ kind: 'table', columns: many, rows }])).flat()
    const right = Math.max(...pieces.map((piece) => piece.x))
    expect(right).toBeLessThan(595.28 - 18 * (72 / 25.4))
  })
})

describe('content that is higher than a page', () => {
  const words = Array.from({ length: 3_000 }, (_, index) => `w${index}`)
  const all = words.join(' ')

  it.each([
    [
      'in a table cell',
      [{ kind: 'table', columns: [{ title: 'a' }, { title: 'b' }], rows: [{ cells: ['x', all] }] }],
    ],
    [
      'in many short lines of a cell',
      [{ kind: 'table', columns: [{ title: 'a' }], rows: [{ cells: [words.join('\n')] }] }],
    ],
    [
      'in the note of a row',
      [{ kind: 'table', columns: [{ title: 'a' }], rows: [{ cells: ['x'], note: all }] }],
    ],
    ['in blocks to be kept together', [{ kind: 'together', blocks: [{ kind: 'text', text: all }] }]],
    [
      'below a heading',
      [
        { kind: 'heading', level: 1, text: 'h' },
        { kind: 'text', text: all },
      ],
    ],
    [
      'in facts',
      [
        { kind: 'heading', level: 1, text: 'h' },
        { kind: 'facts', items: [{ label: 'l', value: all }] },
      ],
    ],
    [
      'in a column title',
      [{ kind: 'table', columns: [{ title: all }, { title: 'b' }], rows: [{ cells: ['x', 'y'] }] }],
    ],
  ] satisfies [string, readonly Block[]][])('is printed whole %s', async (_where, blocks) => {
    const text = (await textOf(blocks)).join('\n')
    const printed = new Set(text.split(/\s+/))
    expect(words.filter((word) => !printed.has(word))).toEqual([])
  })
})

describe('the other blocks', () => {
  let logo: Buffer
  beforeAll(async () => {
    logo = await sharp({ create: { width: 60, height: 20, channels: 4, background: '#0b6e8a80' } })
      .png()
      .toBuffer()
  })

  it('print their words', async () => {
    const pages = await textOf([
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: 'Client', value: 'client-1' },
          { label: 'State', value: { status: { token: 'ok', word: 'verified' } } },
        ],
      },
      { kind: 'list', items: ['first'] },
      { kind: 'list', ordered: true, items: ['numbered'] },
      { kind: 'status', status: { token: 'late', word: 'Overdue' }, text: 'since Monday' },
      {
        kind: 'cards',
        cards: [
          {
            title: 'Subject',
            subtitle: 'security',
            counts: [{ status: { token: 'act', word: 'red' }, count: 3 }],
          },
        ],
      },
      {
        kind: 'two-columns',
        start: [{ kind: 'text', text: 'left' }],
        end: [{ kind: 'text', text: 'right' }],
      },
      { kind: 'image', picture: logo, widthMm: 30, caption: 'Figure 1' },
      {
        kind: 'signatures',
        lines: [
          { role: 'Verified by', name: 'V. Roy', at: '2026-05-01 08:00', picture: logo },
          { role: 'Published by' },
        ],
      },
      { kind: 'notes', title: 'Notes', items: ['only the items tested'] },
      { kind: 'barcode', symbology: 'code128', value: 'AP-0001', widthMm: 40, heightMm: 10, text: 'AP-0001' },
    ])
    const printed = lines(pages)
    for (const words of [
      'Client\tclient-1\tState\tverified',
      'Overdue',
      'since Monday',
      'Subject',
      'security',
      'red\t3',
    ]) {
      expect(printed).toContain(words)
    }
    for (const words of [
      'left\tright',
      'Figure 1',
      'V. Roy',
      'Verified by',
      '2026-05-01 08:00',
      'Published by',
      'Notes',
      'AP-0001',
    ]) {
      expect(printed).toContain(words)
    }
    expect(printed.some((line) => line.startsWith('numbered'))).toBe(true)
    expect(printed.some((line) => line.startsWith('only the items tested'))).toBe(true)
  })

  it('draw charts as vectors with their text, and list the events', async () => {
    const chart = {
      ...{ zone: 'America/Toronto', locale: 'en-CA', unit: '% of reference' },
      series: [
        {
          name: 'Output 6 MV',
          points: [
            [START, 100],
            [START + 86_400_000, 102],
          ] as const,
          drawAs: 'line' as const,
        },
      ],
      events: [{ at: new Date(START), label: 'Beam steering' }],
    }
    const pdf = await pdfOf([{ kind: 'chart', chart, caption: 'Two days' }])
    const printed = lines(readPdfText(pdf))
    expect(printed).toEqual(expect.arrayContaining(['1  Jan 1, 2024  Beam steering', 'Two days']))
    expect(printed.join('\n')).toContain('% of reference')
    expect(pdf.includes('/Subtype /Image')).toBe(false)
  })

  it('refuses a picture that is none', async () => {
    await expect(pdfOf([{ kind: 'image', picture: Buffer.from('GIF89a') }])).rejects.toThrow(RefusedError)
  })
})

describe('an outside reader', () => {
  it('extracts the same words (needs the pdftotext command)', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
    const path = join(folder, 'a.pdf')
    writeFileSync(path, await pdfOf([{ kind: 'text', text: 'Größe ≤ 3.50 µGy Ελλάδα ∮' }]))
    try {
      const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
      expect(text).toContain('Größe ≤ 3.50 µGy Ελλάδα ∮')
      expect(text).toContain('Page 1 of 1')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        skip('there is no pdftotext command')
      throw error
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
