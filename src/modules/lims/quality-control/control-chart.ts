import { type Context, requirePermission } from '../../../context.ts'
import { all, equals } from '../../../core/query.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { referenceRange } from '../domain/judge-control.ts'
import {
  type ControlStatistics,
  type ControlVerdict,
  controlStatistics,
  judgeControl,
} from '../domain/quality-control.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import { parseNumber } from '../domain/setup-rules.ts'
import { limsSettings } from '../lims-settings.ts'
import { analysis } from '../records/analysis.ts'
import { SEES_ALL_CLIENTS } from '../records/object-fields.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { service } from '../records/service.ts'

export type ChartedControl = {
  readonly analysisId: number
  readonly at: Date | null
  readonly value: number
  readonly verdict: ControlVerdict
  readonly instrument: number | null
  readonly analyst: string | null
}

/** What a control chart of reference material shows for one service, in the order of measuring. */
export type ControlChart = ControlStatistics & {
  readonly unit: string | null
  readonly target: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly points: readonly ChartedControl[]
}

/** Results that one chart shows: the last ones. */
const MOST_POINTS = 1000
const SET_ASIDE: ReadonlySet<unknown> = new Set(['retracted', 'rejected'])

/** The results of a bottle of reference material for one service. @throws RefusedError `not-found` */
export async function controlChart(
  ctx: Context,
  referenceSampleId: number,
  serviceId: number,
): Promise<ControlChart> {
  requirePermission(ctx, SEES_ALL_CLIENTS)
  const [[material], [measured], settings] = await Promise.all([
    findRecords(ctx, referenceSample, [referenceSampleId]),
    findRecords(ctx, service, [serviceId]),
    limsSettings(ctx),
  ])
  if (!material)
    throw new RefusedError({ kind: 'not-found', what: 'reference sample', id: referenceSampleId })
  if (!measured) throw new RefusedError({ kind: 'not-found', what: 'service', id: serviceId })
  const expected = (material.referenceResults as readonly ReferenceResult[]).find(
    ({ uid }) => uid === measured.uid,
  )
  const points = pointsOf(await resultsOf(ctx, referenceSampleId, serviceId), expected)
  const verdicts = new Map(points.map(({ analysisId, verdict }) => [analysisId, verdict]))
  const range = expected && referenceRange(expected)
  return {
    ...controlStatistics(
      points,
      ({ analysisId }) => verdicts.get(analysisId) !== 'rejected',
      settings.minimumResults ?? 5,
    ),
    unit: typeof measured.unit === 'string' ? measured.unit : null,
    target: parseNumber(expected?.result),
    min: parseNumber(range?.min),
    max: parseNumber(range?.max),
    points,
  }
}

async function resultsOf(
  ctx: Context,
  referenceSampleId: number,
  serviceId: number,
): Promise<readonly AnyRow[]> {
  const { rows } = await listRecords(
    ctx,
    analysis,
    {
      where: all(equals('referenceSample', referenceSampleId), equals('service', serviceId)),
      order: [
        { path: ['resultCaptureDate'], direction: 'desc' },
        { path: ['id'], direction: 'desc' },
      ],
      limit: MOST_POINTS,
      offset: 0,
    },
    { total: 'none', relations: 'none' },
  )
  return rows.toReversed()
}

function pointsOf(rows: readonly AnyRow[], expected: ReferenceResult | undefined): readonly ChartedControl[] {
  return rows.flatMap((row) => {
    const value = parseNumber(row.result)
    if (value === undefined || row.operand !== null || SET_ASIDE.has(row.state)) return []
    return [
      {
        analysisId: row.id,
        at: row.resultCaptureDate instanceof Date ? row.resultCaptureDate : null,
        value,
        verdict: judgeControl(String(row.result), expected).verdict,
        instrument: typeof row.instrument === 'number' ? row.instrument : null,
        analyst: typeof row.analyst === 'string' ? row.analyst : null,
      },
    ]
  })
}
