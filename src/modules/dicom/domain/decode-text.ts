import { type CodedSet, type Designation, ESCAPES, type TextEncoding } from './character-sets.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

const ESC = 0x1b

/** Where code extensions start afresh (PS3.5 section 6.1.2.5.3): line ends everywhere, and these by VR. */
export type TextUse = 'person-name' | 'multiple' | 'single'

const RESETS: Readonly<Record<TextUse, ReadonlySet<number>>> = {
  'person-name': new Set([0x5c, 0x5e, 0x3d]),
  multiple: new Set([0x5c]),
  single: new Set([0x09, 0x0a, 0x0c, 0x0d]),
}

/** Decodes the bytes of a text value; backslashes that separate values are backslashes in the result. */
export function decodeText(bytes: Buffer, encoding: TextEncoding, use: TextUse): string {
  switch (encoding.kind) {
    case 'unspecified':
      return bytes.includes(ESC) ? decodeExtended(bytes, UNSPECIFIED, use) : decodeUnspecified(bytes)
    case 'stateless':
      return encoding.decoder.decode(bytes)
    case 'iso-2022':
      return decodeExtended(bytes, encoding.initial, use)
  }
}

const UNSPECIFIED: Designation = {
  g0: { bytesPerCharacter: 1, decode: (bytes) => String.fromCharCode(...bytes) },
  g1: undefined,
}

/** The default repertoire is ASCII; what is outside of it is UTF-8 if it reads as such, else Latin-1. */
function decodeUnspecified(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return bytes.toString('latin1')
    throw error
  }
}

/** A run of bytes under one designation becomes text at once. */
type Run = { readonly begin: number; readonly end: number; readonly set: CodedSet | undefined }

/** Text with code extensions of ISO 2022 (PS3.5 section 6.1.2.5). */
function decodeExtended(bytes: Buffer, initial: Designation, use: TextUse): string {
  let { g0, g1 } = initial
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const escaped = bytes[at] === ESC ? findEscape(bytes, at + 1) : undefined
    if (escaped) {
      const [sequence, to, set] = escaped
      if (to === 'g0') g0 = set
      else g1 = set
      at += 1 + sequence.length
      continue
    }
    const run = nextRun(bytes, at, { g0, g1 }, RESETS[use])
    text += decodeRun(bytes, run)
    at = run.end
    if (endsInReset(bytes, run, RESETS[use])) {
      g0 = initial.g0
      g1 = initial.g1
    }
  }
  return text
}

function findEscape(bytes: Buffer, at: number): (typeof ESCAPES)[number] | undefined {
  const next = bytes.toString('latin1', at, at + 3)
  return ESCAPES.find(([sequence]) => next.startsWith(sequence))
}

/** The bytes from `at` that belong to the same half, up to an escape or just behind a reset. */
function nextRun(bytes: Buffer, begin: number, { g0, g1 }: Designation, resets: ReadonlySet<number>): Run {
  const high = byteAt(bytes, begin) >= 0x80
  const set = high ? g1 : g0
  const pairs = set?.bytesPerCharacter === 2
  if (pairs && !high && byteAt(bytes, begin) <= 0x20) return { begin, end: begin + 1, set: UNSPECIFIED.g0 }
  let end = begin
  while (end < bytes.length && byteAt(bytes, end) >= 0x80 === high && (end === begin || bytes[end] !== ESC)) {
    const byte = byteAt(bytes, end)
    if (pairs && byte <= 0x20) break
    end += pairs ? 2 : 1
    if (!pairs && resets.has(byte)) break
  }
  return { begin, end: Math.min(end, bytes.length), set }
}

function byteAt(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0
}

function decodeRun(bytes: Buffer, { begin, end, set }: Run): string {
  const part = bytes.subarray(begin, end)
  if (!set) return part.toString('latin1')
  if (set.bytesPerCharacter === 1) return decodeSingle(part, set)
  let text = ''
  for (let at = 0; at < part.length; at += 2) text += set.decode(part.subarray(at, at + 2))
  return text
}

/** In slices, since a set may spread its bytes as arguments. */
function decodeSingle(part: Buffer, set: CodedSet): string {
  let text = ''
  for (let at = 0; at < part.length; at += 4096) text += set.decode(part.subarray(at, at + 4096))
  return text
}

function endsInReset(bytes: Buffer, { end, set }: Run, resets: ReadonlySet<number>): boolean {
  return set?.bytesPerCharacter !== 2 && resets.has(byteAt(bytes, end - 1))
}
