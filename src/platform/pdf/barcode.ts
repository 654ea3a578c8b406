import { createRequire } from 'node:module'
import type * as BwipJs from 'bwip-js'
import { invalidInput } from '../../core/refusal.ts'

/** `qr` for addresses, `datamatrix` for small labels, `code128` for scanners that read lines only. */
export type BarcodeSymbology = 'qr' | 'datamatrix' | 'code128'

export type Barcode = {
  /** Black on transparent, without quiet zone; its view box has the proportions of the symbol. */
  readonly svg: string
  /** In modules or narrow bars. */
  readonly width: number
  readonly height: number
}

/** More than any label or address needs, and well below what a symbol can hold. */
export const MAX_BARCODE_LENGTH = 300

const SYMBOLOGY: Readonly<Record<BarcodeSymbology, { readonly bcid: string; readonly options: object }>> = {
  qr: { bcid: 'qrcode', options: { eclevel: 'M' } },
  datamatrix: { bcid: 'datamatrix', options: {} },
  code128: { bcid: 'code128', options: { height: 10 } },
}

/** @throws RefusedError `invalid-input` for what the symbology cannot hold; cheap, for checks before any drawing */
export function requireEncodable(symbology: BarcodeSymbology, value: string): void {
  if (value === '') throw invalidInput('barcode', 'A code needs a value.')
  if (value.length > MAX_BARCODE_LENGTH) {
    throw invalidInput('barcode', `A code holds at most ${MAX_BARCODE_LENGTH} characters here.`)
  }
  if (symbology === 'code128' && (!/^[\x20-\x7e]+$/.test(value) || value.length > 80)) {
    throw invalidInput('barcode', 'Code 128 holds up to 80 characters of plain ASCII.')
  }
}

/**
 * Draws a code as vectors. Loads bwip-js: for workers only.
 *
 * @throws RefusedError `invalid-input`
 */
export function drawBarcode(symbology: BarcodeSymbology, value: string): Barcode {
  requireEncodable(symbology, value)
  const { bcid, options } = SYMBOLOGY[symbology]
  const svg = loadBwip().toSVG({ bcid, text: value, scale: 1, ...options })
  const [width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.slice(1).map(Number) ?? []
  if (!width || !height) throw new TypeError('The drawing of the code has no view box.')
  return { svg: symbology === 'code128' ? stretchable(svg) : svg, width, height }
}

/** Bars may be drawn as high as there is room. */
function stretchable(svg: string): string {
  return svg.replace('<svg ', '<svg preserveAspectRatio="none" ')
}

let loaded: typeof BwipJs | undefined

function loadBwip(): typeof BwipJs {
  if (loaded) return loaded
  const bwip: typeof BwipJs = createRequire(import.meta.url)('bwip-js')
  loaded = bwip
  return bwip
}
