import type { FieldProblem } from '../../../core/refusal.ts'
import { formatReferenceNumber } from './number-format.ts'
import { isNumericTest, isTextTest, type TestType } from './test-type.ts'
import type { Tolerance } from './tolerance.ts'

/** The expected value of a test on a unit; a boolean's is 1 (yes) or 0 (no). Never changed: a new value is a new one. */
export type Reference = { readonly kind: 'numerical' | 'boolean'; readonly value: number }

/** `%.6G` of a number, `Yes` or `No` of a boolean, nothing without a reference. */
export function referenceDisplay(reference: Reference | null): string {
  if (reference === null) return ''
  if (reference.kind === 'boolean') return Math.trunc(reference.value) === 1 ? 'Yes' : 'No'
  return formatReferenceNumber(reference.value)
}

/** Problems of a reference on its own. */
export function referenceProblems(reference: Reference): readonly FieldProblem[] {
  if (!Number.isFinite(reference.value)) return [{ field: 'value', problem: 'A valid number is required.' }]
  if (reference.kind === 'boolean' && !isYesOrNo(reference.value)) {
    return [{ field: 'value', problem: 'A yes/no reference is 0 or 1' }]
  }
  return []
}

/** What a reference or tolerance is being set for. */
export type ComparedTest = {
  readonly type: TestType
  readonly wrapLow: number | null
  readonly wrapHigh: number | null
}

/** Why a reference and a tolerance cannot be used for a test, with each other; empty if they can. */
export function comparisonProblems(
  test: ComparedTest,
  reference: Reference | null,
  tolerance: Tolerance | null,
): readonly FieldProblem[] {
  return [
    ...referenceForTestProblems(test, reference),
    ...toleranceForTestProblems(test, reference, tolerance),
  ]
}

function referenceForTestProblems(test: ComparedTest, reference: Reference | null): FieldProblem[] {
  if (reference === null) return []
  const { value } = reference
  if (test.type === 'boolean') {
    const problem = 'Test type is BOOLEAN but reference value is not 0 or 1'
    return isYesOrNo(value) ? [] : [{ field: 'reference', problem }]
  }
  if (!isNumericTest(test.type)) {
    return [{ field: 'reference', problem: 'References can only be set for numerical and boolean tests' }]
  }
  if (test.type !== 'wraparound' || test.wrapLow === null || test.wrapHigh === null) return []
  const problem = `Reference value must be in range ${test.wrapLow} to ${test.wrapHigh}`
  return value < test.wrapLow || value > test.wrapHigh ? [{ field: 'reference', problem }] : []
}

function toleranceForTestProblems(
  test: ComparedTest,
  reference: Reference | null,
  tolerance: Tolerance | null,
): FieldProblem[] {
  if (tolerance === null) return []
  const expected = toleranceKindsFor(test.type)
  if (!expected.includes(tolerance.kind)) {
    return [
      { field: 'tolerance', problem: `This type of test can not use a tolerance of type ${tolerance.kind}` },
    ]
  }
  if (!isNumericTest(test.type)) return []
  if (reference === null) {
    const problem = 'You must set a reference value when using a numerical tolerance'
    return [{ field: 'reference', problem }]
  }
  if (tolerance.kind !== 'percent' || reference.value !== 0) return []
  const problem = 'Percentage based tolerances can not be used with reference value of zero (0)'
  return [{ field: 'tolerance', problem }]
}

/** The kinds of tolerance a type of test can be judged by; none for dates and uploads. */
export function toleranceKindsFor(type: TestType): readonly Tolerance['kind'][] {
  if (type === 'boolean') return ['boolean']
  if (isTextTest(type)) return ['multchoice']
  return isNumericTest(type) ? ['absolute', 'percent'] : []
}

function isYesOrNo(value: number): boolean {
  return value === 0 || value === 1
}
