import type { Context } from '../../../context.ts'
import { parseDay } from '../../../core/calendar.ts'
import { type Condition, compare, equals, type Lookup, type Scalar } from '../../../core/query.ts'
import type { Field } from '../../../core/record.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { parseFilterInstant } from '../wire/date-times.ts'
import { parseDuration } from '../wire/durations.ts'

const ALL_LOOKUPS: readonly Lookup[] = [
  'exact',
  'iexact',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'range',
  'isnull',
  'regex',
  'iregex',
]

const SHORT: Readonly<Record<string, Lookup>> = {
  E: 'exact',
  IC: 'icontains',
  C: 'contains',
  IN: 'in',
  gte: 'gte',
  lte: 'lte',
}

const NOTHING: Condition = { kind: 'any', of: [] }
const MOST_LISTED = 1000
const LONGEST_TEXT = 10_000

/** The lookup that a parameter names, if the filter's short form offers it. */
export function offeredLookup(offered: string, wanted: string): Lookup | undefined {
  return offeredLookups(offered).find((lookup) => lookup === wanted)
}

/** The lookups of a filter's short form. */
export function offeredLookups(offered: string): readonly Lookup[] {
  const words = offered.split(' ')
  return words.includes('ALL') ? ALL_LOOKUPS : words.flatMap((word) => SHORT[word] ?? [])
}

/** One filter that names a field and how to compare it. */
export type FieldFilter = {
  readonly name: string
  readonly field: Field
  readonly lookup: Lookup
  readonly value: string
  /** the parameter as it stood in the query, under which a problem is reported */
  readonly parameter: string
}

/**
 * The condition that a filter means; undefined for a truth value that is none, which does not filter.
 *
 * @throws RefusedError `invalid-input` with the documented texts
 */
export function fieldCondition(ctx: Context, filter: FieldFilter): Condition | undefined {
  const { name, field, lookup, value, parameter } = filter
  requireStorable(parameter, value)
  if (lookup === 'isnull' || field.kind === 'boolean') {
    const truth = parseTruth(value)
    if (truth === undefined) return undefined
    return lookup === 'isnull' ? compare(name, 'isnull', truth) : equals(name, truth)
  }
  return comparesText(lookup) ? compare(name, lookup, value) : operandCondition(ctx, filter)
}

function operandCondition(ctx: Context, filter: FieldFilter): Condition | undefined {
  const { name, field, lookup, value, parameter } = filter
  const isListed = lookup === 'in' || lookup === 'range'
  const listed = isListed ? value.split(',') : [value]
  if (listed.length > MOST_LISTED) throw invalidInput(parameter, `More than ${MOST_LISTED} values.`)
  const operands = listed.map((text) => parseOperand(ctx, field, text, parameter))
  if (lookup === 'range' && operands.length !== 2) return undefined
  if (field.kind === 'integer') return wholeCondition(name, lookup, operands.map(Number))
  return compare(name, lookup, isListed ? operands : (operands[0] ?? null))
}

function requireStorable(parameter: string, value: string): void {
  if (value.includes('\0')) throw invalidInput(parameter, 'Null characters are not allowed.')
  if (value.length > LONGEST_TEXT) {
    throw invalidInput(parameter, `Ensure this value has at most ${LONGEST_TEXT} characters.`)
  }
}

function comparesText(lookup: Lookup): boolean {
  return (
    lookup === 'contains' ||
    lookup === 'regex' ||
    lookup.endsWith('with') ||
    (lookup.startsWith('i') && lookup !== 'in' && lookup !== 'isnull')
  )
}

const LARGEST = 2_147_483_647

/** Columns of whole numbers compared with any number: fractions and what no column can hold match accordingly. */
function wholeCondition(name: string, lookup: Lookup, operands: readonly number[]): Condition {
  const [first = 0, second = 0] = operands
  switch (lookup) {
    case 'exact':
    case 'in':
      return compare(name, 'in', operands.filter(isWhole))
    case 'gt':
      return atLeast(name, Math.floor(first) + 1)
    case 'gte':
      return atLeast(name, Math.ceil(first))
    case 'lt':
      return atMost(name, Math.ceil(first) - 1)
    case 'lte':
      return atMost(name, Math.floor(first))
    default:
      return { kind: 'all', of: [atLeast(name, Math.ceil(first)), atMost(name, Math.floor(second))] }
  }
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= LARGEST
}

function atLeast(name: string, lowest: number): Condition {
  if (lowest > LARGEST) return NOTHING
  return compare(name, 'gte', Math.max(lowest, -LARGEST))
}

function atMost(name: string, highest: number): Condition {
  if (highest < -LARGEST) return NOTHING
  return compare(name, 'lte', Math.min(highest, LARGEST))
}

function parseTruth(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case '1':
      return true
    case 'false':
    case '0':
      return false
    default:
      return undefined
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function parseOperand(ctx: Context, { kind }: Field, text: string, parameter: string): Scalar {
  const trimmed = text.trim()
  switch (kind) {
    case 'integer':
    case 'number':
    case 'decimal': {
      const number = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
      if (!Number.isFinite(number)) throw invalidInput(parameter, 'Enter a number.')
      return number
    }
    case 'day': {
      const day = parseDay(trimmed)
      if (day === undefined) throw invalidInput(parameter, 'Enter a valid date.')
      return day
    }
    case 'duration': {
      const seconds = parseDuration(trimmed)
      if (seconds === undefined) throw invalidInput(parameter, 'Enter a valid duration.')
      return seconds
    }
    case 'instant': {
      const instant = parseFilterInstant(trimmed, ctx.zone)
      if (!instant) throw invalidInput(parameter, 'Enter a valid date/time.')
      return instant
    }
    default:
      return text
  }
}
