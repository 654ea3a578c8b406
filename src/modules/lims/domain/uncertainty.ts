import { significantDecimals } from './number-format.ts'
import type { ServiceSnapshot, UncertaintyRow } from './service-snapshot.ts'
import { parseNumber } from './setup-rules.ts'

/**
 * The uncertainty of a result by a service's table: the first row whose range holds it; absolute, or a percentage of
 * the result.
 *
 * @see specification 3.9.5
 */
export function tableUncertainty(result: number, rows: readonly UncertaintyRow[]): number | undefined {
  const row = rows.find(({ intercept_min, intercept_max }) => {
    const min = parseNumber(intercept_min)
    const max = parseNumber(intercept_max)
    return min !== undefined && max !== undefined && min <= result && result <= max
  })
  if (!row) return undefined
  const text = String(row.errorvalue).trim()
  if (!text.endsWith('%')) return parseNumber(text)
  const percent = parseNumber(text.slice(0, -1))
  return percent === undefined ? undefined : (Math.abs(result) * percent) / 100
}

/** What a result's uncertainty is: one that was typed in where that is allowed, else the table's. */
export function uncertaintyOf(
  result: number | undefined,
  manual: string | null,
  service: Pick<ServiceSnapshot, 'uncertainties' | 'allowManualUncertainty'>,
): number | undefined {
  const typed = service.allowManualUncertainty ? parseNumber(manual) : undefined
  if (typed !== undefined) return typed
  return result === undefined ? undefined : tableUncertainty(result, service.uncertainties)
}

/** Decimals of a result: those of the service, or those that its uncertainty needs, rounded once (0.9504 is 1). */
export function precisionOf(
  uncertainty: number | undefined,
  { precision, precisionFromUncertainty }: Pick<ServiceSnapshot, 'precision' | 'precisionFromUncertainty'>,
): number {
  const own = precision ?? 0
  if (!precisionFromUncertainty || uncertainty === undefined) return own
  if (uncertainty === 0) return 1
  const decimals = significantDecimals(uncertainty)
  return significantDecimals(Number(uncertainty.toFixed(decimals)))
}
