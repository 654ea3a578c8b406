import { type TimePoint, thinMinMax } from '../../../platform/charts/thin-min-max.ts'
import { choicePlace, relativeValue } from '../domain/chart-value.ts'
import type { HeldReference, HeldTolerance } from '../domain/listed-test.ts'
import type { ToleranceLimits } from '../domain/tolerance.ts'
import { toleranceBand } from '../domain/tolerance-zone.ts'
import type { ChartedTest, ChartPointRow } from '../store/chart-points.ts'

/** A result as it is plotted. */
export type PlottedPoint = Omit<ChartPointRow, 'value' | 'text'> & { readonly value: number }

/** What results were compared with, from one of them until the next such step. */
export type ComparisonStep = {
  readonly from: Date
  readonly reference: number | null
  readonly limits: ToleranceLimits | null
}

/** How values are plotted: as they are, or by their deviation from the reference of their day. */
export type Measure = 'value' | 'relative'

export type Comparisons = {
  readonly references: ReadonlyMap<number, HeldReference>
  readonly tolerances: ReadonlyMap<number, HeldTolerance>
}

/**
 * The points of a series in the measure that is asked for: a choice by its place from 1; of relative ones only those
 * with a reference.
 */
export function plottedPoints(
  { test }: ChartedTest,
  rows: readonly ChartPointRow[],
  comparisons: Comparisons,
  measure: Measure,
): PlottedPoint[] {
  return rows.flatMap((row): PlottedPoint[] => {
    const { value: number, text, ...rest } = row
    const value = test.type === 'multchoice' ? (choicePlace(text ?? '', test.choices) ?? null) : number
    if (value === null) return []
    if (measure === 'value') return [{ ...rest, value }]
    const { reference, tolerance } = comparedWith(row, comparisons)
    const deviation = relativeValue(test, value, reference, tolerance?.tolerance ?? null)
    return deviation === undefined ? [] : [{ ...rest, value: deviation.amount }]
  })
}

function comparedWith(
  { referenceId, toleranceId }: Pick<ChartPointRow, 'referenceId' | 'toleranceId'>,
  { references, tolerances }: Comparisons,
): { readonly reference: HeldReference | null; readonly tolerance: HeldTolerance | null } {
  return {
    reference: references.get(referenceId ?? 0) ?? null,
    tolerance: tolerances.get(toleranceId ?? 0) ?? null,
  }
}

/** Reference and limits as steps: one wherever they differ from those of the point before. */
export function comparisonSteps(
  points: readonly PlottedPoint[],
  comparisons: Comparisons,
  measure: Measure,
): ComparisonStep[] {
  const steps: ComparisonStep[] = []
  let last: string | undefined
  for (const point of points) {
    const key = `${point.referenceId}/${point.toleranceId}`
    if (key === last) continue
    last = key
    const { reference, tolerance } = comparedWith(point, comparisons)
    const numeric = tolerance?.tolerance.kind === 'absolute' || tolerance?.tolerance.kind === 'percent'
    const limits =
      numeric && reference && tolerance ? limitsOf(reference, tolerance.tolerance, measure) : null
    steps.push({
      from: point.at,
      reference: measure === 'relative' ? reference && 0 : (reference?.value ?? null),
      limits,
    })
  }
  return steps
}

function limitsOf(
  reference: HeldReference,
  tolerance: HeldTolerance['tolerance'],
  measure: Measure,
): ToleranceLimits | null {
  if (tolerance.kind !== 'absolute' && tolerance.kind !== 'percent') return null
  if (measure === 'value') return toleranceBand(reference, tolerance)
  const { actLow, tolLow, tolHigh, actHigh } = tolerance
  return { actLow, tolLow, tolHigh, actHigh }
}

/**
 * Thins a series to what a drawing can show. The lowest and highest of every pixel stay, and so do those of the
 * results at action and at tolerance level: no excursion disappears, also where references changed meanwhile.
 */
export function thinSeries(points: readonly PlottedPoint[], width: number): readonly PlottedPoint[] {
  if (points.length <= width) return points
  const at = new Map<TimePoint, PlottedPoint>()
  const tupleOf = (point: PlottedPoint): TimePoint => {
    const tuple: TimePoint = [point.at.getTime(), point.value]
    at.set(tuple, point)
    return tuple
  }
  const kept = new Set<PlottedPoint>()
  for (const level of ['any', 'action', 'tolerance'] as const) {
    const wanted = level === 'any' ? points : points.filter(({ passFail }) => passFail === level)
    for (const tuple of thinMinMax(wanted.map(tupleOf), width)) {
      const point = at.get(tuple)
      if (point) kept.add(point)
    }
  }
  return points.filter((point) => kept.has(point))
}
