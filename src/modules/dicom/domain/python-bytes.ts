/**
 * `repr(bytes)` in one pass over a table of 256 texts, for values of megabytes: `b'\xfe\xff\x00\xe0'`.
 * In JSON every backslash is doubled and a double quote is escaped; `json` writes that form directly.
 */
export type BytesForm = 'plain' | 'json'

const SHORT: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }

function pythonByte(byte: number, quote: number): string {
  const short = SHORT[byte]
  if (short !== undefined) return short
  if (byte === quote) return `\\${String.fromCharCode(byte)}`
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\x${byte.toString(16).padStart(2, '0')}`
}

/** Texts of all bytes, eight bytes of room each, and their lengths. */
type ByteTable = { readonly texts: Buffer; readonly lengths: Uint8Array }

const ROOM = 8

function makeTable(quote: number, form: BytesForm): ByteTable {
  const texts = Buffer.alloc(256 * ROOM)
  const lengths = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    const plain = pythonByte(byte, quote)
    const text = form === 'json' ? JSON.stringify(plain).slice(1, -1) : plain
    lengths[byte] = texts.write(text, byte * ROOM, 'latin1')
  }
  return { texts, lengths }
}

const SINGLE = 0x27
const DOUBLE = 0x22

const tables = new Map<string, ByteTable>()

function tableOf(quote: number, form: BytesForm): ByteTable {
  const key = `${quote} ${form}`
  const table = tables.get(key) ?? makeTable(quote, form)
  tables.set(key, table)
  return table
}

/** Bytes that one step turns into text, so that a long value does not hold the event loop. */
export const BYTES_PER_STEP = 1 << 20

/** The text of `repr(bytes)` as ASCII bytes. */
export function pythonBytes(bytes: Uint8Array, form: BytesForm = 'plain'): Buffer {
  return Buffer.concat([...pythonBytesSteps(bytes, form)])
}

/** The same in parts of about {@link BYTES_PER_STEP} input bytes, for answers that are streamed. */
export function* pythonBytesSteps(bytes: Uint8Array, form: BytesForm = 'plain'): Generator<Buffer> {
  const quote = bytes.includes(SINGLE) && !bytes.includes(DOUBLE) ? DOUBLE : SINGLE
  const table = tableOf(quote, form)
  const quoteText = quote === DOUBLE && form === 'json' ? '\\"' : String.fromCharCode(quote)
  yield Buffer.from(`b${quoteText}`, 'latin1')
  for (let at = 0; at < bytes.length; at += BYTES_PER_STEP) {
    yield writeStep(bytes.subarray(at, at + BYTES_PER_STEP), table)
  }
  yield Buffer.from(quoteText, 'latin1')
}

function writeStep(bytes: Uint8Array, { texts, lengths }: ByteTable): Buffer {
  let size = 0
  for (const byte of bytes) size += lengths[byte] ?? 0
  const text = Buffer.allocUnsafe(size)
  let at = 0
  for (const byte of bytes) {
    const length = lengths[byte] ?? 0
    const from = byte * ROOM
    for (let index = 0; index < length; index += 1) text[at + index] = texts[from + index] ?? 0
    at += length
  }
  return text
}
