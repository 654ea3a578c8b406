import type { SearchText } from './search-text.ts'
import { dayBounds, dayIn, formatDay } from './site-time.ts'
import type { SearchPatch } from './url-state.ts'

/** What can be filtered in a list. */
export interface FilterField {
  /** Path of the field on the server: `unit.number`. */
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'choice' | 'reference' | 'boolean' | 'day' | 'instant' | 'number'
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  readonly target?: string
  readonly unit?: string
}

/** The value of a filter in the address, per comparison: `{ '': '3', gte: '5' }`. */
export type FilterValue = Readonly<Record<string, string>>

/** The conditions on one field, keyed by comparison. */
export function readFilter(filters: SearchText, name: string): FilterValue {
  const found: Record<string, string> = {}
  for (const [key, value] of Object.entries(filters)) {
    const [path, comparison = ''] = key.split(':', 2)
    if (path === name) found[comparison] = value
  }
  return found
}

/** Writes the conditions on one field; those it had and no longer has are taken away. */
export function writeFilter(before: SearchText, name: string, value: FilterValue): SearchPatch {
  const patch: Record<string, string | undefined> = {}
  for (const comparison of Object.keys(readFilter(before, name))) patch[keyOf(name, comparison)] = undefined
  for (const [comparison, text] of Object.entries(value)) {
    patch[keyOf(name, comparison)] = text === '' ? undefined : text
  }
  return patch
}

function keyOf(name: string, comparison: string): string {
  return comparison === '' ? name : `${name}:${comparison}`
}

/** The chosen values of a choice or reference, from `x=1` or `x:in=1,2`. */
export function chosenValues(value: FilterValue): readonly string[] {
  return (value.in ?? value[''] ?? '').split(',').filter(Boolean)
}

/** One value as `x=1`, several as `x:in=1,2`. */
export function choiceFilter(values: readonly string[]): FilterValue {
  if (values.length === 0) return {}
  return values.length === 1 ? { '': values[0] ?? '' } : { in: values.join(',') }
}

/** Two days of which either may be missing, as conditions on a day or, by the site's zone, on an instant. */
export function periodFilter(kind: 'day' | 'instant', from: string, to: string, zone: string): FilterValue {
  if (kind === 'day') return { gte: from, lte: to }
  const start = from === '' ? undefined : dayBounds(from, zone)?.[0]
  const end = to === '' ? undefined : dayBounds(to, zone)?.[1]
  return { gte: start?.toISOString() ?? '', lt: end?.toISOString() ?? '' }
}

/** The two days of a period as `periodFilter` wrote it. */
export function periodDays(
  kind: 'day' | 'instant',
  value: FilterValue,
  zone: string,
): readonly [string, string] {
  if (kind === 'day') return [value.gte ?? '', value.lte ?? '']
  const from = value.gte === undefined ? '' : dayIn(new Date(value.gte), zone)
  const to = value.lt === undefined ? '' : dayIn(new Date(Date.parse(value.lt) - 1), zone)
  return [from, to]
}

/** What a chip says after the name of its field. `labelOf` knows the titles of referenced rows. */
export function describeFilter(
  field: FilterField,
  value: FilterValue,
  zone: string,
  labelOf: (id: string) => string,
): string {
  switch (field.kind) {
    case 'choice':
    case 'reference':
      return chosenValues(value).map(labelOf).join(', ')
    case 'boolean':
      return value[''] === 'true' ? 'yes' : 'no'
    case 'day':
    case 'instant':
      return describeRange(
        periodDays(field.kind, value, zone).map((day) => (day === '' ? '' : formatDay(day))),
      )
    case 'number':
      return value[''] ?? describeRange([value.gte ?? '', value.lte ?? ''])
    case 'text':
      return value.icontains ?? Object.values(value).join(', ')
  }
}

function describeRange([from = '', to = '']: readonly string[]): string {
  if (from === '') return `up to ${to}`
  if (to === '') return `from ${from}`
  return from === to ? from : `${from} – ${to}`
}
