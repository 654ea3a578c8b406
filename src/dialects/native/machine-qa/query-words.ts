import { type CalendarDay, parseDay } from '../../../core/calendar.ts'
import { invalidInput } from '../../../core/refusal.ts'

const MOST_WORDS = 1000

/** The values of a name in a query, from `x=1`, `x=1,2` and `x:in=1,2`; undefined where there are none. */
export function words(parameters: URLSearchParams, name: string): readonly string[] | undefined {
  const found = [...parameters.getAll(name), ...parameters.getAll(`${name}:in`)]
    .flatMap((text) => text.split(','))
    .filter(Boolean)
  if (found.length > MOST_WORDS) throw invalidInput(name, `Name ${MOST_WORDS} at most.`)
  return found.length === 0 ? undefined : found
}

/** As {@link words}, of ids. @throws RefusedError `invalid-input` */
export function ids(parameters: URLSearchParams, name: string): readonly number[] | undefined {
  return words(parameters, name)?.map((word) => toId(name, word))
}

export function toId(name: string, word: string): number {
  if (!/^\d{1,9}$/.test(word)) throw invalidInput(name, 'This must be a whole number.')
  return Number(word)
}

/** One of some words; undefined where the name is absent. @throws RefusedError `invalid-input` */
export function oneOf<Word extends string>(
  parameters: URLSearchParams,
  name: string,
  known: readonly Word[],
): Word | undefined {
  const given = parameters.get(name)
  if (given === null || given === '') return undefined
  const word = known.find((each) => each === given)
  if (word === undefined) throw invalidInput(name, `This must be one of ${known.join(', ')}.`)
  return word
}

/** A whole number of up to seven digits; undefined where the name is absent. @throws RefusedError `invalid-input` */
export function wholeNumber(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  if (!/^\d{1,7}$/.test(text)) throw invalidInput(name, 'This must be a whole number.')
  return Number(text)
}

/** A day such as 2026-11-22; undefined where the name is absent. @throws RefusedError `invalid-input` */
export function dayOf(parameters: URLSearchParams, name: string): CalendarDay | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  const day = parseDay(text)
  if (day === undefined) throw invalidInput(name, 'This must be a day such as 2026-11-22.')
  return day
}

/** The words searched for, cut to a length that makes sense; undefined where there are none. */
export function searchText(parameters: URLSearchParams): string | undefined {
  return parameters.get('q')?.slice(0, 200) || undefined
}

/** Without the names whose values are undefined. */
export function defined<T extends Record<string, unknown>>(
  values: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
