import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { userRecord } from '../../../modules/access/records/user.ts'
import { allowedTransitions } from '../../../modules/lims/allowed-transitions.ts'
import type { Operand } from '../../../modules/lims/domain/result-entry.ts'
import type { Interim, ServiceSnapshot } from '../../../modules/lims/domain/service-snapshot.ts'
import { showResult } from '../../../modules/lims/domain/show-result.ts'
import { ANALYSIS_STATES, type AnalysisState } from '../../../modules/lims/domain/workflow/states.ts'
import { type JudgedAnalysis, judgeAnalyses } from '../../../modules/lims/judge-analyses.ts'
import { limsSettings } from '../../../modules/lims/lims-settings.ts'
import { analysis } from '../../../modules/lims/records/analysis.ts'
import { type RelatedRows, relatedRows } from '../../../modules/lims/related-rows.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { WireAnalysis, WireMove } from './samples.schema.ts'

const OPEN: ReadonlySet<unknown> = new Set([
  'to_be_sampled',
  'sample_due',
  'sample_received',
  'assigned',
  'attachment_due',
  'to_be_verified',
])

type Presenting = {
  readonly ctx: Context
  readonly found: RelatedRows
  readonly judged: ReadonlyMap<number, JudgedAnalysis>
  readonly moves: ReadonlyMap<number, readonly WireMove[]>
  readonly decimalMark: string
}

/** Analyses as grids of results show them, in the given order. */
export async function presentAnalyses(
  ctx: Context,
  rows: readonly AnyRow[],
): Promise<readonly WireAnalysis[]> {
  if (rows.length === 0) return []
  const [found, judged, moves, settings] = await Promise.all([
    relatedRows(ctx, [{ record: analysis, rows }]),
    judgeAnalyses(ctx, rows),
    allowedTransitions(ctx, analysis, rows),
    limsSettings(ctx),
  ])
  const presenting: Presenting = {
    ctx,
    found,
    judged,
    moves,
    decimalMark: settings.resultsDecimalMark ?? '.',
  }
  return rows.map((row) => presentAnalysis(presenting, row))
}

function presentAnalysis(presenting: Presenting, row: AnyRow): WireAnalysis {
  const { ctx, found, judged, moves } = presenting
  const snapshot = row.snapshot as ServiceSnapshot
  const verdict = judged.get(row.id)
  const submitter = found.row(userRecord.name, row.submittedBy)
  return {
    ...identityOf(row),
    ...resultOf(presenting, row, snapshot, verdict),
    ...placeOf(found, row),
    ...offerOf(snapshot),
    serviceId: Number(row.service),
    category: snapshot.categoryTitle,
    state: String(row.state),
    stateTitle: ANALYSIS_STATES[row.state as AnalysisState],
    cancelled: row.cancelled === true,
    hidden: row.hidden === true,
    interims: interimsOf(row),
    method: found.named('lims.method', row.method),
    instrument: found.named('lims.instrument', row.instrument),
    analyst: textOf(row.analyst),
    remarks: textOf(row.remarks),
    dueDate: isoOf(row.dueDate),
    capturedAt: isoOf(row.resultCaptureDate),
    submittedBy: submitter ? String(submitter.username) : null,
    submittedAt: isoOf(row.submittedAt),
    verifiedBy: row.verificators as readonly string[],
    requiredVerifications: Number(row.requiredVerifications),
    price: Number(row.price),
    vat: Number(row.vat),
    moves: moves.get(row.id) ?? [],
    editable: mayEnter(ctx, row),
  }
}

function identityOf(
  row: AnyRow,
): Pick<
  WireAnalysis,
  | 'id'
  | 'version'
  | 'uid'
  | 'objectId'
  | 'kind'
  | 'keyword'
  | 'title'
  | 'pointOfCapture'
  | 'originalId'
  | 'retestOfId'
  | 'position'
  | 'referenceType'
