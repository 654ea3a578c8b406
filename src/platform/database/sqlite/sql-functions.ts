import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { RE2JS, RE2JSException } from 're2js'
import { invalidInput } from '../../../core/refusal.ts'
import { fold } from '../fold.ts'

const COMPILED_LIMIT = 100

/**
 * Adds to a connection what SQL alone cannot do: `fold(text)`, `re2(pattern, text)` and `re2i(pattern, text)`,
 * the last two searching in time linear in the text. NULL in, NULL out.
 */
export function registerFunctions(connection: DatabaseSync): void {
  const options = { deterministic: true } as const
  connection.function('fold', options, (text) => (typeof text === 'string' ? fold(text) : text))
  connection.function('re2', options, search(0))
  connection.function('re2i', options, search(RE2JS.CASE_INSENSITIVE))
}

function search(flags: number): (pattern: SQLOutputValue, text: SQLOutputValue) => SQLInputValue {
  const compiled = new Map<string, RE2JS>()
  return (pattern, text) => {
    if (pattern === null || text === null) return null
    const source = String(pattern)
    let expression = compiled.get(source)
    if (!expression) {
      expression = compile(source, flags)
      if (compiled.size >= COMPILED_LIMIT) compiled.clear()
      compiled.set(source, expression)
    }
    return expression.test(String(text)) ? 1 : 0
  }
}

function compile(pattern: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(pattern, flags)
  } catch (error) {
    if (error instanceof RE2JSException) throw invalidInput('', `Not a regular expression: ${error.message}.`)
    throw error
  }
}
