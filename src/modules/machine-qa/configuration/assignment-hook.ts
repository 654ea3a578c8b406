import type { Context, RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { findLabels } from '../../records/find-labels.ts'
import { insertMissingUnitTestInfos } from '../store/reached-tests.ts'

/** An assignment has a list or a cycle, is named after it, and prepares every test it reaches on its unit. */
export const assignmentHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const merged = { ...before, ...values }
    const { testList, testListCycle, visibleTo } = merged
    if ((testList === null) === (testListCycle === null))
      throw invalidInput('testList', 'Choose either a test list or a cycle.')
    if (
      before &&
      (before.testList !== testList || before.testListCycle !== testListCycle) &&
      before.lastInstance !== null
    ) {
      throw invalidInput('testList', 'This was already performed; make a new assignment for another list.')
    }
    if (before && before.unit !== merged.unit && before.lastInstance !== null) {
      throw invalidInput('unit', 'This was already performed; make a new assignment for another unit.')
    }
    const groups =
      Array.isArray(visibleTo) && visibleTo.length > 0
        ? visibleTo
        : [merged.assignedTo].filter((id) => id !== null)
    if (groups.length === 0) throw invalidInput('visibleTo', 'Choose at least one group that sees it.')
    return { ...values, visibleTo: groups, name: await nameOf(tx, testList, testListCycle) }
  },
  afterSave: async (tx, after) => {
    if (after)
      await insertMissingUnitTestInfos(tx.db, [after.id], { at: tx.now(), by: actingUserId(tx.actor) })
  },
}

async function nameOf(tx: Context, testList: unknown, testListCycle: unknown): Promise<string> {
  const [record, id] =
    typeof testList === 'number'
      ? (['machine-qa.test-list', testList] as const)
      : (['machine-qa.test-list-cycle', Number(testListCycle)] as const)
  const labels = await findLabels(tx, tx.catalogue.get(record), [id])
  return labels.get(id) ?? ''
}
