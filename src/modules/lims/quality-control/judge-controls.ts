import { type Context, requirePermission } from '../../../context.ts'
import { equals } from '../../../core/query.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import {
  type ControlFinding,
  type ControlStatistics,
  judgeControl,
  judgeRepeat,
} from '../domain/quality-control.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import type { ServiceSnapshot } from '../domain/service-snapshot.ts'
import { analysis } from '../records/analysis.ts'
import { SEES_ALL_CLIENTS } from '../records/object-fields.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { service } from '../records/service.ts'
import { worksheet } from '../records/worksheet.ts'
import { controlChart } from './control-chart.ts'

export type JudgedControl = ControlFinding & {
  readonly analysisId: number
  readonly kind: 'blank' | 'control' | 'duplicate'
  readonly keyword: string
  readonly position: number | null
  readonly result: string
  /** rules of Westgard that this result completes */
  readonly rules: ControlStatistics['violations']
}

const MOST_ON_WORKSHEET = 5000
/** Charts that one worksheet may need. */
const MOST_CHARTS = 50

/**
 * What the blanks, controls and duplicates of a worksheet say, as their results stand now. Rules of Westgard are applied
 * to controls with enough results; a broken one is a rejection, or a warning where the rule says so.
 *
 * @throws RefusedError `not-found`
 */
export async function judgeControls(ctx: Context, worksheetId: number): Promise<readonly JudgedControl[]> {
  requirePermission(ctx, SEES_ALL_CLIENTS)
  const [sheet] = await findRecords(ctx, worksheet, [worksheetId])
  if (!sheet) throw new RefusedError({ kind: 'not-found', what: 'worksheet', id: worksheetId })
  const query = { where: equals('worksheet', worksheetId), order: [], limit: MOST_ON_WORKSHEET, offset: 0 }
  const { rows } = await listRecords(ctx, analysis, query, { total: 'none', relations: 'none' })
  const controls = rows.filter(
    ({ kind, state }) =>
      (kind === 'reference' || kind === 'duplicate') && state !== 'retracted' && state !== 'rejected',
  )
  const [expected, originals, rules] = await Promise.all([
    findExpected(ctx, controls),
    findOriginals(ctx, controls),
    findRules(ctx, controls),
  ])
  return controls.map((row) => {
    const broken = rules.get(row.id) ?? []
    const finding =
      row.kind === 'duplicate'
        ? judgeRepeat(
            String(row.result),
            String(originals.get(Number(row.original))?.result ?? ''),
            (row.snapshot as ServiceSnapshot).duplicateVariation,
          )
        : judgeControl(String(row.result), expected.get(row.id))
    return {
      ...withRules(finding, broken),
      analysisId: row.id,
      kind: row.kind === 'duplicate' ? 'duplicate' : row.referenceType === 'b' ? 'blank' : 'control',
      keyword: String(row.keyword),
      position: typeof row.position === 'number' ? row.position : null,
      result: String(row.result),
      rules: broken,
    }
  })
}

function withRules(finding: ControlFinding, broken: ControlStatistics['violations']): ControlFinding {
  const worst = broken.find(({ severity }) => severity === 'rejection') ?? broken[0]
  if (!worst || finding.verdict === 'rejected') return finding
  const message = finding.message ?? `${worst.rule}: ${worst.words}`
  return { verdict: worst.severity === 'rejection' ? 'rejected' : 'warning', message }
}

async function findExpected(
  ctx: Context,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, ReferenceResult>> {
  const references = rows.filter(({ kind }) => kind === 'reference')
  const [materials, services] = await Promise.all([
    findRecords(ctx, referenceSample, idsOf(references, 'referenceSample')),
    findRecords(ctx, service, idsOf(references, 'service')),
  ])
  const material = new Map(
    materials.map((row) => [row.id, row.referenceResults as readonly ReferenceResult[]]),
  )
  const uids = new Map(services.map(({ id, uid }) => [id, uid]))
  return new Map(
    references.flatMap((row) => {
      const uid = uids.get(Number(row.service))
      const found = material.get(Number(row.referenceSample))?.find((each) => each.uid === uid)
      return found ? [[row.id, found] as const] : []
    }),
  )
}

async function findOriginals(ctx: Context, rows: readonly AnyRow[]): Promise<ReadonlyMap<number, AnyRow>> {
  const found = await findRecords(ctx, analysis, idsOf(rows, 'original'))
  return new Map(found.map((row) => [row.id, row]))
}

/** The rules that each control completes, by its analysis. */
async function findRules(
  ctx: Context,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, ControlStatistics['violations']>> {
  const measured = rows.filter(({ kind, referenceType }) => kind === 'reference' && referenceType !== 'b')
  const pairs = new Map(
    measured.map(({ referenceSample: bottle, service: what }) => [
      `${String(bottle)} ${String(what)}`,
      [Number(bottle), Number(what)] as const,
    ]),
  )
  const charts = await Promise.all(
    [...pairs.values()].slice(0, MOST_CHARTS).map(([bottle, what]) => controlChart(ctx, bottle, what)),
  )
  return Map.groupBy(
    charts.flatMap(({ violations }) => violations),
    ({ analysisId }) => analysisId,
  )
}

function idsOf(rows: readonly AnyRow[], field: string): readonly number[] {
  return [...new Set(rows.flatMap((row) => (typeof row[field] === 'number' ? [Number(row[field])] : [])))]
}
