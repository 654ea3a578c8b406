/**
 * What the first bytes of a file say it is. The name and the claimed type of an upload prove nothing: only what is
 * recognised here may be shown inline.
 */
type Mark = { readonly at: number; readonly bytes: readonly number[] }
type Signature = { readonly mediaType: string; readonly marks: readonly Mark[] }

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')]

const SIGNATURES: readonly Signature[] = [
  // First: its preamble may be that of a TIFF file (PS3.10 7.1).
  { mediaType: 'application/dicom', marks: [{ at: 128, bytes: ascii('DICM') }] },
  { mediaType: 'image/png', marks: [{ at: 0, bytes: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a] }] },
  { mediaType: 'image/jpeg', marks: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }] },
  { mediaType: 'image/gif', marks: [{ at: 0, bytes: ascii('GIF87a') }] },
  { mediaType: 'image/gif', marks: [{ at: 0, bytes: ascii('GIF89a') }] },
  {
    mediaType: 'image/webp',
    marks: [
      { at: 0, bytes: ascii('RIFF') },
      { at: 8, bytes: ascii('WEBP') },
    ],
  },
  {
    mediaType: 'image/bmp',
    marks: [
      { at: 0, bytes: ascii('BM') },
      { at: 6, bytes: [0, 0, 0, 0] },
    ],
  },
  { mediaType: 'image/tiff', marks: [{ at: 0, bytes: [...ascii('II'), 0x2a, 0x00] }] },
  { mediaType: 'image/tiff', marks: [{ at: 0, bytes: [...ascii('MM'), 0x00, 0x2a] }] },
  { mediaType: 'image/avif', marks: [{ at: 4, bytes: ascii('ftypavif') }] },
  { mediaType: 'image/heic', marks: [{ at: 4, bytes: ascii('ftypheic') }] },
  { mediaType: 'application/pdf', marks: [{ at: 0, bytes: ascii('%PDF-') }] },
  { mediaType: 'application/gzip', marks: [{ at: 0, bytes: [0x1f, 0x8b, 0x08] }] },
  { mediaType: 'application/zip', marks: [{ at: 0, bytes: [...ascii('PK'), 3, 4] }] },
  { mediaType: 'application/zip', marks: [{ at: 0, bytes: [...ascii('PK'), 5, 6] }] },
]

/** As many bytes of the start of a file as {@link sniffMediaType} looks at. */
export const SNIFF_BYTES = 4096

/**
 * @param start the first bytes of the file, {@link SNIFF_BYTES} of them or the whole file
 * @returns a media type; `text/plain` for UTF-8 and UTF-16 text of any kind, also HTML and SVG, which are not to be
 *   shown as such; `application/octet-stream` for everything else
 */
export function sniffMediaType(start: Uint8Array): string {
  const found = SIGNATURES.find(({ marks }) => marks.every((mark) => hasBytes(start, mark.at, mark.bytes)))
  if (found) return found.mediaType
  return looksLikeText(start) ? 'text/plain' : 'application/octet-stream'
}

function hasBytes(start: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => start[at + index] === byte)
}

function looksLikeText(start: Uint8Array): boolean {
  const sample = start.subarray(0, SNIFF_BYTES)
  if (sample.length === 0) return true
  if (hasBytes(sample, 0, [0xff, 0xfe]) || hasBytes(sample, 0, [0xfe, 0xff])) return true
  return isUtf8(sample) && !sample.some(isControl)
}

/** `stream: true` forgives a character that the end of the sample cuts in two. */
function isUtf8(sample: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Tab, line feed, form feed, carriage return and escape occur in texts. */
function isControl(byte: number): boolean {
  return (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)) || byte === 0x7f
}

const SHOWN_INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
  'text/plain',
])

/** Whether a browser may show the content itself: kinds that cannot carry script of this origin. */
export function mayShowInline(mediaType: string): boolean {
  return SHOWN_INLINE.has(mediaType)
}
