import type { ComparedTest, Reference } from './reference.ts'
import type { Tolerance } from './tolerance.ts'

/** A test as performing needs it. */
export type QaTest = ComparedTest & {
  readonly id: number
  readonly name: string
  /** the variable of this test in calculations, and its key in submissions */
  readonly macro: string
  /** Python: the calculation of a composite, the analysis of an upload, otherwise the default value; may be empty */
  readonly procedure: string
  readonly constantValue: number | null
  /** printf or new-style format of the value; empty for four significant digits */
  readonly formatting: string
  /** the answer to a boolean test that flags the session */
  readonly flagWhen: boolean | null
  readonly hidden: boolean
  readonly skipWithoutComment: boolean
  readonly requireComment: boolean
  /** the set of auto-review rules named for the test; without one the default set holds */
  readonly ruleSetId: number | null
}

/** A reference as a row that results point at. */
export type HeldReference = Reference & { readonly id: number; readonly name: string }

/** A tolerance as a row that results point at. */
export type HeldTolerance = { readonly id: number; readonly name: string; readonly tolerance: Tolerance }

/** A test of a list on a unit, with what its results are compared with. */
export type ListedTest = {
  readonly test: QaTest
  readonly unitTestInfoId: number
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
  /** the list through which the test belongs to the performed one */
  readonly sublist: { readonly id: number; readonly outline: boolean } | null
}

/** As configured: without a row of its own where the unit has none, or none that is active. */
export type ListMember = Omit<ListedTest, 'unitTestInfoId'> & { readonly unitTestInfoId: number | null }

/** Tests that can be performed, or the first that cannot: the unit has no information for it. */
export function preparedTests(
  members: readonly ListMember[],
): { readonly tests: readonly ListedTest[] } | { readonly problem: string } {
  const tests: ListedTest[] = []
  for (const member of members) {
    const { unitTestInfoId } = member
    if (unitTestInfoId === null) {
      return { problem: `Test '${member.test.name}' is missing information for this unit` }
    }
    tests.push({ ...member, unitTestInfoId })
  }
  return { tests }
}
