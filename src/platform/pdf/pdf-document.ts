import type { TimeSeriesChart } from '../charts/time-series-chart.ts'
import type { BarcodeSymbology } from './barcode.ts'
import type { Status } from './status-token.ts'

/** PNG or JPEG bytes. */
export type PictureBytes = Uint8Array

/** A piece of running text; a plain string where nothing is special. */
export type Span =
  | string
  | {
      readonly text: string
      readonly bold?: boolean
      readonly italic?: boolean
      readonly underline?: boolean
      readonly strike?: boolean
      readonly mono?: boolean
      readonly sub?: boolean
      readonly sup?: boolean
      readonly muted?: boolean
      /** `http(s):` or `mailto:`; anything else is printed without link. */
      readonly link?: string
    }

export type Spans = string | readonly Span[]

/** What stands in a table cell or beside a label; `null` prints an en dash. */
export type Cell = null | Spans | { readonly status: Status; readonly detail?: string }

export type Column = {
  readonly title: string
  /** Stands below the title, so that cells hold numbers only. */
  readonly unit?: string
  /** `end` sets digits of equal width, for numbers. */
  readonly align?: 'start' | 'end' | 'centre'
  /** `fit`: as wide as its content; `fill`: shares the rest of the page; or millimetres. */
  readonly width?: 'fit' | 'fill' | number
}

export type Row = {
  readonly cells: readonly Cell[]
  /** Printed below the row over its whole width, for instance a comment. */
  readonly note?: Spans
}

/** A part of a table with a line of its own above it. */
export type RowGroup = { readonly title: string; readonly rows: readonly Row[] }

export type TableBlock = {
  readonly kind: 'table'
  readonly caption?: string
  readonly columns: readonly Column[]
  readonly rows?: readonly Row[]
  readonly groups?: readonly RowGroup[]
  /** Printed in place of rows when there are none. */
  readonly whenEmpty?: string
}

/** One card of a dashboard: how many metrics of a subject are in which state. */
export type Card = {
  readonly title: string
  readonly subtitle?: string
  readonly counts: readonly { readonly status: Status; readonly count: number }[]
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | {
      readonly kind: 'text'
      readonly text: Spans
      readonly look?: 'normal' | 'lead' | 'small' | 'muted' | 'preformatted'
    }
  | { readonly kind: 'list'; readonly ordered?: boolean; readonly items: readonly Spans[] }
  /** Labels and values, in one to three columns read downwards. */
  | {
      readonly kind: 'facts'
      readonly columns?: 1 | 2 | 3
      readonly items: readonly { label: string; value: Cell }[]
    }
  | TableBlock
  | { readonly kind: 'status'; readonly status: Status; readonly text?: Spans }
  | { readonly kind: 'cards'; readonly perRow?: 2 | 3 | 4; readonly cards: readonly Card[] }
  /** Full width unless given; events are listed below by their numbers. */
  | {
      readonly kind: 'chart'
      readonly chart: TimeSeriesChart
      readonly caption?: string
      readonly widthMm?: number
      readonly heightMm?: number
    }
  | {
      readonly kind: 'image'
      readonly picture: PictureBytes
      readonly widthMm?: number
      readonly maxHeightMm?: number
      readonly caption?: string
    }
  | {
      readonly kind: 'barcode'
      readonly symbology: BarcodeSymbology
      readonly value: string
      readonly widthMm: number
      readonly heightMm?: number
      readonly text?: string
      readonly align?: 'start' | 'centre' | 'end'
    }
  | { readonly kind: 'signatures'; readonly lines: readonly SignatureLine[] }
  | { readonly kind: 'notes'; readonly title?: string; readonly items: readonly Spans[] }
  | {
      readonly kind: 'two-columns'
      readonly start: readonly Block[]
      readonly end: readonly Block[]
      readonly startShare?: number
    }
  /** Kept on one page when it fits on one. */
  | { readonly kind: 'together'; readonly blocks: readonly Block[] }
  | { readonly kind: 'page-break' }

/** A line to sign on, or the record of an electronic signature when `name` and `at` are given. */
export type SignatureLine = {
  readonly role: string
  readonly name?: string
  readonly at?: string
  readonly picture?: PictureBytes
}

export type Letterhead = {
  readonly name: string
  readonly address: readonly string[]
  readonly logo?: PictureBytes
  /** Marks of accreditation, at the right edge. */
  readonly marks?: readonly { readonly picture?: PictureBytes; readonly text: string }[]
}

/** Words of the frame, for documents in other languages than English. */
export type FrameWords = {
  /** With `{page}` and `{pages}`. */
  readonly pageOf: string
  readonly document: string
  readonly generated: string
}

/**
 * A whole document as pure data that a worker can be sent: no functions, no open files. The same description always
 * gives the same bytes.
 */
export type PdfDocument = {
  readonly title: string
  readonly subtitle?: string
  /** Number of the document or address of the record, in every footer. */
  readonly documentId: string
  readonly generatedAt: Date
  /** IANA name; instants of the frame are printed in it. */
  readonly zone: string
  /** BCP 47 tag, for dates of the frame and as language of the document. */
  readonly locale: string
  readonly author?: string
  readonly letterhead?: Letterhead
  readonly status?: Status
  /** Across every page, for instance `DRAFT` or `VOID`. */
  readonly watermark?: string
  /** Second line of every footer, for instance an address. */
  readonly footerNote?: string
  readonly page?: {
    readonly size?: 'A3' | 'A4' | 'A5' | 'LETTER'
    readonly orientation?: 'portrait' | 'landscape'
  }
  readonly words?: FrameWords
  readonly blocks: readonly Block[]
}
