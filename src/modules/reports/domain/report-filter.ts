import type { CalendarDay } from '../../../core/calendar.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import { isPeriod, type Period, resolvePeriod } from './period.ts'

/** What a report can be narrowed to. */
export type ReportFilter = {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly required?: boolean
} & (
  | { readonly kind: 'period'; readonly direction: 'past' | 'future'; readonly default?: string }
  /** rows of a declared record; none chosen means all */
  | { readonly kind: 'records'; readonly record: string; readonly most?: number }
  | {
      readonly kind: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly default?: readonly string[]
    }
  | { readonly kind: 'flag'; readonly default?: boolean }
)

/** Filters as they are stored and sent: periods as text, records as ids, choices as words. */
export type FilterValues = Readonly<Record<string, string | readonly number[] | readonly string[] | boolean>>

/** Filters as a report reads them; undefined where nothing narrows it. */
export type ReportFilters = {
  period(name: string): Period | undefined
  ids(name: string): readonly number[] | undefined
  words(name: string): readonly string[] | undefined
  flag(name: string): boolean
}

const MOST_IDS = 500

/**
 * Reads filters that somebody gave; those left out take their default.
 *
 * @throws RefusedError `invalid-input` naming each wrong one as `filters.<name>`
 */
export function parseFilters(declared: readonly ReportFilter[], given: unknown): FilterValues {
  const values = entriesOf(given)
  const problems: FieldProblem[] = [...values.keys()]
    .filter((name) => !declared.some((filter) => filter.name === name))
    .map((name) => ({ field: `filters.${name.slice(0, 40)}`, problem: 'This report has no such filter.' }))
  const parsed: Record<string, FilterValues[string]> = {}
  for (const filter of declared) {
    const value = values.get(filter.name) ?? defaultOf(filter)
    if (isNothing(value)) {
      if (filter.required) problems.push({ field: `filters.${filter.name}`, problem: 'This is required.' })
      continue
    }
    const read = readFilter(filter, value)
    if (typeof read === 'object' && 'problem' in read)
      problems.push({ field: `filters.${filter.name}`, problem: read.problem })
    else parsed[filter.name] = read
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return parsed
}

function entriesOf(given: unknown): ReadonlyMap<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return new Map(Object.entries(given))
  const problems = [{ field: 'filters', problem: 'This must be an object.' }]
  throw new RefusedError({ kind: 'invalid-input', problems })
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function defaultOf(filter: ReportFilter): FilterValues[string] | undefined {
  return filter.kind === 'records' ? undefined : filter.default
}

function readFilter(
  filter: ReportFilter,
  value: unknown,
): FilterValues[string] | { readonly problem: string } {
  switch (filter.kind) {
    case 'period':
      return typeof value === 'string' && isPeriod(value)
        ? value
        : { problem: 'This must be a period such as last-30-days or 2026-01-01..2026-01-31.' }
    case 'records':
      return readIds(value, filter.most ?? MOST_IDS)
    case 'choice': {
      const known = new Set(filter.choices.map((choice) => choice.value))
      const words = Array.isArray(value) ? value : [value]
      return words.length <= known.size && words.every((word) => known.has(word))
        ? [...new Set<string>(words)]
        : { problem: `This must be some of ${[...known].join(', ')}.` }
    }
    case 'flag':
      return typeof value === 'boolean' ? value : { problem: 'This must be true or false.' }
  }
}

function readIds(value: unknown, most: number): readonly number[] | { readonly problem: string } {
  const isIds = Array.isArray(value) && value.every((id) => Number.isSafeInteger(id) && id > 0)
  if (!isIds) return { problem: 'This must be a list of ids.' }
  const ids = new Set<number>(value)
  return ids.size <= most ? [...ids] : { problem: `This may name ${most} at most.` }
}

/** Filters that {@link parseFilters} gave, on the day of a run. */
export function resolveFilters(values: FilterValues, today: CalendarDay): ReportFilters {
  return {
    period: (name) => {
      const value = values[name]
      return typeof value === 'string' ? resolvePeriod(value, today) : undefined
    },
    ids: (name) => listOf(values[name], 'number'),
    words: (name) => listOf(values[name], 'string'),
    flag: (name) => values[name] === true,
  }
}

function listOf<K extends 'number' | 'string'>(
  value: FilterValues[string] | undefined,
  kind: K,
): readonly (K extends 'number' ? number : string)[] | undefined {
  type Member = K extends 'number' ? number : string
  const isMember = (member: number | string): member is Member => typeof member === kind
  return typeof value === 'object' ? [...value].filter(isMember) : undefined
}
