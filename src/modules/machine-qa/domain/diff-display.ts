import { deviationOf } from './deviation.ts'
import { formatFourDigits } from './number-format.ts'
import type { ComparedTest, Reference } from './reference.ts'
import { isNumericTest } from './test-type.ts'
import type { Tolerance } from './tolerance.ts'

export type ComparedResult = {
  readonly test: ComparedTest
  readonly value: number | null
  readonly reference: Reference | null
  readonly tolerance: Tolerance | null
}

/**
 * The deviation of a numeric result from its reference as text, with `%` for a percent tolerance; empty for other
 * types of test and where reference or tolerance is missing.
 */
export function diffDisplay({ test, value, reference, tolerance }: ComparedResult): string {
  if (!isNumericTest(test.type) || value === null || reference === null || tolerance === null) return ''
  const deviation = deviationOf(test, value, reference, tolerance)
  if (deviation.kind === 'percent-of-zero') return 'Zero ref with % diff tol'
  return formatFourDigits(deviation.amount) + (tolerance.kind === 'percent' ? '%' : '')
}
