import type { Readable } from 'node:stream'
import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { toDay } from '../../core/calendar.ts'
import { convertValue } from '../../core/quantity/convert.ts'
import { readQuantity } from '../../core/quantity/read-quantity.ts'
import { parseUnit } from '../../core/quantity/unit.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { readTable } from '../../platform/spreadsheets/read-table.ts'
import type { TableCell, TableFormat } from '../../platform/spreadsheets/table.ts'
import { readNumber } from './domain/read-number.ts'
import { proposeSampleId } from './domain/sample-id.ts'
import type { SchemaField } from './domain/schema-fields.ts'
import { type NewSample, registerSample } from './register-sample.ts'
import type { ResearchServices } from './research-services.ts'
import { findSampleById } from './sample-ids.ts'
import { typeInUse } from './sample-type-schema.ts'

/** What all rows share; rows may say otherwise. */
export type TableDefaults = {
  readonly instituteId: number
  readonly projectId: number
  readonly sampleTypeId: number
  readonly methodId: number | null
  readonly dateCreated: string
}

export type ImportedRow = {
  readonly line: number
  readonly sampleId: string | null
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

export type TableImport = {
  readonly columns: readonly { readonly header: string; readonly field: string | null }[]
  readonly rows: readonly ImportedRow[]
  readonly stored: number
}

const LIMITS = { maxBytes: 16 * 2 ** 20, maxRows: 5000, maxColumns: 300 }

/**
 * Registers a table of samples: every row is tried, and nothing is stored unless all are in order.
 *
 * @param mode `check` stores nothing in any case
 */
export async function importTable(
  ctx: Context,
  services: ResearchServices,
  source: { readonly content: Readable; readonly format: TableFormat },
  defaults: TableDefaults,
  mode: 'check' | 'store',
): Promise<TableImport> {
  requirePermission(ctx, 'research.data.import')
  const { validator } = await typeInUse(ctx, defaults.sampleTypeId)
  const { columns, rows } = await readRows(source, validator.fields)
  const trial = { rows, columns, defaults }
  const tried = await tryRows(ctx, services, { ...trial, mode: 'check' })
  const isGood = tried.rows.every(({ problems }) => problems.length === 0)
  const outcome = mode === 'store' && isGood ? await tryRows(ctx, services, { ...trial, mode }) : tried
  return {
    columns: columns.map(({ header, target }) => ({ header, field: target?.path ?? null })),
    rows: outcome.rows,
    stored: outcome.stored,
  }
}

type Target = {
  readonly path: string
  readonly field: SchemaField | undefined
  readonly unit: string | undefined
}
type Column = { readonly header: string; readonly target: Target | undefined }
type Line = { readonly line: number; readonly cells: readonly TableCell[] }

const OWN = ['sample_id', 'sample_name', 'date_created', 'parent', 'location']

async function readRows(
  { content, format }: { readonly content: Readable; readonly format: TableFormat },
  fields: readonly SchemaField[],
): Promise<{ readonly columns: readonly Column[]; readonly rows: readonly Line[] }> {
  const table = await readTable(content, format, LIMITS)
  let columns: readonly Column[] | undefined
  const rows: Line[] = []
  for await (const row of table.rows) {
    if (columns) rows.push(row)
    else columns = row.cells.map((cell) => columnOf(String(cell ?? '').trim(), fields))
  }
  if (!columns || rows.length === 0) throw invalidInput('file', 'There are no rows behind a row of headers.')
  return { columns, rows }
}

/** `weight [mg]` names a field and the unit of its numbers. */
function columnOf(header: string, fields: readonly SchemaField[]): Column {
  const [, name = header, unit] = /^(.*?)\s*\[([^\]]+)\]$/.exec(header) ?? []
  const wanted = name.trim().toLowerCase()
  if (OWN.includes(wanted)) return { header, target: { path: wanted, field: undefined, unit: undefined } }
  const field = fields.find(
    (each) => each.name.toLowerCase() === wanted || each.label.toLowerCase() === wanted,
  )
  return { header, target: field && { path: field.name, field, unit } }
}

type Trial = {
  readonly rows: readonly Line[]
  readonly columns: readonly Column[]
  readonly defaults: TableDefaults
  readonly mode: 'check' | 'store'
}

/** Ends the transaction of a trial without a trace. */
class TrialOver extends Error {}

