import type { Context, RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { findRecords } from '../../records/list-records.ts'
import { PASS_FAIL_LABELS } from '../domain/pass-fail.ts'
import { autoReviewRule } from '../records/auto-review-rule.ts'
import { makeOnlyDefault } from '../store/defaults.ts'

/** A set says one thing about every outcome; at most one set is the default. */
export const autoReviewRuleSetHook: RecordHook = {
  beforeSave: async (tx, values) => {
    if (Array.isArray(values.rules)) await requireOneRuleEach(tx, values.rules.map(Number))
    return { ...values }
  },
  afterSave: async (tx, after) => {
    if (after?.isDefault === true) await makeOnlyDefault(tx.db, 'qa_auto_review_rule_set', after.id)
  },
}

async function requireOneRuleEach(tx: Context, ids: readonly number[]): Promise<void> {
  const outcomes = (await findRecords(tx, autoReviewRule, ids)).map(({ passFail }) => passFail)
  const repeated = outcomes.find((outcome, index) => outcomes.indexOf(outcome) !== index)
  if (repeated === undefined) return
  const label = Object.entries(PASS_FAIL_LABELS).find(([code]) => code === repeated)?.[1]
  throw invalidInput('rules', `Choose only one rule for ${label}.`)
}
