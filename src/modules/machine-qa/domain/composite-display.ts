import { placePoint } from './float-text.ts'
import { formatNumber } from './number-format.ts'
import type { JsonValue } from './test-result.ts'

const SIGNIFICANT_DIGITS = 8

/**
 * How the result of a calculation is shown while performing: in the test's format, else in the site's default number
 * format, else with eight significant digits. What is not a number is shown as text, structures as JSON.
 */
export function compositeDisplay(
  value: JsonValue,
  formats: { readonly test: string; readonly siteDefault?: string },
): string {
  if (value === null) return ''
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value)
  for (const format of [formats.test, formats.siteDefault ?? '']) {
    const text = format === '' ? undefined : formatNumber(format, value)
    if (text !== undefined) return text
  }
  return eightDigits(value)
}

/** `3.0000000`, `1.0000000e-3`: scientific below 0.01 and from 1e8; `0` for zero. */
function eightDigits(value: number): string {
  if (value === 0) return '0'
  const [mantissa = '', exponentText = ''] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e')
  const exponent = Number(exponentText)
  if (exponent < -2 || exponent >= SIGNIFICANT_DIGITS) return `${mantissa}e${exponentText}`
  const sign = mantissa.startsWith('-') ? '-' : ''
  return sign + placePoint(mantissa.replace(/[-.]/g, ''), exponent)
}
