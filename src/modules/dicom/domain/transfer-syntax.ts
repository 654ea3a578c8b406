import { findUid } from './uid-names.ts'

/** Decoders of encapsulated frames; `opaque` frames are kept and shown as they are. */
export type Codec =
  | 'native'
  | 'rle'
  | 'jpeg'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k'
  | 'jpeg-xl'
  | 'deflate-frame'
  | 'opaque'

/** How a data set is encoded (PS3.5 section 10) and what its Pixel Data needs. */
export type TransferSyntax = {
  readonly uid: string
  readonly vr: 'explicit' | 'implicit'
  readonly byteOrder: 'little' | 'big'
  /** The whole data set is one raw DEFLATE stream (PS3.5 annex A.5). */
  readonly deflated: boolean
  readonly codec: Codec
  readonly encapsulated: boolean
}

const ROOT = '1.2.840.10008.1.2'

export const IMPLICIT_LITTLE_ENDIAN = native(ROOT, { vr: 'implicit' })
export const EXPLICIT_LITTLE_ENDIAN = native(`${ROOT}.1`, {})
export const EXPLICIT_BIG_ENDIAN = native(`${ROOT}.2`, { byteOrder: 'big' })
export const DEFLATED_EXPLICIT_LITTLE_ENDIAN = native(`${ROOT}.1.99`, { deflated: true })
/** Header in implicit little endian, pixel words in big endian (General Electric). */
export const GE_PRIVATE_BIG_ENDIAN_PIXELS = native('1.2.840.113619.5.2', { vr: 'implicit' })
export const RLE_LOSSLESS = encapsulated(`${ROOT}.5`, 'rle')
export const JPEG_BASELINE = encapsulated(`${ROOT}.4.50`, 'jpeg')
export const JPEG_LOSSLESS_SV1 = encapsulated(`${ROOT}.4.70`, 'jpeg')
export const JPEG_LS_LOSSLESS = encapsulated(`${ROOT}.4.80`, 'jpeg-ls')
export const JPEG_LS_NEAR_LOSSLESS = encapsulated(`${ROOT}.4.81`, 'jpeg-ls')
export const JPEG_2000_LOSSLESS = encapsulated(`${ROOT}.4.90`, 'jpeg-2000')
export const JPEG_2000 = encapsulated(`${ROOT}.4.91`, 'jpeg-2000')
export const HTJ2K_LOSSLESS = encapsulated(`${ROOT}.4.201`, 'htj2k')
export const HTJ2K_LOSSLESS_RPCL = encapsulated(`${ROOT}.4.202`, 'htj2k')
export const HTJ2K = encapsulated(`${ROOT}.4.203`, 'htj2k')

/** The transfer syntaxes that are read, pixels included; every other one is read with opaque pixels. */
export const TRANSFER_SYNTAXES: readonly TransferSyntax[] = [
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  GE_PRIVATE_BIG_ENDIAN_PIXELS,
  encapsulated(`${ROOT}.1.98`, 'native'),
  RLE_LOSSLESS,
  JPEG_BASELINE,
  encapsulated(`${ROOT}.4.51`, 'jpeg'),
  encapsulated(`${ROOT}.4.57`, 'jpeg'),
  JPEG_LOSSLESS_SV1,
  JPEG_LS_LOSSLESS,
  JPEG_LS_NEAR_LOSSLESS,
  JPEG_2000_LOSSLESS,
  JPEG_2000,
  HTJ2K_LOSSLESS,
  HTJ2K_LOSSLESS_RPCL,
  HTJ2K,
  encapsulated(`${ROOT}.4.110`, 'jpeg-xl'),
  encapsulated(`${ROOT}.4.111`, 'jpeg-xl'),
  encapsulated(`${ROOT}.4.112`, 'jpeg-xl'),
  encapsulated(`${ROOT}.8.1`, 'deflate-frame'),
  // JPIP Referenced Deflate: the header is deflated, the pixels are behind a URL that is never followed.
  { ...encapsulated(`${ROOT}.4.95`, 'opaque'), deflated: true },
  { ...encapsulated(`${ROOT}.4.205`, 'opaque'), deflated: true },
]

const BY_UID: ReadonlyMap<string, TransferSyntax> = new Map(
  TRANSFER_SYNTAXES.map((syntax) => [syntax.uid, syntax]),
)

function native(uid: string, traits: Partial<TransferSyntax>): TransferSyntax {
  return {
    uid,
    vr: 'explicit',
    byteOrder: 'little',
    deflated: false,
    codec: 'native',
    encapsulated: false,
    ...traits,
  }
}

function encapsulated(uid: string, codec: Codec): TransferSyntax {
  return native(uid, { codec, encapsulated: true })
}

/** The transfer syntax of a UID; an unknown one is explicit little endian with opaque frames (PS3.5 A.4). */
export function transferSyntaxOf(uid: string): TransferSyntax {
  return BY_UID.get(uid) ?? encapsulated(uid, 'opaque')
}

/** The registered name, or the UID itself. */
export function transferSyntaxName(uid: string): string {
  return findUid(uid)?.name ?? uid
}
