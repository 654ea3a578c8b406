/**
 * Coded character sets of DICOM (PS3.3 C.12.1.1.2, PS3.5 section 6.1).
 *
 * A set is a function from the bytes of one code element to text; bytes of G1 have their high bit set.
 */
export type CodedSet = {
  readonly bytesPerCharacter: 1 | 2
  readonly decode: (bytes: Uint8Array) => string
}

const ascii: CodedSet = { bytesPerCharacter: 1, decode: (bytes) => String.fromCharCode(...bytes) }

const LATIN_1: CodedSet = ascii

function byTable(label: string): CodedSet {
  const decoder = new TextDecoder(label)
  return { bytesPerCharacter: 1, decode: (bytes) => decoder.decode(bytes) }
}

/** A set of two-byte characters that a stateless encoding holds in its upper half, behind `prefix`. */
function doubleByte(label: string, prefix: readonly number[] = []): CodedSet {
  const decoder = new TextDecoder(label)
  return {
    bytesPerCharacter: 2,
    decode: (bytes) =>
      decoder.decode(Uint8Array.from([...prefix, ...Array.from(bytes, (byte) => byte | 0x80)])),
  }
}

/** JIS X 0201: in G0 yen and overline differ from ASCII, G1 is half-width katakana. */
const jisRoman: CodedSet = {
  bytesPerCharacter: 1,
  decode: (bytes) => String.fromCharCode(...bytes).replaceAll('~', '‾'),
}
const jisKatakana: CodedSet = {
  bytesPerCharacter: 1,
  decode: (bytes) =>
    Array.from(bytes, (byte) =>
      byte > 0xa0 && byte < 0xe0 ? String.fromCharCode(0xfec0 + byte) : '\ufffd',
    ).join(''),
}

const JIS_X_0208 = doubleByte('euc-jp')
const JIS_X_0212 = doubleByte('euc-jp', [0x8f])
const KS_X_1001 = doubleByte('euc-kr')
const GB_2312 = doubleByte('gbk')

/** What a defined term designates to G0 and G1 at the start of every value. */
export type Designation = { readonly g0: CodedSet; readonly g1: CodedSet | undefined }

function latin(g1: CodedSet): Designation {
  return { g0: ascii, g1 }
}

/** By the number of the defined term: `ISO_IR 100` and `ISO 2022 IR 100` both have 100. */
const BY_NUMBER: Readonly<Record<string, Designation>> = {
  6: { g0: ascii, g1: undefined },
  13: { g0: jisRoman, g1: jisKatakana },
  58: latin(GB_2312),
  87: { g0: ascii, g1: JIS_X_0208 },
  100: latin(LATIN_1),
  101: latin(byTable('iso-8859-2')),
  109: latin(byTable('iso-8859-3')),
  110: latin(byTable('iso-8859-4')),
  126: latin(byTable('iso-8859-7')),
  127: latin(byTable('iso-8859-6')),
  138: latin(byTable('iso-8859-8')),
  144: latin(byTable('iso-8859-5')),
  148: latin(byTable('iso-8859-9')),
  149: latin(KS_X_1001),
  159: { g0: ascii, g1: JIS_X_0212 },
  166: latin(byTable('windows-874')),
  203: latin(byTable('iso-8859-15')),
}

/** Escape sequences behind ESC (PS3.3 tables C.12-3 and C.12-4): what they designate, and where. */
export const ESCAPES: readonly (readonly [sequence: string, to: 'g0' | 'g1', set: CodedSet])[] = [
  ['(B', 'g0', ascii],
  ['(J', 'g0', jisRoman],
  [')I', 'g1', jisKatakana],
  ['$(D', 'g0', JIS_X_0212],
  ['$)C', 'g1', KS_X_1001],
  ['$)A', 'g1', GB_2312],
  ['$B', 'g0', JIS_X_0208],
  ['$@', 'g0', JIS_X_0208],
  ...(
    [
      ['A', 100],
      ['B', 101],
      ['C', 109],
      ['D', 110],
      ['F', 126],
      ['G', 127],
      ['H', 138],
      ['L', 144],
      ['M', 148],
      ['T', 166],
      ['b', 203],
    ] as const
  ).map(([final, number]) => [`-${final}`, 'g1', designationOf(number).g1 ?? ascii] as const),
]

function designationOf(number: number): Designation {
  return BY_NUMBER[number] ?? { g0: ascii, g1: undefined }
}

/** Spellings outside the standard, and the stateless encodings, by upper-case letters and digits only. */
const STATELESS: Readonly<Record<string, string>> = {
  ISOIR192: 'utf-8',
  UTF8: 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
}
const ALIASES: Readonly<Record<string, string>> = {
  LATIN1: '100',
  ISO88591: '100',
  ISO885915: '203',
  ASCII: '6',
}

/** How the text of a data set is encoded, by its Specific Character Set. */
export type TextEncoding =
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'stateless'; readonly decoder: { decode(bytes: Uint8Array): string } }
  | { readonly kind: 'iso-2022'; readonly initial: Designation }

/**
 * The encoding of the values of Specific Character Set (0008,0005).
 * If value 1 designates nothing to G1, the first later value that does is taken: writers forget the escape.
 */
export function textEncodingOf(terms: readonly string[]): TextEncoding {
  const spelled = terms.map((term) => term.toUpperCase().replace(/[^A-Z0-9]/g, ''))
  if (spelled.every((term) => term === '' || term === 'ISOIR6' || term === 'ASCII'))
    return { kind: 'unspecified' }
  const label = spelled.map((term) => STATELESS[term]).find((found) => found !== undefined)
  if (label !== undefined) return { kind: 'stateless', decoder: new TextDecoder(label) }
  const designations = spelled.map((term) => BY_NUMBER[ALIASES[term] ?? term.replace(/^ISO(2022)?IR/, '')])
  const first = designations[0]
  const later = designations.find((designation) => designation?.g1 !== undefined)
  return { kind: 'iso-2022', initial: { g0: first?.g0 ?? ascii, g1: first?.g1 ?? later?.g1 } }
}
