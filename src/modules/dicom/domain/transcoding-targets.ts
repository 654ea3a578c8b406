import {
  DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  HTJ2K_LOSSLESS,
  HTJ2K_LOSSLESS_RPCL,
  IMPLICIT_LITTLE_ENDIAN,
  JPEG_2000_LOSSLESS,
  JPEG_LOSSLESS_SV1,
  JPEG_LS_LOSSLESS,
  RLE_LOSSLESS,
} from './transfer-syntax.ts'

/** How frames are written for a transfer syntax; the same words as the encoder's. */
export type LosslessEncoding =
  | { readonly kind: 'rle' }
  | { readonly kind: 'jpeg-lossless' }
  | { readonly kind: 'jpeg-ls'; readonly allowedError: 0 }
  | { readonly kind: 'jpeg-2000'; readonly ratio: undefined }
  | { readonly kind: 'htj2k'; readonly lossy: false; readonly progression: 'rpcl' | 'default' }

/** Transfer syntaxes into which a stored file is brought on request: an archive adds no loss of its own. */
export const LOSSLESS_TARGETS: ReadonlyMap<string, LosslessEncoding | 'native'> = new Map<
  string,
  LosslessEncoding | 'native'
>([
  [EXPLICIT_LITTLE_ENDIAN.uid, 'native'],
  [IMPLICIT_LITTLE_ENDIAN.uid, 'native'],
  [DEFLATED_EXPLICIT_LITTLE_ENDIAN.uid, 'native'],
  [RLE_LOSSLESS.uid, { kind: 'rle' }],
  [JPEG_LOSSLESS_SV1.uid, { kind: 'jpeg-lossless' }],
  [JPEG_LS_LOSSLESS.uid, { kind: 'jpeg-ls', allowedError: 0 }],
  [JPEG_2000_LOSSLESS.uid, { kind: 'jpeg-2000', ratio: undefined }],
  [HTJ2K_LOSSLESS.uid, { kind: 'htj2k', lossy: false, progression: 'default' }],
  [HTJ2K_LOSSLESS_RPCL.uid, { kind: 'htj2k', lossy: false, progression: 'rpcl' }],
])
