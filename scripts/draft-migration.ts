/**
 * Prints a migration that creates the tables of a module's records, as their declarations say today:
 *
 *   node scripts/draft-migration.ts machine-qa > src/modules/machine-qa/store/migrations/0001-create.ts
 *
 * The text is a draft: indexes are added by hand, and once released it is never changed again.
 */
import { readdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import {
  columnOf,
  type Field,
  isFolded,
  isStored,
  queryFields,
  type RecordType,
  type Through,
} from '../src/core/record.ts'

const MODULES = new URL('../src/modules/', import.meta.url)

type TableDraft = {
  readonly table: string
  readonly columns: readonly (readonly [name: string, spec: string])[]
  readonly options: string
  readonly needs: readonly Need[]
}

type Need = { readonly table: string; readonly required: boolean }

const [module] = process.argv.slice(2)
if (module === undefined) throw new Error('usage: node scripts/draft-migration.ts MODULE')
const all = await everyRecord()
console.log(draftMigration(module, all))

/** The records that any module declares in its folder `records/`. */
async function everyRecord(): Promise<RecordType[]> {
  const found = new Map<string, RecordType>()
  for (const entry of await readdir(MODULES, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.parentPath.endsWith('/records') || !/^[^.]+\.ts$/.test(entry.name)) continue
    const exported: unknown = await import(pathToFileURL(`${entry.parentPath}/${entry.name}`).href)
    for (const value of Object.values(exported ?? {})) {
      if (isRecordType(value)) found.set(value.name, value)
    }
  }
  return [...found.values()]
}

function isRecordType(value: unknown): value is RecordType {
  return typeof value === 'object' && value !== null && 'table' in value && 'fields' in value
}

function draftMigration(name: string, records: readonly RecordType[]): string {
  const tables = new Map(records.map((record) => [record.name, record.table]))
  const own = records.filter((record) => record.module === name)
  const drafts = [...own.map((record) => draftTable(record, tables)), ...throughTables(own, tables)]
  const statements: string[] = []
  const created = new Set<string>()
  const late: string[] = []
  for (const draft of inOrder(drafts)) {
    const isLate = (spec: string) => {
      const target = /references\('(\w+)'\)/.exec(spec)?.[1]
      return target !== undefined && target !== draft.table && isAhead(target, created, drafts)
    }
    const { now = [], later = [] } = Object.groupBy(draft.columns, ([, spec]) =>
      isLate(spec) ? 'later' : 'now',
    )
    late.push(
      ...later.map(([name, spec]) => `    await schema.addColumn('${draft.table}', '${name}', ${spec})`),
    )
    const lines = now.map(([name, spec]) => `        ${name}: ${spec},`).join('\n')
    statements.push(
      `    await schema.createTable(\n      '${draft.table}',\n      {\n${lines}\n      },\n${draft.options}    )`,
    )
    created.add(draft.table)
  }
  const body = [...statements, ...late].join('\n')
  const used = [
    'boolean',
    'day',
    'decimal',
    'instant',
    'integer',
    'jsonText',
    'key',
    'real',
    'references',
    'text',
  ]
  const imports = used.filter((builder) => body.includes(`: ${builder}(`) || body.includes(`, ${builder}(`))
  const camel = name
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^./, (c) => c.toUpperCase())
  return `import {
  ${[...imports, 'type Migration'].join(',\n  ')},
} from '../../../../platform/database/schema-builder.ts'

export const create${camel}: Migration = {
  id: '${name}-0001-create',
  async up(schema) {
${body}
  },
}`
}

function isAhead(target: string, created: ReadonlySet<string>, drafts: readonly TableDraft[]): boolean {
  return !created.has(target) && drafts.some(({ table }) => table === target)
}

