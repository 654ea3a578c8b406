import { roundToDigits, roundToPlaces } from './decimal-digits.ts'

/**
 * How a number without its sign is written, as in C's printf.
 * `e` scientific, `f` fixed, `g` the shorter of both without trailing zeros.
 */
export type FloatStyle = {
  readonly type: 'e' | 'f' | 'g'
  readonly precision: number
  /** The `#` flag: keep the point and the trailing zeros. */
  readonly alternate: boolean
}

/** Text of |value| in a printf style; `inf` and `nan` for what is not finite. */
export function floatText(value: number, { type, precision, alternate }: FloatStyle): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return 'inf'
  switch (type) {
    case 'f':
      return fixedText(value, precision, alternate)
    case 'e':
      return scientificText(value, precision, alternate)
    case 'g': {
      const significant = Math.max(precision, 1)
      return generalText(value, { significant, scientificFrom: significant, alternate })
    }
  }
}

/**
 * Text of |value| as Python formats a float when only a precision is given (`{:.3}`): general, but always recognisable
 * as a float (`3.0`), for which the scientific form begins one power of ten earlier.
 */
export function floatLikeText(value: number, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) return floatText(value, { type: 'g', precision, alternate })
  const significant = Math.max(precision, 1)
  const text = generalText(value, { significant, scientificFrom: significant - 1, alternate })
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** Text of |value| as Python's `repr`: the shortest digits that read back, scientific below 1e-4 and from 1e16. */
export function shortestText(value: number): string {
  if (!Number.isFinite(value)) return floatText(value, { type: 'f', precision: 0, alternate: false })
  const [mantissa = '', exponentText = ''] = Math.abs(value).toExponential().split('e')
  const exponent = Number(exponentText)
  const digits = mantissa.replace('.', '')
  if (exponent < -4 || exponent >= 16) return mantissa + exponentSuffix(exponent)
  const text = placePoint(digits, exponent)
  return text.includes('.') ? text : `${text}.0`
}

/** Digits `d1d2d3…` of `d1.d2d3… × 10^exponent` written without an exponent. */
export function placePoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0')
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

function fixedText(value: number, places: number, alternate: boolean): string {
  const digits = roundToPlaces(value, places)
    .toString()
    .padStart(places + 1, '0')
  if (places === 0) return alternate ? `${digits}.` : digits
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function scientificText(value: number, places: number, alternate: boolean): string {
  const { digits, exponent } = roundToDigits(value, places + 1)
  const point = places > 0 || alternate ? '.' : ''
  return `${digits.slice(0, 1)}${point}${digits.slice(1)}${exponentSuffix(exponent)}`
}

type GeneralStyle = {
  readonly significant: number
  /** The first power of ten that is written with an exponent. */
  readonly scientificFrom: number
  readonly alternate: boolean
}

function generalText(value: number, { significant, scientificFrom, alternate }: GeneralStyle): string {
  const { digits, exponent } = roundToDigits(value, significant)
  const kept = alternate ? digits : digits.replace(/0+$/, '') || '0'
  if (exponent < -4 || exponent >= scientificFrom) {
    const point = kept.length > 1 || alternate ? '.' : ''
    return `${kept.slice(0, 1)}${point}${kept.slice(1)}${exponentSuffix(exponent)}`
  }
  const text = placePoint(kept, exponent)
  return alternate && !text.includes('.') ? `${text}.` : text
}

function exponentSuffix(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
