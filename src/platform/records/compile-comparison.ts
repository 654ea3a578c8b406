import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { RE2JS } from 're2js'
import { addDays, type CalendarDay, makeDay, parseDay, startOfDay } from '../../core/calendar.ts'
import type { Condition, Lookup, Scalar } from '../../core/query.ts'
import { type Field, isFolded } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { DatabaseKind } from '../database/database.ts'
import { fold } from '../database/fold.ts'

/** A column in a statement, with the copy that compares without case where the table keeps one. */
export type ColumnAt = {
  readonly name: string
  readonly field: Field
  readonly plain: RawBuilder<unknown>
  readonly folded: RawBuilder<unknown>
}

export type ComparisonSettings = { readonly kind: DatabaseKind; readonly zone: string }

type Comparison = Extract<Condition, { kind: 'compare' }>

const MAX_LIST = 10_000
const MAX_PATTERN = 500

/** Compiles one comparison; the value's type is checked against the field first. */
export function compileComparison(
  settings: ComparisonSettings,
  comparison: Comparison,
  column: ColumnAt,
): RawBuilder<SqlBool> {
  const { lookup, value } = comparison
  const { plain } = column
  switch (lookup) {
    case 'exact':
      return value === null ? sql`${plain} is null` : sql`${plain} = ${single(column, value)}`
    case 'gt':
      return sql`${plain} > ${single(column, value)}`
    case 'gte':
      return sql`${plain} >= ${single(column, value)}`
    case 'lt':
      return sql`${plain} < ${single(column, value)}`
    case 'lte':
      return sql`${plain} <= ${single(column, value)}`
    case 'in': {
      const values = listed(value).map((each) => single(column, each))
      if (values.length > MAX_LIST) throw invalidInput(column.name, `takes ${MAX_LIST} values at most`)
      return values.length === 0 ? sql`1 = 0` : sql`${plain} in (${sql.join(values)})`
    }
    case 'range': {
      const [low, high, ...rest] = listed(value)
      if (low === undefined || high === undefined || rest.length > 0)
        throw invalidInput(column.name, 'takes two values')
      return sql`(${plain} >= ${single(column, low)} and ${plain} <= ${single(column, high)})`
    }
    case 'isnull':
      if (typeof value !== 'boolean') throw invalidInput(column.name, 'takes true or false')
      return value === true ? sql`${plain} is null` : sql`${plain} is not null`
    case 'year':
    case 'month':
    case 'day':
    case 'weekday':
      return compileDatePart(settings, lookup, value, column)
    default:
      return compileTextLookup(settings, lookup, value, column)
  }
}

type TextLookup = Extract<
  Lookup,
  | 'iexact'
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'
  | 'endswith'
  | 'iendswith'
  | 'regex'
  | 'iregex'
>

function compileTextLookup(
  { kind }: ComparisonSettings,
  lookup: TextLookup,
  value: Comparison['value'],
  column: ColumnAt,
): RawBuilder<SqlBool> {
  if (typeof value !== 'string') throw invalidInput(column.name, 'takes text')
  const insensitive = lookup.startsWith('i')
  const { text, wanted } = insensitive
    ? foldedSides(kind, column, value)
    : { text: asText(kind, column), wanted: value }
  switch (lookup) {
    case 'iexact':
      return sql`${text} = ${wanted}`
    case 'contains':
    case 'icontains':
      return kind === 'sqlite' ? sql`instr(${text}, ${wanted}) > 0` : sql`position(${wanted} in ${text}) > 0`
    case 'startswith':
    case 'istartswith':
      return kind === 'sqlite'
        ? sql`substr(${text}, 1, length(${wanted})) = ${wanted}`
        : sql`starts_with(${text}, ${wanted})`
    case 'endswith':
    case 'iendswith':
      if (wanted === '') return sql`${text} is not null`
      return kind === 'sqlite'
        ? sql`(length(${text}) >= length(${wanted}) and substr(${text}, -length(${wanted})) = ${wanted})`
        : sql`right(${text}, length(${wanted})) = ${wanted}`
    case 'regex':
    case 'iregex':
      return compilePattern(kind, lookup, value, column)
  }
}

function foldedSides(
  kind: DatabaseKind,
  column: ColumnAt,
  value: string,
): { text: RawBuilder<unknown>; wanted: string } {
  const wanted = fold(value)
  // what is not folded in a column of its own has no letters outside ASCII: codes, numbers
  return { text: isFolded(column.field) ? column.folded : sql`lower(${asText(kind, column)})`, wanted }
}

