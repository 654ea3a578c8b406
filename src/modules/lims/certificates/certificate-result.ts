import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { toFixedDecimals } from '../domain/number-format.ts'
import type { Operand } from '../domain/result-entry.ts'
import type { ResultRange } from '../domain/result-range.ts'
import type { ServiceSnapshot } from '../domain/service-snapshot.ts'
import { parseNumber } from '../domain/setup-rules.ts'
import { type ShowOptions, showResult } from '../domain/show-result.ts'
import type { JudgedAnalysis } from '../judge-analyses.ts'
import type { CertificateResult, Conformity } from './certificate.ts'

/** What stands beside an analysis when it is written on a certificate. */
export type ResultSurroundings = {
  readonly verdict: JudgedAnalysis | undefined
  readonly show: ShowOptions
  /** title of the method that was used */
  readonly method: string | null
  /** percentage of dry matter of the sample, where results are asked for on dry matter */
  readonly dryMatter: number | undefined
}

/** A result as a certificate states it: rounded and marked as specification 3.9.2 to 3.9.6 say. */
export function certificateResult(row: AnyRow, around: ResultSurroundings): CertificateResult {
  const snapshot = row.snapshot as ServiceSnapshot
  const result = String(row.result ?? '')
  const operand = row.operand as Operand | null
  const { verdict, show } = around
  const shown = showResult(
    { result, operand, uncertainty: textOf(row.uncertainty), snapshot, range: verdict?.range },
    show,
  )
  return {
    analysisId: row.id,
    keyword: String(row.keyword),
    title: String(row.title),
    category: snapshot.categoryTitle,
    method: around.method ?? snapshot.methodTitle,
    text: shown.text,
    unit: snapshot.unit,
    uncertainty: shown.uncertainty,
    detectionLimit:
      snapshot.resultType === 'numeric' && snapshot.lowerDetectionLimit > 0
        ? marked(String(snapshot.lowerDetectionLimit), show)
        : null,
    range: rangeText(verdict?.range, show),
    rangeComment: textOf(verdict?.range?.rangecomment),
    conformity: conformityOf(result, verdict),
    accredited: snapshot.accredited,
    subcontractor: textOf(snapshot.subcontractor),
    measuredInField: row.pointOfCapture === 'field',
    dryMatter: onDryMatter(result, operand, snapshot, around),
    remarks: textOf(row.remarks),
  }
}

/** The bounds as people read them; null where there are none. */
export function rangeText(range: ResultRange | undefined, show: ShowOptions): string | null {
  if (!range) return null
  const min = parseNumber(range.min) === undefined ? undefined : marked(String(range.min).trim(), show)
  const max = parseNumber(range.max) === undefined ? undefined : marked(String(range.max).trim(), show)
  const lower = range.min_operator === '>' ? '>' : '≥'
  const upper = range.max_operator === '<' ? '<' : '≤'
  if (min !== undefined && max !== undefined)
    return lower === '≥' && upper === '≤' ? `${min} – ${max}` : `${lower} ${min}, ${upper} ${max}`
  if (min !== undefined) return `${lower} ${min}`
  return max === undefined ? null : `${upper} ${max}`
}

function conformityOf(result: string, verdict: JudgedAnalysis | undefined): Conformity {
  const { range } = verdict ?? {}
  const isStated = parseNumber(range?.min) !== undefined || parseNumber(range?.max) !== undefined
  if (!verdict || !isStated || parseNumber(result) === undefined) return null
  if (!verdict.outOfRange) return 'within'
  return verdict.acceptable ? 'warning' : 'out'
}

/** result · 100 / dry matter, specification 3.9.8 */
function onDryMatter(
  result: string,
  operand: Operand | null,
  snapshot: ServiceSnapshot,
  { dryMatter, show }: ResultSurroundings,
): string | null {
  const value = parseNumber(result)
  if (!snapshot.reportDryMatter || operand !== null || value === undefined || !dryMatter) return null
  return marked(toFixedDecimals((value * 100) / dryMatter, snapshot.precision ?? 2), show)
}

function marked(text: string, { decimalMark = '.' }: ShowOptions): string {
  return decimalMark === '.' ? text : text.replace('.', decimalMark)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
