import type { RecordHooks } from '../../../context.ts'
import { assignment } from '../records/assignment.ts'
import { autoReviewRuleSet } from '../records/auto-review-rule-set.ts'
import { category } from '../records/category.ts'
import { frequency } from '../records/frequency.ts'
import { status } from '../records/status.ts'
import { tolerance } from '../records/tolerance.ts'
import { unit } from '../records/unit.ts'
import { assignmentHook } from './assignment-hook.ts'
import { autoReviewRuleSetHook } from './auto-review-rule-set-hook.ts'
import { categoryHook } from './category-hook.ts'
import { frequencyHook } from './frequency-hook.ts'
import { statusHook } from './status-hook.ts'
import { toleranceHook } from './tolerance-hook.ts'
import { unitHook } from './unit-hook.ts'

/** What machine QA adds to the generic verbs of its configuration. */
export const MACHINE_QA_HOOKS: RecordHooks = new Map([
  [unit.name, unitHook],
  [tolerance.name, toleranceHook],
  [category.name, categoryHook],
  [frequency.name, frequencyHook],
  [status.name, statusHook],
  [autoReviewRuleSet.name, autoReviewRuleSetHook],
  [assignment.name, assignmentHook],
])
