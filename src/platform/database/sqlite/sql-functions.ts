import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { RE2JS, RE2JSException } from 're2js'
import { localTimeAt, toDay, weekdayOf, zoneDay } from '../../../core/calendar.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { fold } from '../fold.ts'

const COMPILED_LIMIT = 100

/**
 * Adds to a connection what SQL alone cannot do: `fold(text)`, `re2(pattern, text)` and `re2i(pattern, text)`,
 * the last two searching in time linear in the text, and `local_part(part, day or instant, zone)` with month, day
 * or weekday (1 is Monday). NULL in, NULL out.
 */
export function registerFunctions(connection: DatabaseSync): void {
  const options = { deterministic: true } as const
  connection.function('fold', options, (text) => (typeof text === 'string' ? fold(text) : text))
  connection.function('re2', options, search(0))
  connection.function('re2i', options, search(RE2JS.CASE_INSENSITIVE))
  connection.function('local_part', options, localPart)
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

function localPart(part: SQLOutputValue, moment: SQLOutputValue, zone: SQLOutputValue): SQLInputValue {
  if (typeof moment !== 'string' || typeof zone !== 'string') return null
  const isDay = moment.length === 10
  if (part === 'weekday') return weekdayOf(isDay ? toDay(moment) : zoneDay(new Date(moment), zone))
  if (isDay) return Number(part === 'month' ? moment.slice(5, 7) : moment.slice(8, 10))
  const local = localTimeAt(new Date(moment), zone)
  return part === 'month' ? local.month : local.day
}
