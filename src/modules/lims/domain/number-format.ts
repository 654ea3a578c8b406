/** Decimals that a value needs to show its first significant digit: 0.22 gives 1, 0.0021 gives 3, 22 gives 0. */
export function significantDecimals(value: number): number {
  const size = Math.abs(value)
  return size === 0 || size >= 10 ? 0 : Math.abs(Math.floor(Math.log10(size)))
}

/**
 * A number with a fixed number of decimals, rounded as C's `printf` rounds a double: exactly halfway to even digits.
 * A negative precision rounds to whole numbers; there is no negative zero.
 */
export function toFixedDecimals(value: number, precision: number): string {
  const decimals = Math.min(Math.max(precision, 0), 100)
  const text = halfEven(value, decimals)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}

/** `toFixed` is exact but rounds a tie away from zero; ties exist only where the double is exactly halfway. */
function halfEven(value: number, decimals: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return String(value)
  const rounded = value.toFixed(decimals)
  const exact = Math.abs(value).toFixed(Math.min(100, decimals + 60))
  const rest = exact.slice(exact.indexOf('.') + 1 + decimals)
  if (!/^50*$/.test(rest)) return rounded
  const digits = exact.slice(0, exact.length - rest.length).replace(/\.$/, '')
  const last = digits.replace('.', '').at(-1) ?? '0'
  return Number(last) % 2 === 0 ? `${value < 0 ? '-' : ''}${digits}` : rounded
}

export type Notation = '1' | '2' | '3' | '4' | '5'

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * A number by precision and notation.
 *
 * @param threshold digits from which the scientific form is used; 0 never, below 0 always for values under 1
 * @see specification 3.9.4
 */
export function formatNumber(
  value: number,
  precision: number,
  threshold: number,
  notation: Notation = '1',
): string {
  if (!usesScientific(value, precision, threshold)) return toFixedDecimals(value, precision)
  return scientific(Number(toFixedDecimals(value, precision)), notation)
}

function usesScientific(value: number, precision: number, threshold: number): boolean {
  if (threshold === 0 || value === 0) return false
  const size = Math.abs(value)
  if (size >= 1)
    return threshold > 0
      ? integerDigits(value) - 1 >= threshold
      : integerDigits(value) - 1 >= Math.abs(threshold)
  const decimals = significantDecimals(value)
  if (decimals > precision) return false
  return threshold < 0 || decimals >= threshold
}

function integerDigits(value: number): number {
  return Math.trunc(Math.abs(value)).toString().length
}

function scientific(rounded: number, notation: Notation): string {
  if (rounded === 0) return '0'
  const exponent = Math.abs(rounded) >= 1 ? integerDigits(rounded) - 1 : -significantDecimals(rounded)
  const mantissa = String(Number(`${rounded}e${-exponent}`))
  const sign = exponent < 0 ? '-' : ''
  const digits = String(Math.abs(exponent))
  const raised = [...digits].map((digit) => SUPERSCRIPTS.charAt(Number(digit))).join('')
  switch (notation) {
    case '1':
      return `${mantissa}e${sign}${digits.padStart(2, '0')}`
    case '2':
      return `${mantissa}x10^${exponent}`
    case '3':
      return `${mantissa}x10${sign === '' ? '' : '⁻'}${raised}`
    case '4':
      return `${mantissa}·10^${exponent}`
    case '5':
      return `${mantissa}·10${sign === '' ? '' : '⁻'}${raised}`
  }
}

/** A number as Python's `repr` of a float writes it: `25.0`, `1e-05`. */
export function pythonFloat(value: number): string {
  const text =
    Math.abs(value) >= 1e16 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential() : String(value)
  const match = /^(.*)e([+-])(\d+)$/.exec(text)
  if (match) return `${match[1]}e${match[2]}${(match[3] ?? '').padStart(2, '0')}`
  return Number.isInteger(value) ? `${text}.0` : text
}
