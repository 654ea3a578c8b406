import type { RecordHooks } from '../../../context.ts'
import { MOST_TESTS } from '../domain/test-list.ts'
import { assignment } from '../records/assignment.ts'
import { autoReviewRuleSet } from '../records/auto-review-rule-set.ts'
import { availableTime } from '../records/available-time.ts'
import { availableTimeEdit } from '../records/available-time-edit.ts'
import { category } from '../records/category.ts'
import { frequency } from '../records/frequency.ts'
import { status } from '../records/status.ts'
import { test } from '../records/test.ts'
import { testList } from '../records/test-list.ts'
import { testListCycle } from '../records/test-list-cycle.ts'
import { tolerance } from '../records/tolerance.ts'
import { unit } from '../records/unit.ts'
import { SERVICE_HOOKS } from '../service/hooks.ts'
import { assignmentHook } from './assignment-hook.ts'
import { autoReviewRuleSetHook } from './auto-review-rule-set-hook.ts'
import { availableTimeHook } from './available-time-hook.ts'
import { categoryHook } from './category-hook.ts'
import { frequencyHook } from './frequency-hook.ts'
import { statusHook } from './status-hook.ts'
import { type SnippetCheck, testHook } from './test-hook.ts'
import { testListCycleHook } from './test-list-cycle-hook.ts'
import { testListHook } from './test-list-hook.ts'
import { toleranceHook } from './tolerance-hook.ts'
import { unitHook } from './unit-hook.ts'

/** What machine QA adds to the generic verbs of its configuration. */
export function machineQaHooks(
  calculations: SnippetCheck,
  limits: { readonly mostTests: number } = { mostTests: MOST_TESTS },
): RecordHooks {
  return new Map([
    [unit.name, unitHook],
    [availableTime.name, availableTimeHook('dateChanged')],
    [availableTimeEdit.name, availableTimeHook('date')],
    [tolerance.name, toleranceHook],
    [category.name, categoryHook],
    [frequency.name, frequencyHook],
    [status.name, statusHook],
    [autoReviewRuleSet.name, autoReviewRuleSetHook],
    [test.name, testHook(calculations)],
    [testList.name, testListHook(limits.mostTests)],
    [testListCycle.name, testListCycleHook],
    [assignment.name, assignmentHook],
    ...SERVICE_HOOKS,
  ])
}
