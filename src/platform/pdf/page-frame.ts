import type { Drawings } from './lay-out-figure.ts'
import { layOutStatus } from './lay-out-status.ts'
import { layOutText } from './lay-out-text.ts'
import { type LayoutNode, points, type TextNode } from './layout-node.ts'
import type { FrameWords, Letterhead, PdfDocument } from './pdf-document.ts'
import { BODY_SIZE, HAIRLINE, MUTED, SMALL_SIZE } from './print-style.ts'
import { fitText } from './text-runs.ts'

const ENGLISH: FrameWords = { pageOf: 'Page {page} of {pages}', document: 'Document', generated: 'Generated' }

/** Left, top, right, bottom. */
export const PAGE_MARGINS = [points(18), points(18), points(18), points(20)] as const

/** Letterhead, title and state, at the top of the first page. */
export function documentHead(document: PdfDocument, width: number, drawings: Drawings): LayoutNode[] {
  const { letterhead, subtitle, status } = document
  return [
    ...(letterhead ? [letterheadNode(letterhead, drawings), rule(width)] : []),
    {
      ...layOutText(document.title, { fontSize: 18, bold: true, lineHeight: 1.1 }),
      margin: [0, letterhead ? 10 : 0, 0, 0],
    },
    ...(subtitle ? [layOutText(subtitle, { fontSize: BODY_SIZE + 2, color: MUTED })] : []),
    ...(status ? [statusOf(status)] : []),
    { ...layOutText(''), margin: [0, 0, 0, 4] },
  ]
}

function statusOf(status: NonNullable<PdfDocument['status']>): LayoutNode {
  return { stack: [layOutStatus(status, { fontSize: BODY_SIZE + 3, bold: true })], margin: [0, 6, 0, 0] }
}

function letterheadNode({ name, address, logo, marks = [] }: Letterhead, drawings: Drawings): LayoutNode {
  const words: LayoutNode = {
    width: '*',
    stack: [
      layOutText(name, { bold: true, fontSize: BODY_SIZE + 1 }),
      ...address.map((line) => layOutText(line, { fontSize: SMALL_SIZE, color: MUTED })),
    ],
  }
  const logoNode: readonly LayoutNode[] = logo
    ? [{ width: 'auto', image: drawings.picture(logo), fit: [110, 44] }]
    : []
  const markNodes = marks.map(
    (mark): LayoutNode => ({
      width: 'auto',
      alignment: 'center',
      stack: [
        ...(mark.picture ? [{ image: drawings.picture(mark.picture), fit: [70, 36] } as const] : []),
        layOutText(mark.text, { fontSize: SMALL_SIZE - 0.5, color: MUTED }),
      ],
    }),
  )
  return { columns: [...logoNode, words, ...markNodes], columnGap: 14 }
}

function rule(width: number): LayoutNode {
  const line = { type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: HAIRLINE } as const
  return { canvas: [line], margin: [0, 6, 0, 0] }
}

const FRAME_STYLE = { fontSize: SMALL_SIZE, color: MUTED }

/** One line of the frame; what is longer would push out the rest. */
function frameLine(text: string, width: number): TextNode {
  return layOutText(fitText(text.replaceAll('\n', ' '), SMALL_SIZE, width), FRAME_STYLE)
}

/** Title and state at the top of every page but the first. */
export function pageHeader(document: PdfDocument, page: number, width: number): LayoutNode | undefined {
  if (page === 1) return undefined
  const [left, , right] = PAGE_MARGINS
  return {
    columns: [
      { ...frameLine(document.title, width * 0.6), width: '*' },
      { ...frameLine(document.status?.word ?? '', width * 0.35), width: 'auto' },
    ],
    margin: [left, points(9), right, 0],
  }
}

/** Document, time of generation and page at the foot of every page. */
export function pageFooter(document: PdfDocument, page: number, pages: number, width: number): LayoutNode {
  const words = document.words ?? ENGLISH
  const time = `${words.generated} ${formatInstant(document.generatedAt, document)}`
  const pageOf = words.pageOf.replace('{page}', String(page)).replace('{pages}', String(pages))
  const [left, , right] = PAGE_MARGINS
  return {
    stack: [
      rule(width),
      {
        columns: [
          { ...frameLine(`${words.document} ${document.documentId} · ${time}`, width * 0.75), width: '*' },
          { ...frameLine(pageOf, width * 0.22), width: 'auto', alignment: 'right' },
        ],
        margin: [0, 3, 0, 0],
      },
      ...(document.footerNote === undefined ? [] : [frameLine(document.footerNote, width)]),
    ],
    margin: [left, 2, right, 0],
  }
}

function formatInstant(instant: Date, { locale, zone }: PdfDocument): string {
  const options = { timeZone: zone, year: 'numeric', month: 'short', day: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat(locale, { ...options, ...time }).format(instant)
}
