import type { Combination, Direction, Scale } from './catalogue/metric-type.ts'
import { compareVersions } from './version-number.ts'

/** What one source contributes; `ignored` is what its ignored entities make up. */
export type Contribution = {
  readonly value: string
  readonly total: string | null
  readonly ignored: number
}

export type CombinationRule = {
  readonly scale: Scale
  readonly combine: Combination
  readonly direction: Direction
  /** of the kind of metric: where people reversed it, the worst value is another one */
  readonly defaultDirection: Direction
}

/** The value of a metric from its sources, as text; null where there are none. */
export function combineValues(contributions: readonly Contribution[], rule: CombinationRule): string | null {
  if (contributions.length === 0) return null
  const combine = effectiveCombination(rule)
  if (rule.scale === 'version_number') return worstVersion(contributions, combine)
  const values = contributions.map(({ value, ignored }) => toInteger(value) - ignored)
  if (rule.scale === 'count') return String(reduceNumbers(values, combine))
  const totals = contributions.map(({ total }) => toInteger(total ?? '') || 100)
  return combine === 'sum'
    ? String(percentage(sum(values), sumOfTotals(contributions), rule.direction))
    : String(
        reduceNumbers(
          values.map((value, index) => percentage(value, totals[index] ?? 100, rule.direction)),
          combine,
        ),
      )
}

/** A source that only helps to judge others says 0; where all do, or nothing is said, it is 100 each. */
function sumOfTotals(contributions: readonly Contribution[]): number {
  const totals = contributions.map(({ total }) => toInteger(total ?? '100'))
  return sum(totals.some((total) => total !== 0) ? totals : totals.map(() => 100))
}

/** Of several values the worst is reported; which that is turns with the direction. */
function effectiveCombination({ combine, direction, defaultDirection }: CombinationRule): Combination {
  if (combine === 'sum' || direction === defaultDirection) return combine
  return combine === 'min' ? 'max' : 'min'
}

function reduceNumbers(values: readonly number[], combine: Combination): number {
  switch (combine) {
    case 'sum':
      return sum(values)
    case 'min':
      return Math.min(...values)
    case 'max':
      return Math.max(...values)
  }
}

function worstVersion(contributions: readonly Contribution[], combine: Combination): string {
  const versions = contributions.map(({ value }) => value).toSorted(compareVersions)
  return (combine === 'max' ? versions.at(-1) : versions[0]) ?? '0'
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** A source's number as a whole one, half rounded up; 0 for what is no number. */
export function toInteger(text: string): number {
  const number = Number(text)
  return Number.isFinite(number) ? Math.floor(number + 0.5) : 0
}

/** Percent as a whole number, half rounded up; of nothing it is the best there is. */
export function percentage(numerator: number, denominator: number, direction: Direction): number {
  if (denominator === 0) return direction === '<' ? 0 : 100
  return Math.floor((200 * numerator + denominator) / (2 * denominator))
}
