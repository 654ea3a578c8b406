import { convertValue } from '../../../core/quantity/convert.ts'
import { parseUnit } from '../../../core/quantity/unit.ts'
import { isJsonObject, type JsonObject, member, numberOf } from './json-value.ts'
import { readNumber } from './read-number.ts'
import { fieldsOfSchema, type SchemaField } from './schema-fields.ts'
import { readStoredQuantity } from './stored-quantity.ts'

/** One step of a plan that moves documents to another version; paths are names of fields of the document. */
export type MigrationStep =
  | { readonly op: 'rename'; readonly from: string; readonly to: string }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | {
      readonly op: 'convertUnit'
      readonly path: string
      readonly from: string
      readonly to: string
      readonly digits?: number
    }
  | { readonly op: 'wrap' | 'unwrap'; readonly path: string; readonly unit: string }
  | { readonly op: 'mapValues'; readonly path: string; readonly map: Readonly<Record<string, string>> }
  | { readonly op: 'toNumber' | 'toList' | 'fromList'; readonly path: string }

/** The steps that follow from what changed by itself; the rest is for the curator to say. */
export function planMigration(before: JsonObject, after: JsonObject): readonly MigrationStep[] {
  const now = new Map(fieldsOfSchema(after).map((field) => [field.uid, field]))
  return fieldsOfSchema(before).flatMap((field): MigrationStep[] => {
    const later = now.get(field.uid)
    if (!later) return [{ op: 'remove', path: field.name }]
    const renamed: MigrationStep[] =
      later.name === field.name ? [] : [{ op: 'rename', from: field.name, to: later.name }]
    return [...renamed, ...stepsOfKind(field, later)]
  })
}

function stepsOfKind(before: SchemaField, after: SchemaField): readonly MigrationStep[] {
  const path = after.name
  const [from, to] = [before.units[0], after.units[0]]
  const isNumber = (field: SchemaField) => field.kind === 'number' || field.kind === 'integer'
  if (isNumber(before) && after.kind === 'quantity') return [{ op: 'wrap', path, unit: from ?? '1' }]
  if (before.kind === 'quantity' && isNumber(after)) return [{ op: 'unwrap', path, unit: to ?? '1' }]
  if (before.kind === 'text' && isNumber(after)) return [{ op: 'toNumber', path }]
  if (before.kind === 'text' && after.kind === 'multichoice') return [{ op: 'toList', path }]
  if (before.kind === 'multichoice' && after.kind === 'choice') return [{ op: 'fromList', path }]
  if (isNumber(before) && isNumber(after) && from !== undefined && to !== undefined && from !== to)
    return [{ op: 'convertUnit', path, from, to }]
  return []
}

/** A document with a plan applied. What is removed is kept below `_retired`. @throws never: what does not fit stays as it is */
export function migrateInfo(info: JsonObject, plan: readonly MigrationStep[]): JsonObject {
  return plan.reduce(applyStep, info)
}

function applyStep(info: JsonObject, step: MigrationStep): JsonObject {
  switch (step.op) {
    case 'rename': {
      if (!Object.hasOwn(info, step.from)) return info
      const { [step.from]: value, ...rest } = info
      return { ...rest, [step.to]: value }
    }
    case 'remove': {
      if (!Object.hasOwn(info, step.path)) return info
      const { [step.path]: value, ...rest } = info
      const retired = member(info, '_retired')
      return { ...rest, _retired: { ...(isJsonObject(retired) ? retired : {}), [step.path]: value } }
    }
    case 'add':
      return Object.hasOwn(info, step.path) ? info : { ...info, [step.path]: step.value }
    default:
      return Object.hasOwn(info, step.path)
        ? { ...info, [step.path]: converted(info[step.path], step) }
        : info
  }
}

type Conversion = Exclude<MigrationStep, { op: 'rename' | 'remove' | 'add' }>

function converted(value: unknown, step: Conversion): unknown {
  switch (step.op) {
    case 'convertUnit':
      return inUnit(numberOf(value), step.from, step.to, step.digits) ?? value
    case 'wrap':
      return typeof value === 'number' ? { value, unit: step.unit, text: String(value) } : value
    case 'unwrap':
      return unwrapped(value, step.unit) ?? value
    case 'mapValues':
      return typeof value === 'string' && Object.hasOwn(step.map, value) ? step.map[value] : value
    case 'toNumber':
    case 'toList':
    case 'fromList':
      return reshaped(value, step.op)
  }
}

function unwrapped(value: unknown, unit: string): number | undefined {
  const quantity = readStoredQuantity(value)
  return quantity && inUnit(quantity.value ?? undefined, quantity.unit, unit)
}

function reshaped(value: unknown, op: 'toNumber' | 'toList' | 'fromList'): unknown {
  if (op === 'toNumber') return typeof value === 'string' ? (readNumber(value) ?? value) : value
  if (op === 'toList') return value === null || Array.isArray(value) ? value : [value]
  return Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : value
}

function inUnit(value: number | undefined, from: string, to: string, digits?: number): number | undefined {
  const [source, target] = [parseUnit(from), parseUnit(to)]
  const result = value === undefined || !source || !target ? undefined : convertValue(value, source, target)
  if (result === undefined) return undefined
  return Number(digits === undefined ? result.toPrecision(12) : result.toFixed(digits + 3))
}
