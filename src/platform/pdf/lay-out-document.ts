import { layOutBlocks } from './lay-out-block.ts'
import type { Drawings } from './lay-out-figure.ts'
import { type LayoutNode, points } from './layout-node.ts'
import { documentHead, PAGE_MARGINS, pageFooter, pageHeader } from './page-frame.ts'
import type { PdfDocument } from './pdf-document.ts'
import { BODY_SIZE, INK } from './print-style.ts'

/** What pdfmake is given. */
export type Definition = {
  readonly pageSize: { readonly width: number; readonly height: number }
  readonly pageMargins: readonly number[]
  readonly defaultStyle: Readonly<Record<string, unknown>>
  readonly content: readonly LayoutNode[]
  readonly header?: (page: number) => LayoutNode | undefined
  readonly footer?: (page: number, pages: number) => LayoutNode
  readonly watermark?: Readonly<Record<string, unknown>>
  readonly info: Readonly<Record<string, unknown>>
  readonly language: string
  readonly displayTitle: boolean
  readonly version: '1.7'
}

/** Millimetres, portrait; ISO 216 and ANSI. */
const PAPER = { A3: [297, 420], A4: [210, 297], A5: [148, 210], LETTER: [215.9, 279.4] } as const

export function layOutDocument(document: PdfDocument, drawings: Drawings): Definition {
  const pageSize = paperSize(document.page ?? {})
  const [left, top, right, bottom] = PAGE_MARGINS
  const room = { width: pageSize.width - left - right, height: pageSize.height - top - bottom }
  return {
    pageSize,
    pageMargins: PAGE_MARGINS,
    defaultStyle: { font: 'Inter', fontSize: BODY_SIZE, color: INK },
    content: [
      ...documentHead(document, room.width, drawings),
      ...layOutBlocks(document.blocks, room, drawings),
    ],
    header: (page) => pageHeader(document, page, room.width),
    footer: (page, pages) => pageFooter(document, page, pages, room.width),
    ...(document.watermark !== undefined && {
      watermark: { text: document.watermark, color: '#9ca3af', opacity: 0.14, bold: true, font: 'Inter' },
    }),
    info: documentInfo(document.title, document.generatedAt, document.author, document.documentId),
    language: document.locale,
    displayTitle: true,
    version: '1.7',
  }
}

/** The dates are those of the description, so that the same description gives the same file. */
export function documentInfo(
  title: string,
  at: Date,
  author?: string,
  subject?: string,
): Readonly<Record<string, unknown>> {
  return {
    title,
    ...(author !== undefined && { author }),
    ...(subject !== undefined && { subject }),
    creator: 'Touchstone',
    producer: 'Touchstone',
    creationDate: at,
    modDate: at,
  }
}

function paperSize({
  size = 'A4',
  orientation = 'portrait',
}: NonNullable<PdfDocument['page']>): Definition['pageSize'] {
  const [short, long] = PAPER[size]
  const [width, height] = orientation === 'portrait' ? [short, long] : [long, short]
  return { width: points(width), height: points(height) }
}
