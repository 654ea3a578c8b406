export type ParsedNumber =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'invalid' }

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i
const GROUPED_BY_COMMA = /^[+-]?\d{1,3}(,\d{3})+\.\d*$/
const GROUPED_BY_POINT = /^[+-]?\d{1,3}(\.\d{3})+,\d*$/

/**
 * Reads a number as people type it: `.` and `,` both mark decimals, spaces may group digits, and the sign may
 * be a typographic minus. With one separator only it is always the decimal one: `1,234` is 1.234.
 */
export function parseNumberText(text: string): ParsedNumber {
  const compact = text
    .trim()
    .replaceAll(/[\s\u00a0\u2009\u202f]/g, '')
    .replace('−', '-')
  if (compact === '') return { kind: 'empty' }
  const normal = withDecimalPoint(compact)
  if (!PLAIN.test(normal)) return { kind: 'invalid' }
  const value = Number(normal)
  return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'invalid' }
}

function withDecimalPoint(text: string): string {
  if (GROUPED_BY_COMMA.test(text)) return text.replaceAll(',', '')
  if (GROUPED_BY_POINT.test(text)) return text.replaceAll('.', '').replace(',', '.')
  return text.replace(',', '.')
}

export interface NumberFormat {
  /** Digits after the decimal point; without it as many as carry information, at most six significant. */
  readonly digits?: number
  /** Always with sign, for differences. */
  readonly signed?: boolean
}

/** Writes a number with a decimal point and a real minus sign, so that columns of them line up. */
export function formatNumber(value: number, { digits, signed = false }: NumberFormat = {}): string {
  if (!Number.isFinite(value)) return '—'
  const size = Math.abs(value)
  const text = digits === undefined ? shortest(size) : size.toFixed(digits)
  const isZero = Number(text) === 0
  if (value < 0 && !isZero) return `−${text}`
  return signed && !isZero ? `+${text}` : text
}

function shortest(size: number): string {
  return size !== 0 && (size >= 1e9 || size < 1e-4)
    ? size.toExponential(3)
    : String(Number(size.toPrecision(6)))
}
