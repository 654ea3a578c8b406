import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { HeldReference, HeldTolerance } from './domain/listed-test.ts'
import { type ComparisonChange, findComparisonChanges, findComparisons } from './store/comparisons.ts'

/** A change of reference or tolerance of a test on a unit. */
export type ReferenceHistoryEntry = Pick<
  ComparisonChange,
  'at' | 'by' | 'comment' | 'referenceChanged' | 'toleranceChanged'
> & { readonly before: Compared; readonly after: Compared }

export type Compared = { readonly reference: HeldReference | null; readonly tolerance: HeldTolerance | null }

export type ReferenceHistory = {
  readonly unitTestInfoId: number
  readonly present: Compared
  /** newest first */
  readonly changes: readonly ReferenceHistoryEntry[]
}

/** What a test on a unit is compared with, and was before. @throws RefusedError `not-found` */
export async function referenceHistory(ctx: Context, unitTestInfoId: number): Promise<ReferenceHistory> {
  requirePermission(ctx, 'machine-qa.access')
  const [comparison] = await findComparisons(ctx.db, { infoIds: [unitTestInfoId] })
  if (!comparison) throw new RefusedError({ kind: 'not-found', what: 'test on a unit', id: unitTestInfoId })
  const { reference, tolerance } = comparison
  const present = { reference, tolerance }
  let after: Compared = present
  const changes = (await findComparisonChanges(ctx.db, unitTestInfoId)).map((change) => {
    const before = { reference: change.reference, tolerance: change.tolerance }
    const { at, by, comment, referenceChanged, toleranceChanged } = change
    const entry = { at, by, comment, referenceChanged, toleranceChanged, before, after }
    after = before
    return entry
  })
  return { unitTestInfoId, present, changes }
}
