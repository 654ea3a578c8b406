import { shortestText } from '../../../modules/machine-qa/domain/float-text.ts'

/** A number that is written with a point or an exponent even when it is whole: `1.0`. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toJSON(): unknown {
    return rawJson(floatLiteral(this.value))
  }
}

/** Puts text into JSON as it is; TypeScript does not know it yet. */
const rawJson: (text: string) => unknown = Reflect.get(JSON, 'rawJSON')

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
  return JSON.stringify(value, undefined, indent) ?? 'null'
}

/** A floating-point number as Python writes it, with a point or an exponent. */
export function floatLiteral(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  return (value < 0 || Object.is(value, -0) ? '-' : '') + shortestText(value)
}
