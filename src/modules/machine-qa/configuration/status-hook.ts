import type { RecordHook } from '../../../context.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import { findDefault, makeOnlyDefault } from '../store/defaults.ts'
import { renewAllReviewed } from '../store/reviewed-sessions.ts'
import { recomputeDueDates } from './due-dates.ts'

/**
 * Keeps exactly one status the default; the first becomes it. What sessions of a status count for follows when the
 * status changes: whether they are reviewed, and when their lists are due.
 */
export const statusHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    if (before?.isDefault === true && values.isDefault === false) {
      throw invalidInput('isDefault', 'Make another status the default instead.')
    }
    const isFirst = (await findDefault(tx.db, 'qa_status')) === null
    return { ...deriveSlug(values, before, 50), ...(isFirst ? { isDefault: true } : {}) }
  },
  afterSave: async (tx, after, before) => {
    if (before?.isDefault === true && (!after || after.retiredAt !== null)) {
      throw new RefusedError({ kind: 'conflict', reason: 'Make another status the default first.' })
    }
    if (after?.isDefault === true) await makeOnlyDefault(tx.db, 'qa_status', after.id)
    if (!after || !before) return
    if (after.requiresReview !== before.requiresReview) await renewAllReviewed(tx.db, after.id)
    if (after.valid !== before.valid) {
      await recomputeDueDates(tx, { by: 'status', id: after.id }, 'before-session')
    }
  },
}
