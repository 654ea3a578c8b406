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

/** Characters of the longest text of a byte: `\\\\x00` in JSON. */
const ROOM = 5

/** The texts of all bytes, a column for each of their characters, and their lengths. */
type ByteTable = { readonly columns: readonly Uint8Array[]; readonly lengths: Uint8Array }

function makeTable(quote: number, form: BytesForm): ByteTable {
  const columns = Array.from({ length: ROOM }, () => new Uint8Array(256))
  const lengths = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    const plain = pythonByte(byte, quote)
    const text = form === 'json' ? JSON.stringify(plain).slice(1, -1) : plain
    for (const [place, column] of columns.entries()) column[byte] = text.charCodeAt(place) || 0
    lengths[byte] = text.length
  }
  return { columns, lengths }
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

/** Every byte writes all columns and the next one overwrites what was too much: no inner loop, no branch. */
function writeStep(bytes: Uint8Array, { columns, lengths }: ByteTable): Buffer {
  const [first, second, third, fourth, fifth] = columns
  if (!first || !second || !third || !fourth || !fifth) throw new Error('The table of bytes is incomplete.')
  let size = 0
  for (let index = 0; index < bytes.length; index += 1) size += lengths[bytes[index] ?? 0] ?? 0
  const text = Buffer.allocUnsafe(size + ROOM)
  let at = 0
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    text[at] = first[byte] ?? 0
    text[at + 1] = second[byte] ?? 0
    text[at + 2] = third[byte] ?? 0
    text[at + 3] = fourth[byte] ?? 0
    text[at + 4] = fifth[byte] ?? 0
    at += lengths[byte] ?? 0
  }
  return text.subarray(0, size)
}
