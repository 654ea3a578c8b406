import { floatLiteral } from './render-json.ts'

/**
 * The name of a JSON value's type as Python says it.
 *
 * @param text the number as it was typed, where it is known: `1.0` is a float there
 */
export function pythonType(value: unknown, text?: string): string {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'boolean':
      return 'bool'
    case 'number':
      return isWhole(value, text) ? 'int' : 'float'
    default:
      return 'dict'
  }
}

/** A number as Python turns it into text: whole ones digit by digit, others in the shortest form with a point. */
export function pythonNumberText(value: number, text?: string): string {
  if (!isWhole(value, text)) return floatLiteral(value)
  return text === undefined ? BigInt(value).toString() : BigInt(text).toString()
}

function isWhole(value: number, text: string | undefined): boolean {
  return text === undefined ? Number.isInteger(value) : /^-?\d+$/.test(text)
}
