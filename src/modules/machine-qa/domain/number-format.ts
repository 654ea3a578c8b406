import { formatBraces } from './brace-format.ts'
import { floatText } from './float-text.ts'
import { formatPrintf, isNegative } from './printf-format.ts'

/** Longest format of a test. */
export const LONGEST_FORMAT = 10

/**
 * A number in a test's format, printf style (`%.2f`) or new style (`{:.3f}`).
 *
 * @returns undefined if the format is neither
 */
export function formatNumber(format: string, value: number): string | undefined {
  return formatPrintf(format, value) ?? formatBraces(format, value)
}

/** `%.4g`: four significant digits without trailing zeros, how results are shown that have no format of their own. */
export function formatFourDigits(value: number): string {
  return signed(value, floatText(value, { type: 'g', precision: 4, alternate: false }))
}

/** `%.6G`, how reference values are shown. */
export function formatReferenceNumber(value: number): string {
  return signed(value, floatText(value, { type: 'g', precision: 6, alternate: false })).toUpperCase()
}

/** `%.3f`, `%.2f`, …: fixed places. */
export function formatFixed(value: number, places: number): string {
  return signed(value, floatText(value, { type: 'f', precision: places, alternate: false }))
}

function signed(value: number, text: string): string {
  return isNegative(value) ? `-${text}` : text
}
