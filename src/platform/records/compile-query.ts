import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Condition, EVERYTHING, type Order, type Query } from '../../core/query.ts'
import { columnOf, type Field, isFolded, isStored, queryFields, type RecordType } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { DatabaseKind } from '../database/database.ts'
import { fold } from '../database/fold.ts'
import { type Catalogue, ownField } from './catalogue.ts'
import { type ColumnAt, compileComparison } from './compile-comparison.ts'
import { storedColumns } from './stored-columns.ts'

/** Deeper conditions than any person writes are refused. */
const MAX_DEPTH = 24

/** More conditions than any person writes are refused; SQLite takes expressions up to 1000 deep. */
const MAX_CONDITIONS = 400

/** SQLite joins 64 tables at most. */
const MAX_JOINS = 40

/** What the planner of a database cannot know about a list of a large record. */
export type AccessPlan = {
  /** conditions on references that hold for so many rows that an index on the reference would only cost */
  readonly broad: ReadonlySet<Condition>
  /** ids of the referenced rows for which a condition holds, where they are few */
  readonly resolved: ReadonlyMap<Condition, readonly number[]>
  /** the list is in order of its ids */
  readonly byId: boolean
  /** so few rows match that walking an index in the order of the list would only cost */
  readonly narrow: boolean
}

export type CompileSettings = {
  readonly catalogue: Catalogue
  readonly kind: DatabaseKind
  /** left to the planner where absent */
  readonly access?: AccessPlan
  /** IANA zone in which `year`, `month`, `day` and `weekday` of an instant are meant */
  readonly zone: string
}

/** Statements of one list: its page and its exact total. */
export type CompiledQuery = {
  readonly page: RawBuilder<Record<string, unknown>>
  readonly total: RawBuilder<{ readonly total: number }>
}

/**
 * Turns a query about one record into SQL for either database. To-one and to-many conditions become `in
 * (select …)`, so no row appears twice; joins appear only for ordering.
 *
 * @throws RefusedError `invalid-input` naming the field that does not exist or does not take the lookup
 */
export function compileQuery(settings: CompileSettings, record: RecordType, query: Query): CompiledQuery {
  const compiler = new Compilation(settings)
  const alias = compiler.nextAlias()
  const where = compiler.condition(record, alias, query.where, 0)
  const order = compiler.order(record, alias, query.order)
  const columns = storedColumns(record).map(({ column }) => sql.ref(`${alias}.${column}`))
  const from = sql`${sql.table(record.table)} as ${sql.ref(alias)}`
  return {
    page: sql`select ${sql.join(columns)} from ${from} ${sql.join(order.joins, sql` `)} where ${where}
      order by ${sql.join(order.terms)} limit ${query.limit} offset ${query.offset}`,
    total: sql`select count(*) as total from ${from} where ${where}`,
  }
}

/** The condition alone, about a table that stands in the statement under `alias`. */
export function compileCondition(
  settings: CompileSettings,
  record: RecordType,
  alias: string,
  condition: Condition,
): RawBuilder<SqlBool> {
  return new Compilation(settings).condition(record, alias, condition, 0)
}

class Compilation {
  readonly settings: CompileSettings
  private aliases = 0
  private conditions = 0

  constructor(settings: CompileSettings) {
    this.settings = settings
  }

  nextAlias(): string {
    this.aliases += 1
    return `t${this.aliases}`
  }

  condition(record: RecordType, alias: string, condition: Condition, depth: number): RawBuilder<SqlBool> {
    if (depth > MAX_DEPTH) throw invalidInput('', `Conditions may be nested ${MAX_DEPTH} deep at most.`)
    this.conditions += 1
    if (this.conditions > MAX_CONDITIONS)
      throw invalidInput('', `There may be ${MAX_CONDITIONS} conditions at most.`)
    switch (condition.kind) {
      case 'compare': {
        const field = fieldOf(record, condition.field)
        if (isStored(field))
          return compileComparison(this.settings, condition, this.columnAt(alias, condition.field, field))
        if (condition.lookup === 'isnull') return this.emptiness(record, alias, condition, depth)
        // a to-many relation compared by id
        const inner: Condition = { ...condition, field: 'id' }
        return this.related(record, alias, condition.field, inner, depth)
      }
      case 'not':
        return sql`not coalesce(${this.condition(record, alias, condition.of, depth + 1)}, ${this.falsehood()})`
      case 'all':
      case 'any': {
        if (condition.of.length === 0) return condition.kind === 'all' ? sql`1 = 1` : sql`1 = 0`
        const parts = condition.of.map((part) => this.condition(record, alias, part, depth + 1))
        return sql`(${sql.join(parts, condition.kind === 'all' ? sql` and ` : sql` or `)})`
      }
      case 'related':
        return this.relatedWithin(record, alias, condition, depth)
      case 'search':
        return this.search(record, alias, condition.text)
    }
  }