> {
  return {
    id: row.id,
    version: row.version,
    uid: String(row.uid),
    objectId: String(row.objectId),
    // closed sets of the record's own choices
    kind: row.kind as WireAnalysis['kind'],
    keyword: String(row.keyword),
    title: String(row.title),
    pointOfCapture: row.pointOfCapture as WireAnalysis['pointOfCapture'],
    originalId: numberOf(row.original),
    retestOfId: numberOf(row.retestOf),
    position: numberOf(row.position),
    referenceType: row.referenceType as WireAnalysis['referenceType'],
  }
}

function placeOf(
  found: RelatedRows,
  row: AnyRow,
): Pick<WireAnalysis, 'sample' | 'worksheet' | 'referenceSample'> {
  const objectOf = (record: string, id: unknown) => {
    const hit = found.row(record, id)
    return hit ? { id: hit.id, objectId: String(hit.objectId) } : null
  }
  return {
    sample: objectOf('lims.request', row.request),
    worksheet: objectOf('lims.worksheet', row.worksheet),
    referenceSample: found.named('lims.reference-sample', row.referenceSample),
  }
}

function resultOf(
  { decimalMark }: Presenting,
  row: AnyRow,
  snapshot: ServiceSnapshot,
  verdict: JudgedAnalysis | undefined,
): Pick<
  WireAnalysis,
  | 'result'
  | 'operand'
  | 'shown'
  | 'shownUncertainty'
  | 'uncertainty'
  | 'unit'
  | 'range'
  | 'outOfRange'
  | 'acceptable'
> {
  const result = String(row.result ?? '')
  const operand = row.operand as Operand | null
  const uncertainty = textOf(row.uncertainty)
  const shown = showResult({ result, operand, uncertainty, snapshot, range: verdict?.range }, { decimalMark })
  return {
    result,
    operand,
    uncertainty,
    shown: shown.text,
    shownUncertainty: shown.uncertainty,
    unit: snapshot.unit,
    range: verdict?.range ?? null,
    outOfRange: verdict?.outOfRange ?? false,
    acceptable: verdict?.acceptable ?? true,
  }
}

function offerOf(
  snapshot: ServiceSnapshot,
): Pick<
  WireAnalysis,
  | 'resultType'
  | 'options'
  | 'calculated'
  | 'formula'
  | 'detectionLimitSelector'
  | 'allowManualDetectionLimit'
  | 'allowManualUncertainty'
  | 'attachmentRequired'
  | 'accredited'
> {
  return {
    resultType: snapshot.resultType,
    options: snapshot.resultOptions.map(({ ResultValue, ResultText }) => ({
      value: String(ResultValue),
      text: ResultText,
    })),
    calculated: snapshot.formula !== null,
    formula: snapshot.formula,
    detectionLimitSelector: snapshot.detectionLimitSelector,
    allowManualDetectionLimit: snapshot.allowManualDetectionLimit,
    allowManualUncertainty: snapshot.allowManualUncertainty,
    attachmentRequired: snapshot.attachmentRequired,
    accredited: snapshot.accredited,
  }
}

function interimsOf(row: AnyRow): WireAnalysis['interims'] {
  return (row.interims as readonly Interim[]).map(
    ({ keyword, title, value, unit, hidden, wide, allow_empty }) => ({
      keyword,
      title,
      value: String(value ?? ''),
      unit: unit ?? null,
      hidden: hidden === true,
      wide: wide === true,
      optional: allow_empty === true,
    }),
  )
}

function mayEnter(ctx: Context, row: AnyRow): boolean {
  const permitted =
    hasPermission(ctx.actor, 'lims.result.enter') ||
    (row.pointOfCapture === 'field' && hasPermission(ctx.actor, 'lims.result.enter-field'))
  return permitted && OPEN.has(row.state) && row.cancelled !== true && row.kind !== 'reject'
}

export function isoOf(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
