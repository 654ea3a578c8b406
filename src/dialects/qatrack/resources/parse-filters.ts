import type { Context } from '../../../context.ts'
import { parseDay, startOfDay } from '../../../core/calendar.ts'
import { all, type Condition, compare, EVERYTHING, equals } from '../../../core/query.ts'
import { queryFields } from '../../../core/record.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../../core/refusal.ts'
import { findRecords } from '../../../modules/records/list-records.ts'
import { parseFilterInstant } from '../wire/date-times.ts'
import { NOT_A_CHOICE } from './content-types.ts'
import { fieldCondition, offeredLookup } from './field-condition.ts'
import type { WireResource } from './wire-resource.ts'

const LONGEST_CHAIN = 9
const MOST_FILTERS = 100

/** Conditions about one row, and about the rows that it refers to, by the relation's field. */
type Node = { readonly conditions: Condition[]; readonly relations: Map<string, Node> }

/** What a relation filter names must exist; asked of the database once all parameters are read. */
type Choice = { readonly parameter: string; readonly record: string; readonly id: number }

type Reading = {
  readonly ctx: Context
  readonly resources: ReadonlyMap<string, WireResource>
  readonly choices: Choice[]
}

/**
 * Reads the documented filter language: `field`, `field__lookup`, `relation=<id>`, chains over relations, `!` behind a
 * name to negate. What is not offered is ignored, as is a parameter without a value; all parameters with the same
 * relation in front are about the same related row.
 *
 * @throws RefusedError `invalid-input` with the documented text under the parameter's full name
 */
export async function parseFilters(
  ctx: Context,
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
  parameters: URLSearchParams,
): Promise<Condition> {
  const root: Node = { conditions: [], relations: new Map() }
  const reading: Reading = { ctx, resources, choices: [] }
  const problems: FieldProblem[] = []
  let read = 0
  for (const name of new Set(parameters.keys())) {
    const value = parameters.getAll(name).at(-1) ?? ''
    if (value === '') continue
    read += 1
    if (read > MOST_FILTERS) throw invalidInput('non_field_errors', `More than ${MOST_FILTERS} filters.`)
    try {
      readParameter(reading, root, resource, name, value)
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
      problems.push(...error.refusal.problems.map(({ problem }) => ({ field: name, problem })))
    }
  }
  problems.push(...(await unknownChoices(ctx, reading.choices)))
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return conditionOf(root)
}

function conditionOf({ conditions, relations }: Node): Condition {
  const nested = [...relations].map(
    ([field, node]): Condition => ({ kind: 'related', field, where: conditionOf(node) }),
  )
  const parts = [...conditions, ...nested]
  return parts.length === 0 ? EVERYTHING : all(...parts)
}

function readParameter(
  reading: Reading,
  root: Node,
  resource: WireResource,
  name: string,
  value: string,
): void {
  const negated = name.endsWith('!')
  const path = (negated ? name.slice(0, -1) : name).split('__')
  const place = follow(reading.resources, resource, path)
  if (!place) return
  if (path.length > LONGEST_CHAIN)
    throw invalidInput(name, `This goes through more than ${LONGEST_CHAIN} relations.`)
  const condition = leafCondition(reading, place.resource, place.rest, value, name)
  if (!condition) return
  const node = place.steps.reduce((at, step) => childOf(at, step), root)
  node.conditions.push(negated ? { kind: 'not', of: condition } : condition)
}

type Place = {
  readonly resource: WireResource
  readonly steps: readonly string[]
  readonly rest: readonly string[]
}

/** Walks over relations to the resource that the last words are about; nothing where a word is not offered. */
function follow(
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
  path: readonly string[],
): Place | undefined {
  let current = resource
  const steps: string[] = []
  for (const [index, word] of path.entries()) {
    const filter = Object.hasOwn(current.filters, word) ? current.filters[word] : undefined
    if (filter?.kind !== 'relation' || index === path.length - 1)
      return { resource: current, steps, rest: path.slice(index) }
    const next = resources.get(filter.to)
    if (!next) return undefined
    steps.push(filter.field)
    current = next
  }
  return undefined
}

function childOf(node: Node, step: string): Node {
  const known = node.relations.get(step)
  if (known) return known
  const made: Node = { conditions: [], relations: new Map() }
  node.relations.set(step, made)
  return made
}

function leafCondition(
  reading: Reading,
  resource: WireResource,
  [word = '', ...lookupWords]: readonly string[],
  value: string,
  parameter: string,
): Condition | undefined {
  const bounded = /^(.+)_(min|max)$/.exec(word)
  const filter = Object.hasOwn(resource.filters, word) ? resource.filters[word] : undefined
  if (!filter)
    return bounded && lookupWords.length === 0
      ? boundCondition(reading, resource, bounded, value, parameter)
      : undefined
  if (filter.kind === 'own') return filter.parse({ parameter, value, words: lookupWords })
  if (filter.kind === 'relation') {
    return lookupWords.length === 0
      ? choiceCondition(reading, filter.field, filter.to, value, parameter)
      : undefined
  }
  const lookup = offeredLookup(filter.lookups, lookupWords.join('__') || 'exact')
  const field = queryFields(reading.ctx.catalogue.get(resource.record))[filter.field]
  if (!lookup || !field) return undefined
  return fieldCondition(reading.ctx, { name: filter.field, field, lookup, value, parameter })
}

function boundCondition(
  { ctx }: Reading,
  resource: WireResource,
  [, word = '', end]: readonly string[],
  value: string,
  parameter: string,
): Condition | undefined {
  const filter = Object.hasOwn(resource.filters, word) ? resource.filters[word] : undefined
  if (filter?.kind !== 'field' || !filter.lookups.split(' ').includes('mm')) return undefined
  const field = queryFields(ctx.catalogue.get(resource.record))[filter.field]
  const lookup = end === 'min' ? 'gte' : 'lte'
  const day = parseDay(value)
  if (field?.kind === 'day') {
    if (day === undefined) throw invalidInput(parameter, 'Enter a valid date.')
    return compare(filter.field, lookup, day)
  }
  // a day alone means its first instant, also as the upper bound
  const instant = day === undefined ? parseFilterInstant(value, ctx.zone) : startOfDay(day, ctx.zone)
  if (!instant) throw invalidInput(parameter, 'Enter a valid date/time.')
  return compare(filter.field, lookup, instant)
}

function choiceCondition(
  reading: Reading,
  field: string,
  to: string,
  value: string,
  parameter: string,
): Condition {
  const record = reading.resources.get(to)?.record
  if (!/^\d{1,9}$/.test(value) || record === undefined) throw invalidInput(parameter, NOT_A_CHOICE)
  const id = Number(value)
  reading.choices.push({ parameter, record, id })
  return equals(field, id)
}

async function unknownChoices(ctx: Context, choices: readonly Choice[]): Promise<FieldProblem[]> {
  const byRecord = Map.groupBy(choices, (choice) => choice.record)
  const problems = await Promise.all(
    [...byRecord].map(async ([record, wanted]) => {
      const found = await findRecords(ctx, ctx.catalogue.get(record), [
        ...new Set(wanted.map(({ id }) => id)),
      ])
      const known = new Set(found.map(({ id }) => id))
      return wanted.flatMap(({ parameter, id }) =>
        known.has(id) ? [] : [{ field: parameter, problem: NOT_A_CHOICE }],
      )
    }),
  )
  return problems.flat()
}