/** The text in which both databases show a value alike. */
function asText(kind: DatabaseKind, { name, field, plain }: ColumnAt): RawBuilder<unknown> {
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration':
    case 'reference':
    case 'day':
    case 'json':
      return sql`cast(${plain} as text)`
    case 'instant':
      return kind === 'sqlite'
        ? plain
        : sql`to_char(${plain} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    case 'boolean':
      throw invalidInput(name, 'has no text')
    default:
      return plain
  }
}

/** What RE2 and PostgreSQL read differently: classes by property, quotations, names, flags other than a leading `(?i)`. */
const READ_DIFFERENTLY = /\\[pPQECAz]|\(\?(?!:)/

/** Patterns are limited to what a linear-time engine accepts, so neither database can be made to backtrack. */
function compilePattern(
  kind: DatabaseKind,
  lookup: 'regex' | 'iregex',
  pattern: string,
  column: ColumnAt,
): RawBuilder<SqlBool> {
  if (pattern.length > MAX_PATTERN)
    throw invalidInput(column.name, `takes a pattern of ${MAX_PATTERN} characters at most`)
  try {
    RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('RE2JS'))
      throw invalidInput(column.name, 'is no valid pattern')
    throw error
  }
  if (READ_DIFFERENTLY.test(pattern.replace(/^\(\?i\)/, '').replaceAll('\\\\', '')))
    throw invalidInput(column.name, 'takes patterns without named groups, flags, quotations and properties')
  const text = asText(kind, column)
  if (kind === 'sqlite') {
    return lookup === 'regex' ? sql`re2(${pattern}, ${text}) = 1` : sql`re2i(${pattern}, ${text}) = 1`
  }
  const ours = pattern.replace(/\\(.)/gs, (escaped, letter: string) => WORD_BOUNDARIES[letter] ?? escaped)
  return lookup === 'regex' ? sql`${text} ~ ${ours}` : sql`${text} ~* ${ours}`
}

/** PostgreSQL's own letters for the edges of words. */
const WORD_BOUNDARIES: Readonly<Record<string, string>> = { b: '\\y', B: '\\Y' }

type DatePart = 'year' | 'month' | 'day' | 'weekday'

function compileDatePart(
  { kind, zone }: ComparisonSettings,
  part: DatePart,
  value: Comparison['value'],
  column: ColumnAt,
): RawBuilder<SqlBool> {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw invalidInput(column.name, 'takes a whole number')
  const { field, plain } = column
  if (field.kind !== 'instant' && field.kind !== 'day') throw invalidInput(column.name, `has no ${part}`)
  if (part === 'year') {
    const first = makeDay(value, 1, 1)
    const last = makeDay(value, 12, 31)
    if (!first || !last) throw invalidInput(column.name, 'takes a year')
    if (field.kind === 'day') return sql`(${plain} >= ${first} and ${plain} <= ${last})`
    return betweenDays(plain, first, last, zone)
  }
  if (kind === 'sqlite') return sql`local_part(${part}, ${plain}, ${zone}) = ${value}`
  const local = field.kind === 'day' ? plain : sql`(${plain} at time zone ${zone})`
  return sql`extract(${sql.raw(part === 'weekday' ? 'isodow' : part)} from ${local}) = ${value}`
}

/** Instants within the days; no instant lies before the first year or after the last one. */
function betweenDays(
  plain: RawBuilder<unknown>,
  first: CalendarDay,
  last: CalendarDay,
  zone: string,
): RawBuilder<SqlBool> {
  const after =
    first === '0001-01-01' ? sql`${plain} is not null` : sql`${plain} >= ${startOfDay(first, zone)}`
  const before =
    last === '9999-12-31' ? sql`${plain} is not null` : sql`${plain} < ${startOfDay(addDays(last, 1), zone)}`
  return sql`(${after} and ${before})`
}

function listed(value: Comparison['value']): readonly Scalar[] {
  return Array.isArray(value) ? value : [value as Scalar]
}

/** The value as it is bound, if it is of the kind that the field holds. */
function single({ name, field }: ColumnAt, value: Comparison['value']): Scalar {
  if (Array.isArray(value)) throw invalidInput(name, 'takes one value')
  const scalar = value as Scalar
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration':
    case 'reference':
    case 'references':
    case 'inverse':
      if (typeof scalar === 'number' && Number.isFinite(scalar)) return boundNumber(name, field, scalar)
      throw invalidInput(name, 'takes a number')
    case 'boolean':
      if (typeof scalar === 'boolean') return scalar
      throw invalidInput(name, 'takes true or false')
    case 'instant':
      if (scalar instanceof Date) return scalar
      throw invalidInput(name, 'takes an instant')
    case 'day':
      if (typeof scalar === 'string' && parseDay(scalar)) return scalar
      throw invalidInput(name, 'takes a day such as 2026-11-21')
    case 'json':
      throw invalidInput(name, 'cannot be compared')
    default:
      if (typeof scalar === 'string') return scalar
      throw invalidInput(name, 'takes text')
  }
}

/** Whole-number columns refuse fractions and what is outside 32 bits on PostgreSQL, where SQLite compares silently. */
function boundNumber(name: string, { kind }: Field, value: number): number {
  if (kind === 'number' || kind === 'decimal') return value
  if (Number.isInteger(value) && Math.abs(value) <= 2_147_483_647) return value
  throw invalidInput(name, 'takes a whole number')
}
