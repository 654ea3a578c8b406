import { type Context, requirePermission } from '../../context.ts'
import { unitTestInfo } from './records/unit-test-info.ts'
import { type SetReference, setReferences } from './set-reference.ts'
import { type Comparison, findComparisons } from './store/comparisons.ts'

/** What of one unit is copied to another. */
export type ReferenceCopy = {
  readonly fromUnitId: number
  readonly toUnitId: number
  /** only these tests; all that both units have unless given */
  readonly testIds?: readonly number[]
}

export type CopiedReferences = {
  readonly set: readonly SetReference[]
  /** names of tests that have a reference or tolerance but that the other unit does not have */
  readonly missing: readonly string[]
}

/** What copying would set: each test of both units with what it has and what it would get. */
export type ReferenceCopyPlan = {
  readonly changes: readonly {
    readonly source: Comparison
    readonly target: Comparison
    readonly isChange: boolean
  }[]
  readonly missing: readonly string[]
}

/** What {@link copyReferences} would do, without doing it. */
export async function planReferenceCopy(
  ctx: Context,
  { fromUnitId, toUnitId, testIds }: ReferenceCopy,
): Promise<ReferenceCopyPlan> {
  requirePermission(ctx, unitTestInfo.permissions.change)
  const wanted = testIds && new Set(testIds)
  const sources = (await findComparisons(ctx.db, { unitId: fromUnitId })).filter(
    ({ test, reference, tolerance }) =>
      (reference !== null || tolerance !== null) && (wanted === undefined || wanted.has(test.id)),
  )
  const targets = new Map(
    (await findComparisons(ctx.db, { unitId: toUnitId })).map((target) => [target.test.id, target]),
  )
  return {
    changes: sources.flatMap((source) => {
      const target = targets.get(source.test.id)
      return target ? [{ source, target, isChange: !isSame(source, target) }] : []
    }),
    missing: sources.filter(({ test }) => !targets.has(test.id)).map(({ test }) => test.name),
  }
}

function isSame(source: Comparison, target: Comparison): boolean {
  return (
    source.reference?.value === target.reference?.value &&
    source.reference?.kind === target.reference?.kind &&
    source.tolerance?.id === target.tolerance?.id
  )
}

/**
 * Gives the tests of a unit the references and tolerances that another unit has for them. Tests without either are
 * left as they are.
 *
 * @throws RefusedError as `setReferences` does
 */
export async function copyReferences(
  ctx: Context,
  copy: ReferenceCopy,
  comment: string,
): Promise<CopiedReferences> {
  const { changes, missing } = await planReferenceCopy(ctx, copy)
  const settings = changes.map(({ source, target }) => ({
    unitTestInfoId: target.infoId,
    value: source.reference?.value ?? null,
    toleranceId: source.tolerance?.id ?? null,
  }))
  return { set: await setReferences(ctx, settings, comment), missing }
}
