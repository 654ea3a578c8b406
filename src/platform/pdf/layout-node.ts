import type { FontFamily } from './fonts.ts'

/** The part of pdfmake's document language that is used here. Lengths are points, 72 to the inch. */
export type Margin = readonly [left: number, top: number, right: number, bottom: number]

type Pen = {
  readonly lineColor?: string
  readonly lineWidth?: number
  readonly lineCap?: 'round'
  readonly lineJoin?: 'round'
}

export type Vector = Pen &
  (
    | {
        readonly type: 'ellipse'
        readonly x: number
        readonly y: number
        readonly r1: number
        readonly r2: number
        readonly color?: string
      }
    | {
        readonly type: 'polyline'
        readonly points: { x: number; y: number }[]
        readonly closePath?: boolean
        readonly color?: string
      }
    | {
        readonly type: 'line'
        readonly x1: number
        readonly y1: number
        readonly x2: number
        readonly y2: number
      }
  )

export type TextStyle = {
  readonly font?: FontFamily
  readonly fontSize?: number
  readonly bold?: boolean
  readonly italics?: boolean
  readonly color?: string
  readonly decoration?: 'underline' | 'lineThrough'
  readonly sub?: boolean
  readonly sup?: boolean
  readonly link?: string
  readonly lineHeight?: number
  readonly characterSpacing?: number
  readonly fontFeatures?: Readonly<Record<string, boolean>>
  readonly wordBreak?: 'break-all'
  readonly preserveLeadingSpaces?: boolean
}

type Placing = {
  readonly margin?: Margin
  readonly alignment?: 'left' | 'right' | 'center'
  readonly width?: number | 'auto' | '*' | string
  readonly unbreakable?: boolean
  readonly pageBreak?: 'before' | 'after'
  readonly absolutePosition?: { readonly x: number; readonly y: number }
}

/** Cells may be boxed themselves. */
type CellPlacing = {
  readonly colSpan?: number
  readonly fillColor?: string
  readonly border?: readonly [boolean, boolean, boolean, boolean]
}

export type TextNode = Placing &
  CellPlacing &
  TextStyle & {
    readonly text: readonly (TextStyle & { readonly text: string })[]
    readonly outline?: boolean
    readonly outlineText?: string
    readonly noWrap?: boolean
  }

export type TableLayout = {
  hLineWidth(line: number, node: unknown): number
  vLineWidth(line: number, node: unknown): number
  hLineColor(line: number, node: unknown): string
  paddingLeft(column: number, node: unknown): number
  paddingRight(column: number, node: unknown): number
  paddingTop(row: number, node: unknown): number
  paddingBottom(row: number, node: unknown): number
}

export type TableNode = Placing &
  CellPlacing &
  Pick<TextStyle, 'fontSize' | 'wordBreak'> & {
    readonly table: {
      readonly widths: readonly (number | 'auto' | '*')[]
      readonly body: readonly (readonly LayoutNode[])[]
      readonly headerRows?: number
      readonly keepWithHeaderRows?: number
      readonly dontBreakRows?: boolean
    }
    readonly layout: TableLayout
  }

export type LayoutNode =
  | TextNode
  | TableNode
  | (Placing & CellPlacing & { readonly stack: readonly LayoutNode[] })
  | (Placing & CellPlacing & { readonly columns: readonly LayoutNode[]; readonly columnGap?: number })
  | (Placing & CellPlacing & { readonly canvas: readonly Vector[] })
  | (Placing & CellPlacing & { readonly svg: string; readonly height?: number; readonly font?: FontFamily })
  | (Placing &
      CellPlacing & {
        readonly image: string
        readonly fit?: readonly [number, number]
        readonly height?: number
      })
  | (Placing & { readonly ul: readonly LayoutNode[] })
  | (Placing & Pick<TextStyle, 'fontSize' | 'color'> & { readonly ol: readonly LayoutNode[] })

/** What a page, or a column of it, has for content, in points. */
export type Room = { readonly width: number; readonly height: number }

export const POINTS_PER_MM = 72 / 25.4

export function points(mm: number): number {
  return mm * POINTS_PER_MM
}
