/**
 * Python's text forms of numbers, text and bytes: the API of the users' document answers with them.
 */

const MOST_INTEGER_DIGITS = 16

/** `str(float)`: shortest digits that round-trip, `1.0`, `1e-05`, `1e+16`, `nan`, `inf`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < MOST_INTEGER_DIGITS) return plainDecimal(value, mantissa, power)
  const digits = String(Math.abs(power)).padStart(2, '0')
  return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`
}

/** Without exponent; JavaScript switches to exponents only at 1e-7, below what comes here, and at 1e21. */
function plainDecimal(value: number, mantissa: string, power: number): string {
  const text = String(value)
  if (text.includes('.')) return text
  return mantissa.replace(/[-.]/g, '').length > power + 1 ? text : `${text}.0`
}

/** `repr(str)`: in single quotes, or double ones if the text has a single and no double quote. */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  if (!NEEDS_ESCAPE.test(text)) return `${quote}${text}${quote}`
  const escaped = text.replace(ESCAPED, (character) => escapeCharacter(character, quote))
  return `${quote}${escaped}${quote}`
}

/** Quotes, backslash, and what Python calls not printable: controls, unassigned, separators but the blank. */
const ESCAPED = /['\\]|[^\S ]|\p{C}|\p{Z}/gu
const NEEDS_ESCAPE = /['\\]|[^\S ]|\p{C}|[\p{Zl}\p{Zp}]|[^\P{Zs} ]/u

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

function escapeCharacter(character: string, quote: string): string {
  if (character === ' ') return character
  if (character === "'") return quote === "'" ? "\\'" : character
  const short = SHORT_ESCAPES[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** A list as Python prints it: items that are text already in their form. */
export function pythonList(items: readonly string[]): string {
  return `[${items.join(', ')}]`
}
