import type { RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { fold } from '../../../platform/database/fold.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import {
  findAssignmentsReaching,
  insertMissingUnitTestInfos,
  renameAssignments,
} from '../store/reached-tests.ts'
import { requireMembers } from './list-members.ts'

/** A list with members that can be performed together; its assignments bear its name and reach all its tests. */
export function testListHook(mostTests: number): RecordHook {
  return {
    beforeSave: async (tx, values, before) => {
      if (!before || values.tests !== undefined || values.sublists !== undefined) {
        const merged = { ...before, ...values }
        const wanted = {
          id: before?.id ?? null,
          testIds: ids(merged.tests),
          sublistIds: ids(merged.sublists),
        }
        await requireMembers(tx, wanted, mostTests)
      }
      return deriveSlug(values, before, 255)
    },
    afterSave: async (tx, after, before) => {
      if (!after) return
      const name = String(after.name)
      if (before && before.name !== name) {
        await renameAssignments(tx.db, 'test_list_id', after.id, name, fold(name))
      }
      const assignments = await findAssignmentsReaching(tx.db, [after.id])
      await insertMissingUnitTestInfos(tx.db, assignments, { at: tx.now(), by: actingUserId(tx.actor) })
    },
  }
}

/** A to-many relation as rows and validated values carry it. */
function ids(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}
