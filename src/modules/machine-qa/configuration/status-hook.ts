import type { RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import { hasDefault, makeOnlyDefault } from '../store/defaults.ts'

/** Keeps exactly one status the default; the first becomes it. */
export const statusHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    if (before?.isDefault === true && values.isDefault === false) {
      throw invalidInput('isDefault', 'Make another status the default instead.')
    }
    const first = !(await hasDefault(tx.db, 'qa_status'))
    return { ...deriveSlug(values, before, 50), ...(first ? { isDefault: true } : {}) }
  },
  afterSave: async (tx, after) => {
    if (after?.isDefault === true) await makeOnlyDefault(tx.db, 'qa_status', after.id)
  },
}
