import { shortestText } from './float-text.ts'

/** A number that Python holds as a float, and so writes with a point or an exponent. */
export type PythonFloat = { readonly float: number }

export type PythonValue =
  | string
  | number
  | boolean
  | null
  | PythonFloat
  | readonly PythonValue[]
  | { readonly [name: string]: PythonValue }

/**
 * JSON as Python's `json.dumps` writes it: a blank after `,` and `:`, letters outside ASCII as escapes.
 *
 * @param indent blanks for each level; without it everything stands on one line
 */
export function pythonJson(value: PythonValue, indent?: number): string {
  return write(value, indent, '')
}

function write(value: PythonValue, indent: number | undefined, margin: string): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return asciiText(value)
  if (typeof value !== 'object') return String(value)
  if (isFloat(value)) return floatText(value.float)
  const inner = indent === undefined ? '' : margin + ' '.repeat(indent)
  const parts = Array.isArray(value)
    ? value.map((each) => write(each, indent, inner))
    : Object.entries(value).map(([name, each]) => `${asciiText(name)}: ${write(each, indent, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return open + close
  if (indent === undefined) return open + parts.join(', ') + close
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${margin}${close}`
}

function isFloat(value: object): value is PythonFloat {
  return 'float' in value && typeof value.float === 'number' && Object.keys(value).length === 1
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return (value < 0 || Object.is(value, -0) ? '-' : '') + shortestText(value)
}

function asciiText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
