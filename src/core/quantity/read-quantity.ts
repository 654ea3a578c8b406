import type { Quantity, Uncertainty } from './quantity.ts'
import { parseUnit } from './unit.ts'

const NUMBER = String.raw`[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?`
const WRITTEN = new RegExp(
  String.raw`^(?<value>${NUMBER})(?:\((?<last>\d{1,6})\))?(?:\s*(?:\+-|\+/-|±)\s*(?<plusMinus>${NUMBER}))?(?:\s*(?<unit>\S.*))?$`,
)
const LONGEST = 120

/**
 * Reads a quantity as people type it: `12,5`, `1.2e-3 mg`, `12.50(5) mg` (standard uncertainty of the last digits),
 * `12.5 +- 0.1 mg` (half width of a tolerance).
 *
 * @param fallbackUnit UCUM code of a number without unit
 * @returns undefined for anything else, and for unknown units
 */
export function readQuantity(text: string, fallbackUnit: string): Quantity | undefined {
  const trimmed = text.trim()
  const groups = trimmed.length > LONGEST ? undefined : WRITTEN.exec(trimmed)?.groups
  const written = groups?.value
  if (!groups || written === undefined) return undefined
  const unit = groups.unit ?? fallbackUnit
  const value = numberOf(written)
  if (parseUnit(unit) === undefined || !Number.isFinite(value)) return undefined
  const u = uncertaintyOf(written, groups.last, groups.plusMinus)
  return { value, unit, text: written, ...(u ? { u } : {}) }
}

function uncertaintyOf(
  value: string,
  lastDigits: string | undefined,
  plusMinus: string | undefined,
): Uncertainty | undefined {
  if (lastDigits !== undefined) {
    const exponent = Number(/[eE]([+-]?\d+)$/.exec(value)?.[1] ?? 0)
    const decimals = /[.,](\d*)/.exec(value)?.[1]?.length ?? 0
    // written as text, since 5 · 10⁻² is not 0.05 in every last digit
    return { value: Number(`${lastDigits}e${exponent - decimals}`), type: 'standard' }
  }
  return plusMinus === undefined ? undefined : { value: Math.abs(numberOf(plusMinus)), type: 'tolerance' }
}

function numberOf(written: string): number {
  return Number(written.replace(',', '.'))
}
