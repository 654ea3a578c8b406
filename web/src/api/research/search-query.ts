import type { ResearchChoices } from '../../../../src/dialects/native/research/research.schema.ts'
import type { Query } from '../client.ts'

/** Filters on fields of the info carry this before the path, so that they meet none of the sample's own. */
export const INFO_PREFIX = 'info.'

const COMPARISONS: Readonly<Record<string, string>> = {
  '': '=',
  gte: '>=',
  lte: '<=',
  gt: '>',
  lt: '<',
  icontains: '~',
}

/** The same rule by which the server tells an expression from words. */
const EXPRESSION = /[=<>~]|\b(between|in|has|filled|not)\b/

const PAGING: ReadonlySet<string> = new Set(['q', 'order', 'limit', 'offset', 'includeRetired'])

type NamesOf = (name: string, ids: readonly string[]) => readonly string[]

/** Text box and filters as one search of the server's language. Filters by id are asked for by name. */
export function searchText(query: Query, choices: ResearchChoices | undefined): string {
  const namesOf: NamesOf = (name, ids) => {
    const known = { type: choices?.sampleTypes, project: choices?.projects, institute: choices?.institutes }[
      name
    ]
    if (known === undefined) return ids
    const labels = new Map<string, string>(
      known.map((row) => [String(row.id), 'label' in row ? row.label : row.name]),
    )
    return ids.map((id) => labels.get(id) ?? id)
  }
  const conditions = Object.entries(query).flatMap(([key, value]) =>
    PAGING.has(key) || value === undefined || value === null
      ? []
      : [conditionOf(key, String(value), namesOf)],
  )
  const typed = String(query.q ?? '').trim()
  if (typed === '') return conditions.join(' and ')
  if (conditions.length === 0) return typed
  const words = ['sample_id', 'sample_name', 'location'].map((path) => `${path} ~ ${quoted(typed)}`)
  return [`(${EXPRESSION.test(typed) ? typed : words.join(' or ')})`, ...conditions].join(' and ')
}

function conditionOf(key: string, value: string, namesOf: NamesOf): string {
  const [name = '', comparison = ''] = key.split(':', 2)
  const isInfo = name.startsWith(INFO_PREFIX)
  const path = isInfo ? name.slice(INFO_PREFIX.length) : name
  if (comparison === 'in') {
    const values = namesOf(name, value.split(',')).map(quoted)
    return `${path} in (${values.join(', ')})`
  }
  const [only = value] = namesOf(name, [value])
  return `${path} ${COMPARISONS[comparison] ?? '='} ${operandOf(only, isInfo)}`
}

function operandOf(text: string, isInfo: boolean): string {
  const isPlain = isInfo && /^(true|false|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i.test(text)
  return isPlain ? text : quoted(text)
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