async function tryRows(
  ctx: Context,
  services: ResearchServices,
  trial: Trial,
): Promise<{ readonly rows: readonly ImportedRow[]; readonly stored: number }> {
  const rows: ImportedRow[] = []
  try {
    await inTransaction(ctx, async (tx) => {
      rows.length = 0
      for (const [index, row] of trial.rows.entries())
        rows.push(await tryRow(tx, services, trial, row, index))
      const failed = rows.some(({ problems }) => problems.length > 0)
      if (failed || trial.mode === 'check') throw new TrialOver('nothing is stored')
    })
    return { rows, stored: rows.length }
  } catch (error) {
    if (error instanceof TrialOver) return { rows, stored: 0 }
    throw error
  }
}

async function tryRow(
  tx: Context,
  services: ResearchServices,
  { columns, defaults, mode }: Trial,
  { line, cells }: Line,
  index: number,
): Promise<ImportedRow> {
  const problems: string[] = []
  const texts = new Map(columns.map(({ target }, at) => [target?.path, String(cells[at] ?? '').trim()]))
  const info = infoOf(columns, cells, problems)
  const day = texts.get('date_created') || defaults.dateCreated
  if (toDay(day) === null) problems.push(`date_created: ${day} is no day such as 2026-11-21.`)
  const parent = await parentOf(tx, texts.get('parent') ?? '', problems)
  const proposed = proposeSampleId(
    new Date(tx.now().getTime() - index * 1000),
    defaults.instituteId,
    defaults.methodId,
  )
  const sampleId = texts.get('sample_id') || proposed
  if (problems.length > 0) return { line, sampleId, problems, warnings: [] }
  const { instituteId, projectId, sampleTypeId, methodId } = defaults
  const sample: NewSample = {
    sampleId,
    name: (texts.get('sample_name') || String(info.name ?? sampleId)).slice(0, 255),
    dateCreated: day,
    instituteId,
    projectId,
    sampleTypeId,
    methodId,
    parentId: parent,
    info,
    location: texts.get('location') || null,
  }
  try {
    const { warnings } = await registerSample(tx, services, sample, {
      violations: 'refuse',
      legacy: true,
      isTrial: mode === 'check',
    })
    return {
      line,
      sampleId,
      problems: [],
      warnings: (warnings ?? []).map(({ path, message }) => `${path} ${message}`.trim()),
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return { line, sampleId, problems: problemsOf(error), warnings: [] }
  }
}

/** The internal id of a parent by the id that people know. */
async function parentOf(tx: Context, sampleId: string, problems: string[]): Promise<number | null> {
  if (sampleId === '') return null
  const parent = await findSampleById(tx, sampleId)
  if (!parent) problems.push(`parent: "${sampleId}" does not exist.`)
  return parent?.id ?? null
}

function problemsOf({ refusal, message }: RefusedError): readonly string[] {
  if (refusal.kind !== 'invalid-input') return [message]
  return refusal.problems.map(({ field, problem }) => `${field.replace(/^info\./, '')}: ${problem}`)
}

function infoOf(
  columns: readonly Column[],
  cells: readonly TableCell[],
  problems: string[],
): Record<string, unknown> {
  const info: Record<string, unknown> = {}
  for (const [index, { header, target }] of columns.entries()) {
    const cell = cells[index] ?? null
    if (!target?.field || cell === null || cell === '') continue
    const value = readCell(target.field, cell, target.unit)
    if (value === undefined) problems.push(`${header}: "${String(cell)}" cannot be read.`)
    else info[target.path] = value
  }
  return info
}

/** @returns undefined for what cannot be read */
function readCell(field: SchemaField, cell: TableCell, unit: string | undefined): unknown {
  const own = field.units[0] ?? '1'
  switch (field.kind) {
    case 'number':
    case 'integer':
      return inUnit(typeof cell === 'number' ? cell : readNumber(String(cell)), unit ?? own, own)
    case 'quantity':
    case 'duration':
      return readQuantity(String(cell), unit ?? own)
    case 'boolean':
      return typeof cell === 'boolean'
        ? cell
        : /^(true|yes|1)$/i.test(String(cell))
          ? true
          : /^(false|no|0)$/i.test(String(cell))
            ? false
            : undefined
    case 'multichoice':
    case 'hazard':
      return String(cell)
        .split(/[;,]/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
    default:
      return String(cell)
  }
}

function inUnit(value: number | undefined, from: string, to: string): number | undefined {
  const [source, target] = [parseUnit(from), parseUnit(to)]
  return value === undefined || !source || !target ? undefined : convertValue(value, source, target)
}
