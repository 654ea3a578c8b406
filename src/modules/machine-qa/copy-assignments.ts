import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import { createRecord } from '../records/save-record.ts'
import { assignment } from './records/assignment.ts'
import { findAssignmentsOfUnits, type UnitAssignment } from './store/unit-assignments.ts'

export type AssignmentCopy = {
  readonly assignmentIds: readonly number[]
  readonly unitIds: readonly number[]
}

export type CopiedAssignments = {
  readonly made: readonly AnyRow[]
  /** what the units already had: the same list or cycle with the same frequency */
  readonly existing: readonly UnitAssignment[]
}

/** What copying would make, and what a unit has already. */
export type AssignmentCopyPlan = {
  readonly made: readonly { readonly unitId: number; readonly source: AnyRow }[]
  readonly existing: readonly UnitAssignment[]
}

/**
 * What {@link copyAssignments} would do, without doing it.
 *
 * @throws RefusedError `not-found` for an assignment that does not exist
 */
export async function planAssignmentCopy(
  ctx: Context,
  { assignmentIds, unitIds }: AssignmentCopy,
): Promise<AssignmentCopyPlan> {
  requirePermission(ctx, assignment.permissions.add)
  const found = await findRecords(ctx, assignment, assignmentIds)
  const unknown = assignmentIds.find((id) => !found.some((row) => row.id === id))
  if (unknown !== undefined) throw new RefusedError({ kind: 'not-found', what: 'assignment', id: unknown })
  const sources = await attachReferences(ctx.db, assignment, found)
  const present = await findAssignmentsOfUnits(ctx.db, unitIds)
  const made: { unitId: number; source: AnyRow }[] = []
  const existing: UnitAssignment[] = []
  for (const unitId of new Set(unitIds)) {
    for (const source of sources) {
      const same = present.find((other) => other.unitId === unitId && isSameWork(other, source))
      if (same) existing.push(same)
      else made.push({ unitId, source })
    }
  }
  return { made, existing }
}

/**
 * Assigns the lists and cycles of some assignments to other units, with the same frequency and for the same groups.
 * They are due once they were performed.
 *
 * @throws RefusedError `not-found` for an assignment or a unit that does not exist
 */
export async function copyAssignments(ctx: Context, copy: AssignmentCopy): Promise<CopiedAssignments> {
  requirePermission(ctx, assignment.permissions.add)
  return inTransaction(ctx, async (tx) => {
    const plan = await planAssignmentCopy(tx, copy)
    const made: AnyRow[] = []
    for (const { unitId, source } of plan.made) {
      made.push(await createRecord(tx, assignment, { ...copiedValues(source), unit: unitId }))
    }
    return { made, existing: plan.existing }
  })
}

function isSameWork(other: UnitAssignment, source: AnyRow): boolean {
  return (
    other.testListId === source.testList &&
    other.testListCycleId === source.testListCycle &&
    other.frequencyId === source.frequency
  )
}

function copiedValues(source: AnyRow): Record<string, unknown> {
  const { testList, testListCycle, frequency, autoSchedule, assignedTo, visibleTo, active } = source
  return { testList, testListCycle, frequency, autoSchedule, assignedTo, visibleTo, active }
}
