import type { RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { fold } from '../../../platform/database/fold.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import {
  findAssignmentsOfCycle,
  insertMissingUnitTestInfos,
  renameAssignments,
} from '../store/reached-tests.ts'

/** A cycle has a list for its first day at least; its assignments bear its name and reach the tests of all days. */
export const testListCycleHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    const { testLists } = { ...before, ...values }
    if (!Array.isArray(testLists) || testLists.length === 0) {
      throw invalidInput('testLists', 'You must select at least one test list')
    }
    return deriveSlug(values, before, 255)
  },
  afterSave: async (tx, after, before) => {
    if (!after) return
    const name = String(after.name)
    if (before && before.name !== name) {
      await renameAssignments(tx.db, 'test_list_cycle_id', after.id, name, fold(name))
    }
    const assignments = await findAssignmentsOfCycle(tx.db, after.id)
    await insertMissingUnitTestInfos(tx.db, assignments, { at: tx.now(), by: actingUserId(tx.actor) })
  },
}
