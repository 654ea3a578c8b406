import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import type { HeldReference, HeldTolerance } from './domain/listed-test.ts'
import { comparisonProblems, type Reference, referenceProblems } from './domain/reference.ts'
import { unitTestInfo } from './records/unit-test-info.ts'
import {
  type Comparison,
  findComparisons,
  findLivingTolerances,
  insertComparisonChange,
  insertReference,
  saveComparison,
} from './store/comparisons.ts'

/** What the results of one test on one unit shall be compared with; what is left out stays. */
export type ReferenceSetting = {
  readonly unitTestInfoId: number
  /** the new reference, 1 or 0 of a yes/no test; null takes it away */
  readonly value?: number | null
  /** null takes it away */
  readonly toleranceId?: number | null
}

/** What a test on a unit is compared with from now on. */
export type SetReference = {
  readonly unitTestInfoId: number
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
  /** whether the setting changed anything */
  readonly isChanged: boolean
}

const MOST_AT_ONCE = 2000
const LONGEST_NAME = 255

/**
 * Sets reference and tolerance of a test on a unit. A new value is a new row, so that earlier results keep theirs.
 *
 * @param comment why; kept in the history
 * @throws RefusedError `invalid-input` on `value`, `toleranceId` or `comment`; `not-found`
 */
export async function setReference(
  ctx: Context,
  setting: ReferenceSetting,
  comment: string,
): Promise<SetReference> {
  const [set] = await setAll(ctx, [setting], comment, () => '')
  if (!set) throw new Error('setting a reference gave no result')
  return set
}

/**
 * Sets references and tolerances of many tests at once, all or none.
 *
 * @throws RefusedError as {@link setReference}, fields preceded by the position of their setting: `3.value`
 */
export function setReferences(
  ctx: Context,
  settings: readonly ReferenceSetting[],
  comment: string,
): Promise<readonly SetReference[]> {
  return setAll(ctx, settings, comment, (position) => `${position}.`)
}

async function setAll(
  ctx: Context,
  settings: readonly ReferenceSetting[],
  comment: string,
  prefix: (position: number) => string,
): Promise<readonly SetReference[]> {
  requirePermission(ctx, unitTestInfo.permissions.change)
  if (comment.trim() === '') throw invalidInput('comment', 'Say why.')
  if (settings.length > MOST_AT_ONCE) throw invalidInput('', `Set ${MOST_AT_ONCE} at once at most.`)
  if (new Set(settings.map(({ unitTestInfoId }) => unitTestInfoId)).size < settings.length) {
    throw invalidInput('', 'Every test on a unit can be set only once at a time.')
  }
  return inTransaction(ctx, async (tx) => {
    const changes = await planAll(tx, settings, prefix)
    const done: SetReference[] = []
    for (const change of changes) done.push(await carryOut(tx, change, comment.trim()))
    return done
  })
}

/**
 * What a setting would change, checked as if it were set.
 *
 * @throws RefusedError as {@link setReference}, apart from the comment
 */
export async function planReference(ctx: Context, setting: ReferenceSetting): Promise<PlannedChange> {
  const [planned] = await planAll(ctx, [setting], () => '')
  if (!planned) throw new Error('planning a reference gave no result')
  return planned
}

export type PlannedChange = {
  readonly before: Comparison
  readonly reference: Reference | null
  readonly tolerance: HeldTolerance | null
}

async function planAll(
  tx: Context,
  settings: readonly ReferenceSetting[],
  prefix: (position: number) => string,
): Promise<PlannedChange[]> {
  const infoIds = settings.map(({ unitTestInfoId }) => unitTestInfoId)
  const known = new Map((await findComparisons(tx.db, { infoIds })).map((found) => [found.infoId, found]))
  const toleranceIds = settings.flatMap(({ toleranceId }) => toleranceId ?? [])
  const tolerances = await findLivingTolerances(tx.db, [...new Set(toleranceIds)])
  const problems: FieldProblem[] = []
  const planned = settings.map((setting, position): PlannedChange => {
    const before = known.get(setting.unitTestInfoId)
    if (!before) {
      throw new RefusedError({ kind: 'not-found', what: 'test on a unit', id: setting.unitTestInfoId })
    }
    const change = { before, reference: newReference(setting, before), tolerance: before.tolerance }
    const found = setting.toleranceId === null ? null : tolerances.get(setting.toleranceId ?? 0)
    const isUnknown = typeof setting.toleranceId === 'number' && found === undefined
    const wanted = setting.toleranceId === undefined ? change : { ...change, tolerance: found ?? null }
    const wrong = isUnknown
      ? [{ field: 'tolerance', problem: 'This tolerance does not exist.' }]
      : problemsOf(wanted)
    problems.push(
      ...wrong.map(({ field, problem }) => ({ field: prefix(position) + wireName(field), problem })),
    )
    return wanted
  })
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return planned
}

function newReference({ value }: ReferenceSetting, { test, reference }: Comparison): Reference | null {
  if (value === undefined) return reference
  return value === null ? null : { kind: test.type === 'boolean' ? 'boolean' : 'numerical', value }
}

function problemsOf({ before, reference, tolerance }: PlannedChange): readonly FieldProblem[] {
  const problems = comparisonProblems(before.test, reference, tolerance?.tolerance ?? null)
  return reference && problems.length === 0 ? referenceProblems(reference) : problems
}

/** The rules speak of reference and tolerance; callers give a value and the id of a tolerance. */
function wireName(field: string): string {
  return field === 'tolerance' ? 'toleranceId' : 'value'
}

async function carryOut(tx: Context, change: PlannedChange, comment: string): Promise<SetReference> {
  const { before, tolerance } = change
  const stamp = { at: tx.now(), by: actingUserId(tx.actor) }
  const isNewValue = !isSame(before.reference, change.reference)
  const isNewTolerance = before.tolerance?.id !== tolerance?.id
  const unitTestInfoId = before.infoId
  if (!isNewValue && !isNewTolerance) {
    return { unitTestInfoId, reference: before.reference, tolerance, isChanged: false }
  }
  const reference = isNewValue ? await insertNew(tx, change) : before.reference
  const to = { referenceId: reference?.id ?? null, toleranceId: tolerance?.id ?? null }
  if (!(await saveComparison(tx.db, before, to, stamp))) {
    throw changedMeanwhile(unitTestInfo, await loadRecord(tx, unitTestInfo, unitTestInfoId))
  }
  const what = { reference: isNewValue, tolerance: isNewTolerance, comment }
  await insertComparisonChange(tx.db, before, what, stamp)
  await recordAudit(tx, {
    action: `${unitTestInfo.name}.set-reference`,
    record: unitTestInfo.name,
    recordId: unitTestInfoId,
    before: { reference: before.reference?.value ?? null, tolerance: before.tolerance?.name ?? null },
    after: { reference: reference?.value ?? null, tolerance: tolerance?.name ?? null },
    reason: comment,
  })
  return { unitTestInfoId, reference, tolerance, isChanged: true }
}

function isSame(before: Reference | null, after: Reference | null): boolean {
  return before?.value === after?.value && before?.kind === after?.kind
}

async function insertNew(tx: Context, { before, reference }: PlannedChange): Promise<HeldReference | null> {
  if (reference === null) return null
  const name = `${before.unitName} ${before.test.name}`.slice(0, LONGEST_NAME)
  const id = await insertReference(tx.db, name, reference, { at: tx.now(), by: actingUserId(tx.actor) })
  return { ...reference, id, name }
}
