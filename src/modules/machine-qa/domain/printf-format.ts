import { floatText, shortestText } from './float-text.ts'

/** Longest width and precision that are honoured: a hostile `%.9999999f` would otherwise cost megabytes. */
export const WIDEST_NUMBER = 100

type Conversion = {
  readonly flags: ReadonlySet<string>
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

const PIECE = /%(?:%|([#0\- +]*)(\d*)(?:\.(\d*))?[hlL]?([diueEfFgGrsa]))|[^%]/gs

/**
 * Formats one number as `format % value` does in Python 3: one conversion of `%d %i %u %e %E %f %F %g %G %r %s %a` with
 * flags, width and precision, other text around it, `%%` for a per cent sign.
 *
 * @returns undefined where Python would raise (no conversion or several, an unknown one, `%d` of what is not finite),
 * and for a width or precision over {@link WIDEST_NUMBER}
 */
export function formatPrintf(format: string, value: number): string | undefined {
  let text = ''
  let read = 0
  let conversions = 0
  for (const match of format.matchAll(PIECE)) {
    if (match.index !== read) return undefined
    const [piece] = match
    read += piece.length
    const conversion = conversionOf(match)
    if (!conversion) {
      text += piece === '%%' ? '%' : piece
      continue
    }
    const converted = conversions === 0 ? convert(conversion, value) : undefined
    if (converted === undefined) return undefined
    text += converted
    conversions += 1
  }
  return conversions === 1 && read === format.length ? text : undefined
}

function conversionOf([, flags, width, precision, type]: RegExpMatchArray): Conversion | undefined {
  if (type === undefined) return undefined
  return {
    flags: new Set(flags),
    width: Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    type,
  }
}

function convert(conversion: Conversion, value: number): string | undefined {
  const { flags, width, precision, type } = conversion
  if (width > WIDEST_NUMBER || (precision ?? 0) > WIDEST_NUMBER) return undefined
  if ('rsa'.includes(type)) {
    const text = (isNegative(value) ? '-' : '') + shortestText(value)
    const cut = precision === undefined ? text : text.slice(0, precision)
    return flags.has('-') ? cut.padEnd(width) : cut.padStart(width)
  }
  if (!'diu'.includes(type))
    return padNumber(conversion, isNegative(value), floatConversion(conversion, value))
  const digits = integerText(value, precision)
  return digits === undefined ? undefined : padNumber(conversion, value <= -1, digits)
}

function padNumber({ flags, width }: Conversion, negative: boolean, digits: string): string {
  const sign = negative ? '-' : ([...'+ '].find((flag) => flags.has(flag)) ?? '')
  if (flags.has('-')) return (sign + digits).padEnd(width)
  if (flags.has('0')) return sign + digits.padStart(width - sign.length, '0')
  return (sign + digits).padStart(width)
}

function floatConversion({ type, precision, flags }: Conversion, value: number): string {
  const lower = type.toLowerCase()
  const style = lower === 'e' || lower === 'f' ? lower : 'g'
  const text = floatText(value, { type: style, precision: precision ?? 6, alternate: flags.has('#') })
  return type === lower ? text : text.toUpperCase()
}

function integerText(value: number, precision: number | undefined): string | undefined {
  if (!Number.isFinite(value)) return undefined
  return BigInt(Math.trunc(Math.abs(value)))
    .toString()
    .padStart(precision ?? 0, '0')
}

/** True also for −0, which keeps its sign in C and Python. */
export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0)
}
