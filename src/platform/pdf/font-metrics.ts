/** What layout needs to know of a TrueType font: which characters it has, and how wide they are. */
export type FontMetrics = {
  has(codePoint: number): boolean
  /** In thousandths of the font size; 0 for a character the font does not have. */
  advance(codePoint: number): number
}

type Table = { readonly at: number; readonly length: number }

/**
 * Reads the tables `cmap` (formats 4 and 12), `head`, `hhea` and `hmtx`.
 *
 * @throws RangeError or TypeError for what is no TrueType font; fonts are part of the program, not input
 * @see OpenType specification 1.9, chapters of these tables
 */
export function readFontMetrics(font: Uint8Array): FontMetrics {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tables = readDirectory(view)
  const glyphs = readCharacterMap(view, requireTable(tables, 'cmap').at)
  const advances = readAdvances(view, tables)
  const unitsPerEm = view.getUint16(requireTable(tables, 'head').at + 18)
  return {
    has: (codePoint) => glyphs.has(codePoint),
    advance(codePoint) {
      const glyph = glyphs.get(codePoint)
      if (glyph === undefined) return 0
      return ((advances[Math.min(glyph, advances.length - 1)] ?? 0) * 1000) / unitsPerEm
    },
  }
}

function readDirectory(view: DataView): ReadonlyMap<string, Table> {
  const count = view.getUint16(4)
  const entries = Array.from({ length: count }, (_, index): [string, Table] => {
    const at = 12 + index * 16
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)))
    return [tag, { at: view.getUint32(at + 8), length: view.getUint32(at + 12) }]
  })
  return new Map(entries)
}

function requireTable(tables: ReadonlyMap<string, Table>, tag: string): Table {
  const table = tables.get(tag)
  if (!table) throw new TypeError(`The font has no table ${tag}.`)
  return table
}

function readAdvances(view: DataView, tables: ReadonlyMap<string, Table>): readonly number[] {
  const count = view.getUint16(requireTable(tables, 'hhea').at + 34)
  const { at } = requireTable(tables, 'hmtx')
  return Array.from({ length: count }, (_, index) => view.getUint16(at + index * 4))
}

function readCharacterMap(view: DataView, at: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>()
  const count = view.getUint16(at + 2)
  for (let index = 0; index < count; index++) {
    const subtable = at + view.getUint32(at + 4 + index * 8 + 4)
    const format = view.getUint16(subtable)
    if (format === 4) readFormat4(view, subtable, glyphs)
    else if (format === 12) readFormat12(view, subtable, glyphs)
  }
  return glyphs
}

/** Segments of the basic plane. */
function readFormat4(view: DataView, at: number, glyphs: Map<number, number>): void {
  const doubled = view.getUint16(at + 6)
  const [ends, starts] = [at + 14, at + 16 + doubled]
  const [deltas, offsets] = [starts + doubled, starts + 2 * doubled]
  for (let segment = 0; segment < doubled; segment += 2) {
    const last = view.getUint16(ends + segment)
    const delta = view.getUint16(deltas + segment)
    const offset = view.getUint16(offsets + segment)
    const first = view.getUint16(starts + segment)
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const stored = offset === 0 ? code : view.getUint16(offsets + segment + offset + (code - first) * 2)
      const glyph = stored === 0 ? 0 : (stored + delta) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}

/** Groups of all planes. */
function readFormat12(view: DataView, at: number, glyphs: Map<number, number>): void {
  const groups = view.getUint32(at + 12)
  for (let group = 0; group < groups; group++) {
    const entry = at + 16 + group * 12
    const first = view.getUint32(entry)
    const last = view.getUint32(entry + 4)
    const glyph = view.getUint32(entry + 8)
    for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first)
  }
}