  /** Whether a to-many relation has no row at all. */
  private emptiness(
    record: RecordType,
    alias: string,
    { field, value }: Extract<Condition, { kind: 'compare' }>,
    depth: number,
  ): RawBuilder<SqlBool> {
    if (typeof value !== 'boolean') throw invalidInput(field, 'takes true or false')
    const some: Condition = { kind: 'related', field, where: EVERYTHING }
    return this.condition(record, alias, value ? { kind: 'not', of: some } : some, depth + 1)
  }

  /** A yes-or-no column separates too little to be looked up by when a large list is walked by its ids. */
  private columnAt(alias: string, name: string, field: Field): ColumnAt {
    const at = columnAt(alias, name, field)
    const hidden =
      field.kind === 'boolean' && this.settings.kind === 'sqlite' && this.settings.access?.byId === true
    return hidden ? { ...at, plain: sql`+${at.plain}` } : at
  }

  private falsehood(): RawBuilder<unknown> {
    return this.settings.kind === 'sqlite' ? sql`0` : sql`false`
  }

  /** A condition on a reference, by what is known of how many rows it holds for. */
  private relatedWithin(
    record: RecordType,
    alias: string,
    condition: Extract<Condition, { kind: 'related' }>,
    depth: number,
  ): RawBuilder<SqlBool> {
    const { access, kind } = this.settings
    const field = fieldOf(record, condition.field)
    const column = sql.ref(`${alias}.${columnOf(condition.field, field)}`)
    const ids = access?.resolved.get(condition)
    if (ids) return ids.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join(ids)})`
    if (!access?.broad.has(condition))
      return this.related(record, alias, condition.field, condition.where, depth, column)
    // an expression instead of the column keeps the planner from the column's index
    const test = this.related(record, alias, condition.field, condition.where, depth, sql`(${column} + 0)`)
    return kind === 'sqlite' ? sql`likely(${test})` : test
  }

  private related(
    record: RecordType,
    alias: string,
    name: string,
    where: Condition,
    depth: number,
    compared?: RawBuilder<unknown>,
  ): RawBuilder<SqlBool> {
    const field = fieldOf(record, name)
    if (field.target === undefined) throw invalidInput(name, 'is no reference')
    const target = this.settings.catalogue.get(field.target)
    const inner = this.nextAlias()
    const condition = this.condition(target, inner, where, depth + 1)
    const from = sql`${sql.table(target.table)} as ${sql.ref(inner)}`
    if (field.kind === 'reference') {
      const column = compared ?? sql.ref(`${alias}.${columnOf(name, field)}`)
      return sql`${column} in (select ${sql.ref(`${inner}.id`)} from ${from} where ${condition})`
    }
    if (field.through) {
      const link = this.nextAlias()
      const { table, from: here, to } = field.through
      return sql`${sql.ref(`${alias}.id`)} in (select ${sql.ref(`${link}.${here}`)} from ${sql.table(table)} as ${sql.ref(link)}
        where ${sql.ref(`${link}.${to}`)} in (select ${sql.ref(`${inner}.id`)} from ${from} where ${condition}))`
    }
    return this.inverse(alias, target, inner, field, condition)
  }

  private inverse(
    alias: string,
    target: RecordType,
    inner: string,
    { via = '' }: Field,
    condition: RawBuilder<SqlBool>,
  ): RawBuilder<SqlBool> {
    const back = fieldOf(target, via)
    const from = sql`${sql.table(target.table)} as ${sql.ref(inner)}`
    if (!back.through) {
      return sql`${sql.ref(`${alias}.id`)} in (select ${sql.ref(`${inner}.${columnOf(via, back)}`)} from ${from} where ${condition})`
    }
    const link = this.nextAlias()
    return sql`${sql.ref(`${alias}.id`)} in (select ${sql.ref(`${link}.${back.through.to}`)} from ${sql.table(back.through.table)} as ${sql.ref(link)}
      where ${sql.ref(`${link}.${back.through.from}`)} in (select ${sql.ref(`${inner}.id`)} from ${from} where ${condition}))`
  }

  private search(record: RecordType, alias: string, text: string): RawBuilder<SqlBool> {
    const words = fold(text)
      .split(/\s+/)
      .filter((word) => word !== '')
    const fields = Object.entries(queryFields(record)).filter(([, field]) => field.search && isStored(field))
    const parts = words.map((word) => {
      const hits = fields.map(([name, field]) =>
        isFolded(field)
          ? compileComparison(
              this.settings,
              { kind: 'compare', field: name, lookup: 'icontains', value: word },
              columnAt(alias, name, field),
            )
          : sql<SqlBool>`cast(${sql.ref(`${alias}.${columnOf(name, field)}`)} as text) = ${word}`,
      )
      return hits.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(hits, sql` or `)})`
    })
    return parts.length === 0 ? sql`1 = 1` : sql`(${sql.join(parts, sql` and `)})`
  }

  /** Order terms with the left joins they need; ends with the id so that pages never overlap. */
  order(
    record: RecordType,
    alias: string,
    order: readonly Order[],
  ): { joins: RawBuilder<unknown>[]; terms: RawBuilder<unknown>[] } {
    const joins: RawBuilder<unknown>[] = []
    const joined = new Map<string, string>()
    const terms: RawBuilder<unknown>[] = []
    if (order.reduce((steps, { path }) => steps + path.length - 1, 0) > MAX_JOINS)
      throw invalidInput('order', 'leads through too many references')
    for (const { path, direction } of order) {
      let current = record
      let at = alias
      let reachable = false
      for (const [depth, step] of path.slice(0, -1).entries()) {
        const field = fieldOf(current, step)
        if (field.kind !== 'reference') throw invalidInput(path.join('.'), 'cannot be sorted by')
        const key = path.slice(0, depth + 1).join('.')
        const target = this.settings.catalogue.get(field.target ?? '')
        let next = joined.get(key)
        if (!next) {
          next = this.nextAlias()
          joined.set(key, next)
          joins.push(
            sql`left join ${sql.table(target.table)} as ${sql.ref(next)} on ${sql.ref(`${next}.id`)} = ${sql.ref(`${at}.${columnOf(step, field)}`)}`,
          )
        }
        reachable ||= field.nullable
        current = target
        at = next
      }
      terms.push(...this.orderTerms(current, at, path.at(-1) ?? '', direction, reachable))
    }
    const last = order[0]?.direction ?? 'asc'
    if (order.at(-1)?.path.join('.') !== 'id') terms.push(sql`${sql.ref(`${alias}.id`)} ${sql.raw(last)}`)
    return { joins, terms }
  }

  private orderTerms(
    record: RecordType,
    alias: string,
    name: string,
    direction: 'asc' | 'desc',
    throughNullable: boolean,
  ): RawBuilder<unknown>[] {
    const field = fieldOf(record, name)
    if (!isStored(field) || field.kind === 'json') throw invalidInput(name, 'cannot be sorted by')
    const column = columnOf(name, field)
    const way = sql.raw(direction)
    // PostgreSQL's own placement of nulls; naming it there would defeat an index
    const nulls =
      this.settings.kind === 'sqlite' && (field.nullable || throughNullable)
        ? sql.raw(direction === 'asc' ? ' nulls last' : ' nulls first')
        : sql.raw('')
    const columns = isFolded(field) ? [`${column}_folded`, column] : [column]
    const hidden = this.settings.access?.narrow === true
    return columns.map((each) => {
      const ref = sql.ref(`${alias}.${each}`)
      return sql`${hidden ? withoutIndex(this.settings.kind, field, ref) : ref} ${way}${nulls}`
    })
  }
}

function fieldOf(record: RecordType, name: string): Field {
  const field = ownField(queryFields(record), name)
  if (!field) throw invalidInput(name, `${record.label.one} has no field ${name}`)
  return field
}

function columnAt(alias: string, name: string, field: Field): ColumnAt {
  const column = columnOf(name, field)
  return { name, field, plain: sql.ref(`${alias}.${column}`), folded: sql.ref(`${alias}.${column}_folded`) }
}

/** The same value in a form in which no planner recognises a column that it has an index on. */
function withoutIndex(kind: DatabaseKind, field: Field, column: RawBuilder<unknown>): RawBuilder<unknown> {
  if (kind === 'sqlite') return sql`+${column}`
  switch (field.kind) {
    case 'instant':
      return sql`(${column} + interval '0')`
    case 'boolean':
      return sql`(${column} and true)`
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration':
    case 'reference':
    case 'day':
      return sql`(${column} + 0)`
    default:
      return sql`(${column} || '')`
  }
}