function draftTable(record: RecordType, tables: ReadonlyMap<string, string>): TableDraft {
  const columns: [string, string][] = [['id', 'key()']]
  const needs: Need[] = []
  for (const [name, field] of Object.entries(queryFields(record))) {
    if (name === 'id' || !isStored(field)) continue
    const target = field.target === undefined ? undefined : tableOf(field.target, tables)
    if (target !== undefined) needs.push({ table: target, required: !field.nullable })
    columns.push([columnOf(name, field), columnSpec(name, field, target)])
  }
  const unique = record.unique.map((names) => {
    const quoted = names.map(
      (name) => `'${columnOf(name, record.fields[name] ?? { kind: 'text', nullable: true })}'`,
    )
    return `[${quoted.join(', ')}]`
  })
  const options = unique.length > 0 ? `      { unique: [${unique.join(', ')}] },\n` : ''
  return { table: record.table, columns, options, needs }
}

/** Tables of to-many relations that are no records themselves. */
function throughTables(records: readonly RecordType[], tables: ReadonlyMap<string, string>): TableDraft[] {
  const declared = new Set(tables.values())
  return records.flatMap((record) =>
    Object.values(record.fields).flatMap(({ through, target = '' }) =>
      through && !declared.has(through.table)
        ? [throughTable(through, record.table, tableOf(target, tables))]
        : [],
    ),
  )
}

function throughTable({ table, from, to, order }: Through, source: string, target: string): TableDraft {
  const needs = [source, target].map((name) => ({ table: name, required: true }))
  const ends = (suffix: string): [string, string][] => [
    [from, `references('${source}').notNull()${suffix}`],
    [to, `references('${target}').notNull()`],
  ]
  if (order === undefined) {
    const options = `      { primaryKey: ['${from}', '${to}'] },\n`
    return { table, columns: ends('.noIndex()'), options, needs }
  }
  const columns: [string, string][] = [['id', 'key()'], ...ends(''), [order, 'integer().notNull()']]
  return { table, columns, options: '', needs }
}

function tableOf(target: string, tables: ReadonlyMap<string, string>): string {
  const table = tables.get(target)
  if (table === undefined) throw new Error(`no module declares ${target}`)
  return table
}

function columnSpec(name: string, field: Field, target: string | undefined): string {
  if (name === 'version') return 'integer().notNull().default(1)'
  const parts = [target === undefined ? columnType(field) : `references('${target}')`]
  // who made a row is shown with it, hardly ever searched for
  if (name === 'createdBy' || name === 'modifiedBy') parts.push('.noIndex()')
  if (!field.nullable) parts.push('.notNull()')
  if (isLiteral(field.default)) parts.push(`.default(${literal(field.default)})`)
  if (isFolded(field)) parts.push('.folded()')
  if (field.unique) parts.push('.unique()')
  return parts.join('')
}

function columnType({ kind }: Field): string {
  switch (kind) {
    case 'integer':
    case 'duration':
      return 'integer()'
    case 'number':
      return 'real()'
    case 'decimal':
      return 'decimal(12, 2)'
    case 'boolean':
      return 'boolean()'
    case 'day':
      return 'day()'
    case 'instant':
      return 'instant()'
    case 'json':
      return 'jsonText()'
    default:
      return 'text()'
  }
}

function isLiteral(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value)
}

/** Tables after those they refer to. Where references form a circle, one that may be empty is added afterwards. */
function inOrder(drafts: readonly TableDraft[]): TableDraft[] {
  const byTable = new Map(drafts.map((draft) => [draft.table, draft]))
  const requires = (table: string, wanted: string, seen: Set<string> = new Set()): boolean => {
    if (table === wanted) return true
    if (seen.has(table)) return false
    seen.add(table)
    const needs = byTable.get(table)?.needs ?? []
    return needs.some((need) => need.required && requires(need.table, wanted, seen))
  }
  const ordered: TableDraft[] = []
  const seen = new Set<string>()
  const visit = (draft: TableDraft) => {
    if (seen.has(draft.table)) return
    seen.add(draft.table)
    for (const { table, required } of draft.needs) {
      const other = byTable.get(table)
      if (other && (required || !requires(table, draft.table))) visit(other)
    }
    ordered.push(draft)
  }
  for (const draft of drafts) visit(draft)
  return ordered
}
