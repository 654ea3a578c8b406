import { type FloatStyle, floatLikeText, floatText, shortestText } from './float-text.ts'
import { isNegative, WIDEST_NUMBER } from './printf-format.ts'

/** The format specification of a replacement field, after its colon. */
type FieldSpec = {
  readonly fill: string
  readonly align: string
  readonly sign: string
  /** The `z` option: what rounds to zero has no minus sign. */
  readonly positiveZero: boolean
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d*)([,_])?(?:\.(\d+))?([eEfFgGn%])?$/su
const PIECE = /\{\{|\}\}|\{(0?)(?::([^{}]*))?\}|[^{}]/gsu

/**
 * Formats one number as `format.format(value)` does for a Python float: `{:.3f}`, `{:06.2f}`, `{0:+.2e}`, `{:,.1f}`,
 * `{:.1%}`, `{}`, other text around, `{{` and `}}` for braces.
 *
 * @returns undefined where Python would raise, where the format shows no number, and for a width or precision over
 * {@link WIDEST_NUMBER}
 * @see the "Format Specification Mini-Language" of Python's documentation
 */
export function formatBraces(format: string, value: number): string | undefined {
  let text = ''
  let read = 0
  const fields: string[] = []
  for (const match of format.matchAll(PIECE)) {
    if (match.index !== read) return undefined
    const [piece, name, spec] = match
    read += piece.length
    if (name === undefined) {
      text += piece === '{{' || piece === '}}' ? piece.charAt(0) : piece
      continue
    }
    const field = formatField(spec ?? '', value)
    if (field === undefined) return undefined
    text += field
    fields.push(name)
  }
  return read === format.length && refersToOneValue(fields) ? text : undefined
}

/** `{}` counts its fields and may occur once, `{0}` any number of times; Python refuses a mixture. */
function refersToOneValue(fields: readonly string[]): boolean {
  return fields.length === 1 || (fields.length > 1 && fields.every((name) => name === '0'))
}

function parseSpec(text: string): FieldSpec | undefined {
  const match = SPEC.exec(text)
  if (!match) return undefined
  const [, fill, align, sign, positiveZero, alternate, zero, width, grouping, precision, type] = match
  const spec = {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero ? '=' : '>'),
    sign: sign ?? '-',
    positiveZero: positiveZero !== undefined,
    alternate: alternate !== undefined,
    width: Number(width),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  }
  if (spec.width > WIDEST_NUMBER || (spec.precision ?? 0) > WIDEST_NUMBER) return undefined
  return spec.type === 'n' && spec.grouping ? undefined : spec
}

function formatField(text: string, value: number): string | undefined {
  const spec = parseSpec(text)
  if (!spec) return undefined
  const body = digitsOf(spec, value)
  const isZero = spec.positiveZero && !/[1-9]/.test(body.split(/e/i)[0] ?? '')
  const sign = isNegative(value) && !isZero ? '-' : spec.sign === '-' ? '' : spec.sign
  return pad(spec, sign, spec.grouping ? groupDigits(spec, sign, body) : body)
}

function digitsOf({ type, precision, alternate }: FieldSpec, value: number): string {
  if (type === '') {
    return precision === undefined ? shortestText(value) : floatLikeText(value, precision, alternate)
  }
  if (type === '%') {
    return `${floatText(value * 100, { type: 'f', precision: precision ?? 6, alternate })}%`
  }
  const lower = type.toLowerCase()
  const style: FloatStyle['type'] = lower === 'e' || lower === 'f' ? lower : 'g'
  const text = floatText(value, { type: style, precision: precision ?? 6, alternate })
  return type === lower ? text : text.toUpperCase()
}

/** Separates thousands; zeros that fill a width are separated too (`{:08,.1f}` of 0 is `00,000.0`). */
function groupDigits({ fill, align, width, grouping }: FieldSpec, sign: string, body: string): string {
  const [, whole = '', rest = ''] = /^(\d*)(.*)$/s.exec(body) ?? []
  let padded = whole
  if (fill === '0' && align === '=') {
    const room = width - sign.length - rest.length
    while (padded.length + Math.floor((padded.length - 1) / 3) < room) padded = `0${padded}`
  }
  return padded.replace(/\B(?=(\d{3})+$)/g, grouping) + rest
}

function pad({ align, fill, width }: FieldSpec, sign: string, body: string): string {
  const missing = Math.max(0, width - sign.length - [...body].length)
  switch (align) {
    case '<':
      return sign + body + fill.repeat(missing)
    case '=':
      return sign + fill.repeat(missing) + body
    case '^': {
      const left = Math.floor(missing / 2)
      return fill.repeat(left) + sign + body + fill.repeat(missing - left)
    }
    default:
      return fill.repeat(missing) + sign + body
  }
}
