import { deviationOf } from './deviation.ts'
import { judgeDeviation } from './judge.ts'
import type { ComparedTest, Reference } from './reference.ts'
import type { NumericTolerance, ToleranceLimits } from './tolerance.ts'

/** The five zones of a band, from far below the reference to far above it. */
export type ToleranceZone = 'action-low' | 'tolerance-low' | 'ok' | 'tolerance-high' | 'action-high'

/** The zone a value lies in; undefined where no deviation exists (per cent of zero). Agrees with `judge`. */
export function toleranceZone(
  test: ComparedTest,
  value: number,
  reference: Reference,
  tolerance: NumericTolerance,
): ToleranceZone | undefined {
  const deviation = deviationOf(test, value, reference, tolerance)
  if (deviation.kind === 'percent-of-zero') return undefined
  const verdict = judgeDeviation(deviation.amount, tolerance)
  if (verdict === 'ok') return 'ok'
  const side = isBelow(deviation.amount, verdict, tolerance) ? 'low' : 'high'
  return `${verdict}-${side}`
}

/**
 * The limits as values of the test, for lines in charts and bands beside a result; ordered low to high. A negative
 * reference turns a percent band round: what is −2 % is then above it. Not meaningful on a circular scale near its
 * ends, where a limit can lie outside the range.
 */
export function toleranceBand(reference: Reference, tolerance: NumericTolerance): ToleranceLimits {
  const valueAt = (limit: number | null): number | null => {
    if (limit === null) return null
    return tolerance.kind === 'percent' ? reference.value * (1 + limit / 100) : reference.value + limit
  }
  const { actLow, tolLow, tolHigh, actHigh } = tolerance
  const [lowest, low, high, highest] = [actLow, tolLow, tolHigh, actHigh].map(valueAt)
  const band = {
    actLow: lowest ?? null,
    tolLow: low ?? null,
    tolHigh: high ?? null,
    actHigh: highest ?? null,
  }
  const isTurned = tolerance.kind === 'percent' && reference.value < 0
  return isTurned
    ? { actLow: band.actHigh, tolLow: band.tolHigh, tolHigh: band.tolLow, actHigh: band.actLow }
    : band
}

function isBelow(deviation: number, verdict: 'tolerance' | 'action', limits: ToleranceLimits): boolean {
  const lowest = verdict === 'action' ? limits.actLow : limits.tolLow
  return lowest !== null && deviation < lowest
}
