/** The digits `d1d2d3…` of `d1.d2d3… × 10^exponent`, without sign; those of zero are all `0`. */
export type DecimalDigits = { readonly digits: string; readonly exponent: number }

/** Numerator and denominator of |value|, exactly. */
function exactFraction(value: number): { numerator: bigint; denominator: bigint } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, Math.abs(value))
  const raw = bits.getBigUint64(0)
  const biased = Number(raw >> 52n)
  const fraction = raw & 0xfffffffffffffn
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n
  const power = (biased === 0 ? 1 : biased) - 1075
  return power >= 0
    ? { numerator: mantissa << BigInt(power), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << BigInt(-power) }
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = 2n * (numerator - quotient * denominator)
  if (twice < denominator || (twice === denominator && quotient % 2n === 0n)) return quotient
  return quotient + 1n
}

/**
 * |value| × 10^places as a whole number, the exact double rounded half to even.
 *
 * NOTE `toFixed` and `toPrecision` round exact halves away from zero (2.5 → 3), where C and Python give 2.
 */
export function roundToPlaces(value: number, places: number): bigint {
  const { numerator, denominator } = exactFraction(value)
  return divideHalfEven(numerator * 10n ** BigInt(places), denominator)
}

/** |value| to a number of significant digits (≥ 1), the exact double rounded half to even. */
export function roundToDigits(value: number, significant: number): DecimalDigits {
  if (value === 0) return { digits: '0'.repeat(significant), exponent: 0 }
  const { numerator, denominator } = exactFraction(value)
  const exponent = decimalExponent(value, numerator, denominator)
  const shift = significant - 1 - exponent
  const scaled =
    shift >= 0
      ? divideHalfEven(numerator * 10n ** BigInt(shift), denominator)
      : divideHalfEven(numerator, denominator * 10n ** BigInt(-shift))
  const digits = scaled.toString()
  return digits.length > significant
    ? { digits: digits.slice(0, significant), exponent: exponent + 1 }
    : { digits, exponent }
}

/** The power of ten of the first digit. The shortest text of 1e23 says 23, but that double is a little smaller. */
function decimalExponent(value: number, numerator: bigint, denominator: bigint): number {
  const guess = Number(Math.abs(value).toExponential().split('e')[1])
  const isBelow =
    guess >= 0
      ? numerator < denominator * 10n ** BigInt(guess)
      : numerator * 10n ** BigInt(-guess) < denominator
  return isBelow ? guess - 1 : guess
}
