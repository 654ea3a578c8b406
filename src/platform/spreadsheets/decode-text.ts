import { isUtf8 } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import type { TextEncoding } from './table.ts'

/** What a text is written in: its byte order mark, else UTF-16 by its zeros, else UTF-8 where valid, else Windows-1252. */
export function sniffEncoding(bytes: Buffer): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return zeroSide(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
}

/** Western text in UTF-16 has a zero in nearly every second byte, always on the same side. */
function zeroSide(bytes: Buffer): TextEncoding | undefined {
  const sample = bytes.subarray(0, 2000)
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = sample.length / 5
  if (odd > many && even === 0) return 'utf-16le'
  return even > many && odd === 0 ? 'utf-16be' : undefined
}

const PIECE_BYTES = 256 * 1024

/** Text in pieces, without byte order mark; a character that a piece cuts in two comes with the next one. */
export async function* decodeText(bytes: Buffer, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true })
    await setImmediate()
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** The beginning, for looking at. */
export function decodeStart(bytes: Buffer, encoding: TextEncoding, length: number): string {
  return new TextDecoder(encoding).decode(bytes.subarray(0, length), { stream: true })
}
