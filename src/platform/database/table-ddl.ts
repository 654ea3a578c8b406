import { createHash } from 'node:crypto'
import type { DatabaseKind } from './database.ts'
import { fold } from './fold.ts'
import {
  type Column,
  type ColumnSpec,
  type IndexColumns,
  type IndexOptions,
  type TableOptions,
  text,
} from './schema-builder.ts'

const LONGEST_NAME = 62

/** The statements that create a table with its indexes. */
export function tableStatements(
  kind: DatabaseKind,
  table: string,
  columns: Readonly<Record<string, Column>>,
  options: TableOptions = {},
): string[] {
  const all = withFolded(columns)
  const parts = all.map(([name, spec]) => columnDefinition(kind, table, name, spec))
  if (options.primaryKey) parts.push(`primary key (${options.primaryKey.map(quote).join(', ')})`)
  for (const [position, check] of (options.checks ?? []).entries()) {
    parts.push(`constraint ${quote(derivedName('ck', table, [String(position + 1)]))} check (${check})`)
  }
  const create = `create table ${quote(table)} (\n  ${parts.join(',\n  ')}\n)${kind === 'sqlite' ? ' strict' : ''}`
  return [create, ...indexStatements(kind, table, all, options)]
}

/** The statements that add a column with its indexes. */
export function addColumnStatements(
  kind: DatabaseKind,
  table: string,
  columns: Readonly<Record<string, Column>>,
): string[] {
  const all = withFolded(columns)
  const additions = all.map(
    ([name, spec]) => `alter table ${quote(table)} add column ${columnDefinition(kind, table, name, spec)}`,
  )
  return [...additions, ...indexStatements(kind, table, all, {})]
}

/** `specs` by column name, for the statement of one index. */
export function indexStatement(
  kind: DatabaseKind,
  table: string,
  specs: ReadonlyMap<string, ColumnSpec>,
  { columns, where, unique, name }: IndexOptions,
): string {
  const plain = columns.map((column) => column.replace(/^-/, ''))
  const keys = columns.map((column, position) => {
    const descending = column.startsWith('-')
    const key = `${quote(plain[position] ?? column)}${descending ? ' desc' : ''}`
    // SQLite takes null for the smallest value; so that an index serves the same orders on PostgreSQL:
    const nullable = specs.get(plain[position] ?? column)?.nullable ?? false
    return kind === 'postgres' && nullable ? `${key} nulls ${descending ? 'last' : 'first'}` : key
  })
  const index = name ?? derivedName(unique ? 'uq' : 'ix', table, where ? [...plain, where] : plain)
  const condition = where ? ` where ${where}` : ''
  return `create ${unique ? 'unique ' : ''}index ${quote(index)} on ${quote(table)} (${keys.join(', ')})${condition}`
}

/** A name of at most 62 characters; one that would be longer ends in a hash of the whole. */
export function derivedName(prefix: string, table: string, parts: readonly string[]): string {
  const whole = [prefix, table, ...parts].join('_').replace(/[^a-z0-9_]+/gi, '_')
  if (whole.length <= LONGEST_NAME) return whole
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8)
  return `${whole.slice(0, LONGEST_NAME - 9)}_${hash}`
}

/** @throws TypeError for a name that would need different quoting on either database */
export function quote(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,61}$/.test(name)) throw new TypeError(`${name} cannot name a table or column.`)
  return `"${name}"`
}

function withFolded(columns: Readonly<Record<string, Column>>): [string, ColumnSpec][] {
  return Object.entries(columns).flatMap(([name, { spec }]): [string, ColumnSpec][] => {
    if (!spec.folded) return [[name, spec]]
    const folded = { ...text().spec, nullable: spec.nullable }
    const value = spec.default
    return [
      [name, spec],
      [`${name}_folded`, typeof value === 'string' ? { ...folded, default: fold(value) } : folded],
    ]
  })
}

function columnDefinition(kind: DatabaseKind, table: string, name: string, spec: ColumnSpec): string {
  const parts = [quote(name), spec[kind]]
  if (!spec.nullable && !spec.key) parts.push('not null')
  if (spec.default !== undefined) parts.push(`default ${literal(kind, spec, spec.default)}`)
  const check = spec.check?.[kind]
  if (check) parts.push(`constraint ${quote(derivedName('ck', table, [name]))} check (${check(quote(name))})`)
  if (spec.reference) {
    const { table: target, column, onDelete } = spec.reference
    parts.push(`constraint ${quote(derivedName('fk', table, [name]))}`)
    parts.push(`references ${quote(target)} (${quote(column)}) on delete ${onDelete}`)
  }
  return parts.join(' ')
}

function literal(kind: DatabaseKind, spec: ColumnSpec, value: string | number | boolean): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (spec.postgres !== 'boolean') return String(Number(value))
  return kind === 'postgres' ? String(Boolean(value)) : String(Number(value))
}

function indexStatements(
  kind: DatabaseKind,
  table: string,
  columns: readonly [string, ColumnSpec][],
  options: TableOptions,
): string[] {
  const specs = new Map(columns)
  const ofColumns = columns.flatMap(([name, spec]): IndexOptions[] => {
    if (spec.unique) return [{ columns: [name], unique: true }]
    return spec.indexed ? [{ columns: [name] }] : []
  })
  const unique = (options.unique ?? []).map((names): IndexOptions => ({ columns: names, unique: true }))
  const plain = (options.index ?? []).map(
    (index): IndexOptions => (isOptions(index) ? index : { columns: index }),
  )
  return [...ofColumns, ...unique, ...plain].map((index) => indexStatement(kind, table, specs, index))
}

function isOptions(index: IndexColumns | IndexOptions): index is IndexOptions {
  return 'columns' in index
}
