import { toDay } from '../../core/calendar.ts'
import { parseInstant } from '../../core/parse-instant.ts'
import {
  all,
  type Condition,
  compare,
  EVERYTHING,
  type Lookup,
  type Order,
  parseOrder,
  related,
  type Scalar,
} from '../../core/query.ts'
import type { SearchNode } from '../../modules/research/domain/search.ts'
import { infoCondition } from '../../modules/research/info-condition.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { problem, type Reading, value } from './field-readers.ts'
import type { Resource, WireField } from './resource.ts'

/** What a list is asked for. */
export type ListQuery = {
  readonly where: Condition
  /** what only a search of samples can tell */
  readonly tests: readonly SearchNode[]
  readonly order: readonly Order[]
  /** undefined for all rows */
  readonly limit: number | undefined
  readonly offset: number
}

const WRONG_CHOICE = 'Select a valid choice. That choice is not one of the available choices.'

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  icontains: 'icontains',
  contains: 'contains',
  iexact: 'iexact',
  startswith: 'startswith',
  istartswith: 'istartswith',
  in: 'in',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  isnull: 'isnull',
}

const MOST_PARAMETERS = 100

/**
 * Reads filters as Django users write them; names that there are not are ignored, repeated ones are alternatives.
 *
 * @throws WireError 400 with a message for each value that its field cannot have
 */
export function parseFilters(resource: Resource, parameters: URLSearchParams): ListQuery {
  const names = [...new Set(parameters.keys())]
  if ([...parameters].length > MOST_PARAMETERS)
    throw new WireError(400, detail(`There may be ${MOST_PARAMETERS} parameters at most.`))
  const problems: Record<string, string[]> = {}
  const conditions: Condition[] = []
  const tests: SearchNode[] = []
  for (const name of names) {
    const values = parameters.getAll(name)
    const test = resource.path === 'samples' ? sampleTest(name, values) : undefined
    const found = test ? undefined : conditionOf(resource, name, values)
    if (test) tests.push(test)
    else if (found?.kind === 'problem') problems[name] = [found.text]
    else if (found) conditions.push(found.value)
  }
  refuseProblems(problems)
  return {
    where: conditions.length === 0 ? EVERYTHING : all(...conditions),
    tests,
    order: orderOf(resource, parameters.get('ordering')),
    limit: wholeNumber(parameters.get('limit')),
    offset: wholeNumber(parameters.get('offset')) ?? 0,
  }
}

/** A condition, what is wrong with its value, or nothing for a name that there is not. */
function conditionOf(
  resource: Resource,
  name: string,
  values: readonly string[],
): Reading<Condition> | undefined {
  const [path = '', word, ...more] = name.split('__')
  const field = resource.fields.find((each) => each.name === path)
  const lookup = word === undefined ? 'exact' : ownLookup(word)
  if (!field || lookup === undefined || more.length > 0) return undefined
  if (field.kind === 'file' && lookup !== 'isnull') return undefined
  return allOf(
    values.map((text) => comparison(field, lookup, text)),
    (of) => ({ kind: 'any', of }),
  )
}

function ownLookup(word: string): Lookup | undefined {
  return Object.hasOwn(LOOKUPS, word) ? LOOKUPS[word] : undefined
}

/** All values together, or the first problem. */
function allOf<T, R>(readings: readonly Reading<T>[], join: (values: readonly T[]) => R): Reading<R> {
  const values: T[] = []
  for (const reading of readings) {
    if (reading.kind === 'problem') return reading
    values.push(reading.value)
  }
  return value(join(values))
}

function sampleTest(name: string, values: readonly string[]): SearchNode | undefined {
  if (name === 'ancestor' || name === 'descendant')
    return { kind: 'any', of: values.map((sampleId) => ({ kind: 'relative', of: name, sampleId })) }
  if (!name.startsWith('info.')) return undefined
  const [path = '', word = 'exact'] = name.slice(5).split('__')
  return infoCondition(path, word, values)
}

function comparison(field: WireField, lookup: Lookup, text: string): Reading<Condition> {
  if (lookup === 'isnull') {
    if (!/^(true|false|0|1)$/i.test(text)) return problem(WRONG_CHOICE)
    return value(compare(field.field, 'isnull', /^(true|1)$/i.test(text)))
  }
  const parts = lookup === 'in' ? text.split(',') : [text]
  if (field.kind === 'sample') return value(ofSample(field, lookup, parts))
  return allOf(
    parts.map((part) => operand(field, part)),
    (values) => compare(field.field, lookup, lookup === 'in' ? values : (values[0] ?? null)),
  )
}

function ofSample(field: WireField, lookup: Lookup, parts: readonly string[]): Condition {
  const [text = ''] = parts
  if (field.nullable && lookup === 'exact' && text === '') return compare(field.field, 'isnull', true)
  return related(field.field, compare('sampleId', lookup, lookup === 'in' ? parts : text))
}

function operand(field: WireField, text: string): Reading<Scalar> {
  switch (field.kind) {
    case 'relation':
      return /^\d{1,15}$/.test(text) ? value(Number(text)) : problem(WRONG_CHOICE)
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? value(Number(text)) : problem('Enter a number.')
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) && toDay(text) !== null
        ? value(text)
        : problem('Enter a valid date.')
    case 'datetime': {
      const instant = parseInstant(text)
      return instant ? value(instant) : problem('Enter a valid date/time.')
    }
    default:
      return text.includes('\0') ? problem('Null characters are not allowed.') : value(text.toWellFormed())
  }
}

/** Fields that there are not are passed over; the order of registration decides what the others leave open. */
function orderOf({ fields }: Resource, given: string | null): readonly Order[] {
  const asked = (given ?? '').split(',').flatMap((word) => {
    const name = word.trim().replace(/^-/, '')
    const field = fields.find((each) => each.name === name && each.kind !== 'file')
    return field ? [parseOrder(`${word.trim().startsWith('-') ? '-' : ''}${field.field}`)] : []
  })
  return [...asked.slice(0, 8), parseOrder('id')]
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
