import type { Missing, Quantity, Uncertainty } from '../../../core/quantity/quantity.ts'
import { isJsonObject, member, numberOf, textOf } from './json-value.ts'

const MISSING: readonly Missing[] = ['not_measured', 'below_detection', 'lost']
const UNCERTAINTIES: readonly Uncertainty['type'][] = ['standard', 'expanded', 'tolerance']

/** Reads `{"value": 12.5, "unit": "mg", …}` of a document. @returns undefined for what is no quantity */
export function readStoredQuantity(given: unknown): Quantity | undefined {
  if (!isJsonObject(given)) return undefined
  const unit = textOf(member(given, 'unit'))
  const rawValue = member(given, 'value')
  const value = rawValue === null || rawValue === undefined ? null : numberOf(rawValue)
  const missing = MISSING.find((word) => word === member(given, 'missing'))
  const u = readUncertainty(member(given, 'u'))
  if (unit === undefined || value === undefined || u === 'wrong' || (value === null && !missing))
    return undefined
  const text = textOf(member(given, 'text'))
  const limit = numberOf(member(given, 'limit'))
  return {
    value,
    unit,
    ...(text === undefined ? {} : { text }),
    ...(u === undefined ? {} : { u }),
    ...(missing === undefined ? {} : { missing }),
    ...(limit === undefined ? {} : { limit }),
  }
}

function readUncertainty(given: unknown): Uncertainty | 'wrong' | undefined {
  if (given === undefined || given === null) return undefined
  const value = numberOf(member(given, 'value'))
  const type = UNCERTAINTIES.find((word) => word === (member(given, 'type') ?? 'standard'))
  if (value === undefined || value < 0 || type === undefined) return 'wrong'
  const k = numberOf(member(given, 'k'))
  const dof = numberOf(member(given, 'dof'))
  return { value, type, ...(k === undefined ? {} : { k }), ...(dof === undefined ? {} : { dof }) }
}
