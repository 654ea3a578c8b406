import { detail, WireError } from '../../../platform/http/wire-error.ts'

/** Deeper than any submission, and than anything here recurses. */
const DEEPEST = 64
/** A session of 10,000 tests has a tenth of it. */
const MOST_VALUES = 1_000_000

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/**
 * Refuses JSON that would take far more memory or stack than it has bytes, before it is read: nested brackets, millions
 * of values. Strings, such as files in base64, are passed over quickly.
 *
 * @throws WireError 400
 */
export function requireModerateJson(raw: Buffer): void {
  let depth = 0
  let values = 0
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0
    if (byte === QUOTE) at = endOfString(raw, at)
    else if (byte === COMMA) values += 1
    else if (OPENING.has(byte)) {
      depth += 1
      values += 1
    } else if (CLOSING.has(byte)) depth -= 1
    if (depth > DEEPEST) throw tooDeep()
    if (values > MOST_VALUES) throw new WireError(400, detail('JSON parse error - too many values'))
  }
}

/** @throws WireError 400 for a number beyond what a double can hold, which reading turned into infinity */
export function requireFinite(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const literal = value > 0 ? 'inf' : '-inf'
    throw new WireError(
      400,
      detail(`JSON parse error - Out of range float values are not JSON compliant: '${literal}'`),
    )
  }
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) requireFinite(member)
}

function tooDeep(): WireError {
  return new WireError(400, detail(`JSON parse error - nested deeper than ${DEEPEST} levels`))
}

/** Index of the quote that ends the string beginning at `start`; the last byte when nothing ends it. */
function endOfString(raw: Buffer, start: number): number {
  let from = start + 1
  for (;;) {
    const quote = raw.indexOf(QUOTE, from)
    if (quote < 0) return raw.length
    let backslashes = 0
    while (quote - backslashes > from && raw[quote - backslashes - 1] === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return quote
    from = quote + 1
  }
}
