import type { RecordHook } from '../../../context.ts'
import { makeOnlyDefault } from '../store/defaults.ts'

/** At most one rule set is the default. */
export const autoReviewRuleSetHook: RecordHook = {
  afterSave: async (tx, after) => {
    if (after?.isDefault === true) await makeOnlyDefault(tx.db, 'qa_auto_review_rule_set', after.id)
  },
}
