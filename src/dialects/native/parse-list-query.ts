import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { parseInstant } from '../../core/parse-instant.ts'
import {
  all,
  type Condition,
  compare,
  EVERYTHING,
  LOOKUPS,
  type Lookup,
  parseOrder,
  type Query,
  type Scalar,
} from '../../core/query.ts'
import { type Field, queryFields, type RecordType } from '../../core/record.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import { ownField } from '../../platform/records/catalogue.ts'

const MAX_LIMIT = 1000
const DEFAULT_LIMIT = 50

/** Parameters of a list that are not conditions on a field. */
const RESERVED = new Set(['q', 'order', 'limit', 'offset', 'total', 'includeRetired', 'format', 'columns'])

/**
 * Reads the native list syntax: `q` free text, `order=-name,unit.number`, `limit`, `offset`, and conditions
 * `path=value`, `path:lookup=value`, `path:!lookup=value` with dots across references; all must hold.
 *
 * A condition across a reference sees what the caller may see there: rows within the caller's scope, and without the
 * permission to view the other record only what labels show of it.
 *
 * @throws RefusedError `invalid-input` naming every parameter that cannot be understood; `not-permitted`
 */
export function parseListQuery(asking: Asking, record: RecordType, parameters: URLSearchParams): Query {
  const problems: FieldProblem[] = []
  const conditions: Condition[] = []
  for (const [name, value] of parameters) {
    if (RESERVED.has(name)) continue
    try {
      conditions.push(parseCondition(asking, record, name, value))
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
      problems.push(...error.refusal.problems.map(({ problem }) => ({ field: name, problem })))
    }
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  const text = parameters.get('q')?.trim() ?? ''
  if (text !== '') conditions.push({ kind: 'search', text: text.slice(0, 200) })
  if (record.retirable && parameters.get('includeRetired') !== 'true') {
    conditions.push(compare('retiredAt', 'isnull', true))
  }
  return {
    where: conditions.length === 0 ? EVERYTHING : all(...conditions),
    order: orderOf(asking, record, parameters.get('order')),
    limit: wholeNumber(parameters, 'limit', DEFAULT_LIMIT, 1, MAX_LIMIT),
    offset: wholeNumber(parameters, 'offset', 0, 0, 100_000_000),
  }
}

/** Who asks, of what there is. */
type Asking = Pick<Context, 'actor' | 'catalogue'>

function orderOf(asking: Asking, record: RecordType, given: string | null): Query['order'] {
  const words = given ? given.split(',') : record.order
  if (words.length > 8) throw invalidInput('order', 'takes 8 fields at most')
  const order = words.map(parseOrder)
  for (const { path } of order) requireVisible(asking, record, path)
  return order
}

/** Refuses a path through a record that the caller may not view, unless it ends in what its label shows anyway. */
function requireVisible(asking: Asking, record: RecordType, path: readonly string[]): void {
  const [step = '', ...rest] = path
  const target = asking.catalogue.find(ownField(queryFields(record), step)?.target ?? '')
  if (!target || rest.length === 0) return
  const { view } = target.permissions
  const labelled = rest.length === 1 && (rest[0] === 'id' || rest[0] === target.titleField)
  if (!labelled && !hasPermission(asking.actor, view)) {
    throw new RefusedError({ kind: 'not-permitted', permission: view })
  }
  requireVisible(asking, target, rest)
}

/** A number among the parameters. @throws RefusedError `invalid-input` */
export function wholeNumber(
  parameters: URLSearchParams,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = parameters.get(name)
  if (text === null || text === '') return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw invalidInput(name, `must be a whole number from ${min} to ${max}`)
  return value
}

function parseCondition(asking: Asking, record: RecordType, name: string, text: string): Condition {
  const [path = '', given = 'exact'] = name.split(':', 2)
  const negated = given.startsWith('!')
  const word = negated ? given.slice(1) || 'exact' : given
  const lookup = LOOKUPS.find((known) => known === word)
  if (!lookup) throw invalidInput(name, `there is no comparison ${word}`)
  requireVisible(asking, record, path.split('.'))
  return nest(asking, record, path.split('.'), (field, fieldName) => {
    const comparison = compare(fieldName, lookup, parseOperand(field, lookup, text))
    return negated ? { kind: 'not', of: comparison } : comparison
  })
}

function nest(
  asking: Asking,
  record: RecordType,
  path: readonly string[],
  leaf: (field: Field, name: string) => Condition,
): Condition {
  const [step = '', ...rest] = path
  const field = ownField(queryFields(record), step)
  if (!field) throw invalidInput(step, `${record.label.one} has no field ${step}`)
  if (rest.length === 0) return leaf(field, step)
  if (field.target === undefined) throw invalidInput(step, `${step} is no reference`)
  const target = asking.catalogue.get(field.target)
  const where = nest(asking, target, rest, leaf)
  return {
    kind: 'related',
    field: step,
    where: target.scope ? all(target.scope(asking.actor), where) : where,
  }
}

function parseOperand(field: Field, lookup: Lookup, text: string): Scalar | readonly Scalar[] {
  if (lookup === 'in' || lookup === 'range') return text.split(',').map((part) => parseScalar(field, part))
  if (lookup === 'isnull') return parseBoolean(text)
  if (lookup === 'year' || lookup === 'month' || lookup === 'day' || lookup === 'weekday')
    return parseNumber(text)
  if (lookup.startsWith('i') || ['contains', 'startswith', 'endswith', 'regex'].includes(lookup)) return text
  return parseScalar(field, text)
}

function parseScalar(field: Field, text: string): Scalar {
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration':
    case 'reference':
    case 'references':
    case 'inverse':
      return parseNumber(text)
    case 'boolean':
      return parseBoolean(text)
    case 'instant': {
      const instant = parseInstant(text)
      if (!instant) throw invalidInput('', 'must be a time such as 2026-11-21T07:42:00Z')
      return instant
    }
    default:
      return text
  }
}

function parseNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw invalidInput('', 'must be a number')
  return value
}

function parseBoolean(text: string): boolean {
  if (text === 'true') return true
  if (text === 'false') return false
  throw invalidInput('', 'must be true or false')
}
