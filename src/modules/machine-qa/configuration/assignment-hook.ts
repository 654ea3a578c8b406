import type { Context, RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { findLabels } from '../../records/find-labels.ts'
import { insertMissingUnitTestInfos } from '../store/reached-tests.ts'
import { findDoneAs } from '../store/schedules.ts'
import { dueDateOf } from './due-dates.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * An assignment has a list or a cycle, is named after it, is due by its frequency, and prepares every test it reaches
 * on its unit.
 */
export const assignmentHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const merged: Values = { ...before, ...values }
    const { testList, testListCycle } = merged
    if ((testList === null) === (testListCycle === null)) {
      throw invalidInput('testList', 'Choose either a test list or a cycle.')
    }
    if (before) requireUnchangedOncePerformed(before, merged)
    return {
      ...values,
      ...(await rescheduled(tx, values, before)),
      visibleTo: groupsOf(merged),
      name: await nameOf(tx, testList, testListCycle),
    }
  },
  afterSave: async (tx, after) => {
    if (after) {
      await insertMissingUnitTestInfos(tx.db, [after.id], { at: tx.now(), by: actingUserId(tx.actor) })
    }
  },
}

/** Sessions point at their assignment, which so must stay what they were performed for. */
function requireUnchangedOncePerformed(before: AnyRow, merged: Values): void {
  if (before.lastInstance === null) return
  if (before.testList !== merged.testList || before.testListCycle !== merged.testListCycle) {
    throw invalidInput('testList', 'This was already performed; make a new assignment for another list.')
  }
  if (before.unit !== merged.unit) {
    throw invalidInput('unit', 'This was already performed; make a new assignment for another unit.')
  }
}

function groupsOf({ visibleTo, assignedTo }: Values): readonly unknown[] {
  if (Array.isArray(visibleTo) && visibleTo.length > 0) return visibleTo
  if (typeof assignedTo === 'number') return [assignedTo]
  throw invalidInput('visibleTo', 'Choose at least one group that sees it.')
}

/** A due date that follows from another frequency, or from scheduling itself again, unless one is given. */
async function rescheduled(tx: Context, values: Values, before: AnyRow | undefined): Promise<Values> {
  if (!before) return {}
  const { autoSchedule, frequency }: Values = { ...before, ...values }
  const isOtherwise = frequency !== before.frequency || autoSchedule !== before.autoSchedule
  if (!isOtherwise || autoSchedule !== true || isMoved(values.dueDate, before.dueDate)) return {}
  if (typeof frequency !== 'number') return { dueDate: null }
  const schedule = await findDoneAs(tx.db, before.id, frequency)
  return schedule ? { dueDate: dueDateOf(tx, schedule, 'before-session') } : {}
}

function isMoved(given: unknown, before: unknown): boolean {
  if (given === undefined) return false
  return instantOf(given) !== instantOf(before)
}

function instantOf(value: unknown): number | null {
  return value instanceof Date ? value.getTime() : null
}

async function nameOf(tx: Context, testList: unknown, testListCycle: unknown): Promise<string> {
  const [record, id] =
    typeof testList === 'number'
      ? (['machine-qa.test-list', testList] as const)
      : (['machine-qa.test-list-cycle', Number(testListCycle)] as const)
  const labels = await findLabels(tx, tx.catalogue.get(record), [id])
  return labels.get(id) ?? ''
}
