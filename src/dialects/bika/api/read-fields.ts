import type { Context } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { Surroundings } from '../surroundings.ts'
import type { WireField, WireType } from '../types/wire-types.ts'
import { textsOf, type WireValue } from '../wire/parameters.ts'
import { parseLiteral } from '../wire/python-literal.ts'
import { parseZopeDate } from '../wire/zope-dates.ts'
import { WireError } from '../wire-error.ts'
import { resolveReference } from './resolve-reference.ts'

/** Values by field of the record, read from the fields of a request. */
export type ReadFields = {
  readonly values: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/**
 * Reads fields of a type from their wire form.
 *
 * @throws WireError naming the fields that the type does not have, in the order of the request; or a value that cannot
 *   be read
 * @see specification 1.4
 */
export async function readFields(
  ctx: Context,
  around: Surroundings,
  wire: WireType,
  given: ReadonlyMap<string, WireValue>,
): Promise<ReadFields> {
  const unknown = [...given.keys()].filter((name) => !writableField(wire, name))
  if (unknown.length > 0) throw unusedFields(unknown)
  const warnings: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, value] of given) {
    const field = writableField(wire, name)
    if (field) values[field.field] = await readField(ctx, around, field, name, value, warnings)
  }
  return { values, warnings }
}

/** What old servers say of fields that nobody took. */
export function unusedFields(names: readonly string[]): WireError {
  const list = names.map((name) => `'${name.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`).join(', ')
  return new WireError(`The following request fields were not used: [${list}].  Request aborted.`)
}

export function writableField(wire: WireType, name: string): WireField | undefined {
  const field = wire.fields.get(name) ?? (name === 'title' ? titleField(wire) : undefined)
  return field?.writable ? field : undefined
}

/** `title` writes whatever a type is called by. */
function titleField(wire: WireType): WireField | undefined {
  return [...wire.fields.values()].find(({ field, on }) => on === 'row' && field === wire.record.titleField)
}

async function readField(
  ctx: Context,
  around: Surroundings,
  field: WireField,
  name: string,
  value: WireValue,
  warnings: string[],
): Promise<unknown> {
  const { kind, target } = field
  if (target !== undefined) return readReference(ctx, around, field, name, value, warnings)
  switch (kind) {
    case 'json':
      return readStructure(name, field.field, value)
    case 'boolean':
      return readBoolean(value)
    case 'integer':
    case 'number':
    case 'decimal':
      return readNumber(name, value)
    case 'instant':
      return readDate(ctx, name, value)
    case 'duration':
      return readDuration(name, value)
    case 'day':
      return readDate(ctx, name, value)?.toISOString().slice(0, 10) ?? null
    default:
      return Array.isArray(value)
        ? textsOf(value).join('\n')
        : value === null
          ? null
          : typeof value === 'object'
            ? JSON.stringify(value)
            : String(value)
  }
}

async function readReference(
  ctx: Context,
  around: Surroundings,
  { kind, target = '' }: WireField,
  name: string,
  value: WireValue,
  warnings: string[],
): Promise<unknown> {
  const texts = textsOf(value).filter((text) => text.trim() !== '')
  const found: number[] = []
  for (const text of texts) {
    const ids = await resolveReference(ctx, around, name, target, text)
    if (kind === 'reference' && ids.length > 1)
      warnings.push(`${name}: ${ids.length} objects match, the first was taken`)
    found.push(...(kind === 'reference' ? ids.slice(0, 1) : ids))
  }
  return kind === 'reference' ? (found[0] ?? null) : [...new Set(found)]
}

/** Fields of lines of text; every other structure holds records. */
const LINES: ReadonlySet<string> = new Set(['emailSubject', 'publicationPreference', 'rejectionReasons'])

/** Records and lines: JSON or a Python literal; plain text is a list of lines. */
function readStructure(name: string, field: string, value: WireValue): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return []
  const isLines = LINES.has(field)
  if (isLines && !/^\s*[[({]/.test(value)) return value.split(/\r?\n|,/).map((line) => line.trim())
  const parsed = parseLiteral(value)
  if (!parsed) throw new WireError(`${name}: Invalid JSON/Python variable`)
  return parsed.value
}

function readBoolean(value: WireValue): boolean {
  if (typeof value === 'boolean') return value
  return !['0', 'false', 'no', ''].includes(
    String(value ?? '')
      .trim()
      .toLowerCase(),
  )
}

function readNumber(name: string, value: WireValue): number | null {
  if (value === null || value === '') return null
  const number = Number(value)
  if (typeof value === 'object' || !Number.isFinite(number))
    throw new WireError(`Invalid number for ${name}: ${String(value)}`)
  return number
}

function readDate(ctx: Context, name: string, value: WireValue): Date | null {
  if (value === null || value === '') return null
  const date = typeof value === 'string' ? parseZopeDate(value, ctx.zone) : undefined
  if (!date)
    throw new WireError(
      `Invalid date for ${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    )
  return date
}

const SECONDS: Readonly<Record<string, number>> = { days: 86_400, hours: 3600, minutes: 60 }

function readDuration(name: string, value: WireValue): number | null {
  const parts = typeof value === 'string' ? (value.trim() === '' ? null : parseLiteral(value)?.value) : value
  if (parts === null) return null
  if (typeof parts !== 'object' || Array.isArray(parts))
    throw new WireError(`${name}: Invalid JSON/Python variable`)
  return Object.entries(parts as Readonly<Record<string, WireValue>>).reduce((sum, [unit, amount]) => {
    const number = Number(amount === '' ? 0 : amount)
    if (!Number.isFinite(number)) throw new WireError(`${name}: Validation failed: Values must be numbers`)
    return sum + (SECONDS[unit] ?? 0) * number
  }, 0)
}

/** A refusal about fields of the record, in the names of the wire. */
export function inWireNames(wire: WireType, error: unknown): unknown {
  if (!(error instanceof RefusedError)) return error
  const { refusal } = error
  if (refusal.kind !== 'invalid-input') return error
  const names = new Map([...wire.fields.values()].map(({ field, name }) => [field, name]))
  const problems = refusal.problems.map(({ field, problem }) => ({
    field: names.get(field) ?? field,
    problem,
  }))
  return new WireError(
    problems
      .map(({ field, problem }) =>
        field === '' || problem.endsWith('not found') ? problem : `${field}: ${problem}`,
      )
      .join(' '),
  )
}
