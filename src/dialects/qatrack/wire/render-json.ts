import { shortestText } from '../../../modules/machine-qa/domain/float-text.ts'

/** A number that is written with a point or an exponent even when it is whole: `1.0`. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A floating-point column as it is written on this wire; null stays null. */
export function float(value: number | null): Float | null {
  return value === null ? null : new Float(value)
}

/**
 * JSON as the documented system writes it: no blanks after `,` and `:`, letters outside ASCII unescaped, floating-point
 * numbers in Python's shortest form.
 *
 * @param indent blanks for each level, as `Accept: application/json; indent=2` asks; 0 for none
 */
export function renderJson(value: unknown, indent = 0): string {
  return render(value, indent, '\n')
}

function render(value: unknown, indent: number, newline: string): string {
  if (value instanceof Float) return floatLiteral(value.value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const inner = newline + ' '.repeat(indent)
  if (Array.isArray(value)) {
    return enclose(
      '[',
      value.map((item) => render(item, indent, inner)),
      ']',
      indent,
      newline,
    )
  }
  const colon = indent > 0 ? ': ' : ':'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}${colon}${render(member, indent, inner)}`)
  return enclose('{', members, '}', indent, newline)
}

/** A floating-point number as Python writes it, with a point or an exponent. */
export function floatLiteral(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  return (value < 0 || Object.is(value, -0) ? '-' : '') + shortestText(value)
}

function enclose(
  open: string,
  parts: readonly string[],
  close: string,
  indent: number,
  newline: string,
): string {
  if (parts.length === 0) return open + close
  if (indent === 0) return open + parts.join(',') + close
  const inner = newline + ' '.repeat(indent)
  return open + inner + parts.join(`,${inner}`) + newline + close
}
