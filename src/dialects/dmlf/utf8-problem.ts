/**
 * Where and why bytes are not UTF-8, in the words of Python's decoder.
 *
 * @returns undefined for what is UTF-8
 */
export function utf8Problem(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0)
    if (length === 0) return said(bytes, at, at, 'invalid start byte')
    for (let offset = 1; offset < length; offset += 1) {
      const byte = bytes[at + offset]
      if (byte === undefined) return said(bytes, at, bytes.length - 1, 'unexpected end of data')
      if (!continues(bytes[at] ?? 0, byte, offset))
        return said(bytes, at, at + offset - 1, 'invalid continuation byte')
    }
    at += length
  }
  return undefined
}

function said(bytes: Uint8Array, start: number, end: number, why: string): string {
  if (end > start) return `'utf-8' codec can't decode bytes in position ${start}-${end}: ${why}`
  return `'utf-8' codec can't decode byte 0x${(bytes[start] ?? 0).toString(16).padStart(2, '0')} in position ${start}: ${why}`
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0
}

/** Overlong forms, surrogates and what lies beyond Unicode begin with bytes that look right (RFC 3629, 4). */
function continues(first: number, byte: number, offset: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false
  if (offset > 1) return true
  if (first === 0xe0) return byte >= 0xa0
  if (first === 0xed) return byte <= 0x9f
  if (first === 0xf0) return byte >= 0x90
  return first !== 0xf4 || byte <= 0x8f
}
