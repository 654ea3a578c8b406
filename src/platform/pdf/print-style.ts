import type { TextStyle } from './layout-node.ts'

/** Greys and sizes of all documents; states have their own colours. */
export const INK = '#111827'
export const MUTED = '#4b5563'
export const HAIRLINE = '#c3c8d0'
export const TINT = '#f3f4f6'
export const LINK = '#0b5d75'

export const BODY_SIZE = 9
export const SMALL_SIZE = 7.5

/**
 * Digits of equal width. Everything else that the font could do is off: kerning would undo the equal widths, and each
 * feature costs time per cell.
 */
export const TABULAR: Readonly<Record<string, boolean>> = {
  tnum: true,
  ...{
    kern: false,
    calt: false,
    ccmp: false,
    locl: false,
    rlig: false,
    clig: false,
    liga: false,
    rclt: false,
  },
  ...{ mark: false, mkmk: false, curs: false },
}

export const HEADING_STYLE: Readonly<Record<1 | 2 | 3, TextStyle>> = {
  1: { fontSize: 13, bold: true, color: INK },
  2: { fontSize: 10.5, bold: true, color: INK },
  3: { fontSize: BODY_SIZE, bold: true, color: MUTED },
}
