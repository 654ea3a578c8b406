import { inflateSync } from 'node:zlib'
import { textWidth } from './text-runs.ts'

/**
 * Reads the text back from a PDF that this builder made, so that tests on any machine can ask what a document says.
 * It knows the layout of our own files only: plain objects, Flate streams, two-byte fonts with ToUnicode maps.
 *
 * @returns the text of each page; one line per line of the page, a tab between pieces that stand apart
 */
export function readPdfText(pdf: Buffer): readonly string[] {
  return readPdfPieces(pdf).map(joinPieces)
}

/** The same, with the place of every string. */
export function readPdfPieces(pdf: Buffer): readonly (readonly TextPiece[])[] {
  const objects = readObjects(pdf)
  return pageObjects(objects).map((page) => pagePieces(page, objects))
}

type Objects = ReadonlyMap<string, string>

function readObjects(pdf: Buffer): Objects {
  const matches = pdf.toString('latin1').matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)
  return new Map(matches.map(([, number, body]) => [number ?? '', body ?? '']))
}

/** In reading order, as the page tree lists them. */
function pageObjects(objects: Objects): readonly string[] {
  const tree = [...objects.values()].find((body) => body.includes('/Type /Pages')) ?? ''
  const kids = /\/Kids \[([^\]]*)\]/.exec(tree)?.[1] ?? ''
  return references(kids).map((number) => objects.get(number) ?? '')
}

function references(text: string): readonly string[] {
  return [...text.matchAll(/(\d+) 0 R/g)].map(([, number]) => number ?? '')
}

function streamOf(body: string): string {
  const packed = /stream\n([\s\S]*?)\nendstream/.exec(body)?.[1] ?? ''
  const bytes = Buffer.from(packed, 'latin1')
  return body.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : packed
}

/** Glyph code to text, for one font. */
type GlyphMap = ReadonlyMap<number, string>

function pagePieces(page: string, objects: Objects): readonly TextPiece[] {
  const content = references(/\/Contents ([^\n]*)/.exec(page)?.[1] ?? '').map((number) =>
    streamOf(objects.get(number) ?? ''),
  )
  return readPieces(content.join('\n'), pageFonts(page, objects))
}

function pageFonts(page: string, objects: Objects): ReadonlyMap<string, GlyphMap> {
  const resources = objects.get(/\/Resources (\d+) 0 R/.exec(page)?.[1] ?? '') ?? page
  const dictionary = /\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? ''
  const fonts = [...dictionary.matchAll(/\/(\w+) (\d+) 0 R/g)]
  return new Map(
    fonts.map(([, name, number]) => [name ?? '', glyphMap(objects.get(number ?? '') ?? '', objects)]),
  )
}

function glyphMap(font: string, objects: Objects): GlyphMap {
  const map = new Map<number, string>()
  const cmap = streamOf(objects.get(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? '') ?? '')
  for (const [, from, , targets] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    const start = Number.parseInt(from ?? '', 16)
    for (const [index, [, hex]] of [...(targets ?? '').matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      map.set(start + index, utf16(hex ?? ''))
    }
  }
  return map
}

function utf16(hex: string): string {
  const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? []
  return units.map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
}

/** A string where it stands on the page, in points. */
export type TextPiece = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly text: string
}

/** Text objects as pdfkit writes them: a matrix, a font, and strings with kerning between them. */
function readPieces(content: string, fonts: ReadonlyMap<string, GlyphMap>): readonly TextPiece[] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, body = '']) => {
    const [, x, y] = /([-\d.]+) ([-\d.]+) Tm/.exec(body) ?? []
    const [, font, size] = /\/(\w+) ([\d.]+) Tf/.exec(body) ?? []
    const glyphs = fonts.get(font ?? '')
    const codes = [...body.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex]) => hex?.match(/.{4}/g) ?? [])
    const text = codes.map((code) => glyphs?.get(Number.parseInt(code, 16)) ?? '').join('')
    return { x: Number(x), y: Number(y), width: textWidth(text, Number(size)), text }
  })
}

/** Within a line pieces are joined as they follow, unless they stand apart. */
function joinPieces(pieces: readonly TextPiece[]): string {
  let text = ''
  let last: TextPiece | undefined
  for (const piece of pieces) {
    if (last) text += Math.abs(last.y - piece.y) > 2 ? '\n' : separator(last, piece)
    text += piece.text
    last = piece
  }
  return text
}

function separator(last: TextPiece, next: TextPiece): string {
  return next.x > last.x + last.width * 1.15 + 3 || next.x < last.x ? '\t' : ''
}
