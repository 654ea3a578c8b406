import type { Actor } from '../../../core/actor.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import type { AssignmentFacts, ListOfDay } from '../domain/assignment-facts.ts'
import type { ListedTest } from '../domain/listed-test.ts'
import { pythonOfInstant, pythonOfReference, pythonOfTolerance } from './python-values.ts'

/** What a calculation may know of the session it belongs to. */
export type CalculationSetting = {
  readonly list: Pick<ListOfDay, 'testListId' | 'name' | 'day'>
  readonly assignmentId: AssignmentFacts['id'] | null
  readonly unitNumber: number
  readonly workStarted: Date | null
  readonly workCompleted: Date | null
  readonly actor: Actor
  readonly zone: string
}

/** The names META, REFS and TOLS (specification 3.5.1); `cycle_day` counts from 1. */
export function calculationNames(
  setting: CalculationSetting,
  tests: readonly Pick<ListedTest, 'test' | 'reference' | 'tolerance'>[],
): Record<string, PythonValue> {
  const { list, zone } = setting
  return {
    META: {
      test_list_id: list.testListId,
      test_list_name: list.name,
      unit_test_collection_id: setting.assignmentId,
      unit_number: setting.unitNumber,
      cycle_day: list.day + 1,
      work_started: pythonOfInstant(setting.workStarted, zone),
      work_completed: pythonOfInstant(setting.workCompleted, zone),
      username: setting.actor.kind === 'user' ? setting.actor.username : '',
    },
    REFS: Object.fromEntries(tests.map(({ test, reference }) => [test.macro, pythonOfReference(reference)])),
    TOLS: Object.fromEntries(tests.map(({ test, tolerance }) => [test.macro, pythonOfTolerance(tolerance)])),
  }
}
