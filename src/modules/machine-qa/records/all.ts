import type { RecordType } from '../../../core/record.ts'
import { assignment } from './assignment.ts'
import { attachment } from './attachment.ts'
import { autoReviewRule } from './auto-review-rule.ts'
import { autoReviewRuleSet } from './auto-review-rule-set.ts'
import { availableTime } from './available-time.ts'
import { availableTimeEdit } from './available-time-edit.ts'
import { category } from './category.ts'
import { comment } from './comment.ts'
import { frequency } from './frequency.ts'
import { modality } from './modality.ts'
import { referenceValue } from './reference.ts'
import { result } from './result.ts'
import { serviceRecords } from './service-records.ts'
import { session } from './session.ts'
import { status } from './status.ts'
import { sublist } from './sublist.ts'
import { test } from './test.ts'
import { testList } from './test-list.ts'
import { testListCycle } from './test-list-cycle.ts'
import { testListCycleMembership } from './test-list-cycle-membership.ts'
import { testListMembership } from './test-list-membership.ts'
import { tolerance } from './tolerance.ts'
import { unit } from './unit.ts'
import { unitClass } from './unit-class.ts'
import { unitTestInfo } from './unit-test-info.ts'
import { unitTestInfoChange } from './unit-test-info-change.ts'
import { unitType } from './unit-type.ts'
import { vendor } from './vendor.ts'

/** Every record of machine QA, in the order in which administration offers them. */
export const machineQaRecords: readonly RecordType[] = [
  unit,
  unitType,
  unitClass,
  vendor,
  modality,
  availableTime,
  availableTimeEdit,
  test,
  testList,
  testListCycle,
  assignment,
  tolerance,
  category,
  frequency,
  status,
  autoReviewRule,
  autoReviewRuleSet,
  referenceValue,
  unitTestInfo,
  unitTestInfoChange,
  testListMembership,
  sublist,
  testListCycleMembership,
  session,
  result,
  attachment,
  comment,
  ...serviceRecords,
]
