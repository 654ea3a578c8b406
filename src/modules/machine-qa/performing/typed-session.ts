import { invalidInput } from '../../../core/refusal.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import type { ListMember } from '../domain/listed-test.ts'
import type { JsonValue } from '../domain/test-result.ts'
import { findListOfDay, findUnit } from '../store/assignments.ts'
import { findListedTests } from '../store/listed-tests.ts'
import type { CalculationInputs } from './calculation-base.ts'
import type { PerformingContext } from './performing-context.ts'
import { pythonOfSent } from './python-values.ts'

/** A session that is being typed: what the performing page knows so far. */
export type TypedSession = {
  readonly testListId: number
  readonly unitId: number
  /** present values by macro; null is empty */
  readonly values: ReadonlyMap<string, JsonValue>
  readonly comments: ReadonlyMap<string, string>
  readonly skips: ReadonlyMap<string, boolean>
  readonly assignmentId?: number
  /** day of the cycle, from 0 */
  readonly day?: number
  readonly workStarted?: Date
  readonly workCompleted?: Date
  /** the session that is being changed */
  readonly sessionId?: number
}

/** Waiting longer while somebody types helps nobody; storing the session has the engine's own limit. */
export const TYPING_LIMIT_MS = 2000

/**
 * Looks up list and unit of a session that is being typed.
 *
 * @throws RefusedError `invalid-input` on `test_list_id` or `unit_id`, in the words of specification 1.11
 */
export async function gatherTyped(
  ctx: PerformingContext,
  typed: TypedSession,
): Promise<{ readonly members: readonly ListMember[]; readonly inputs: CalculationInputs }> {
  const [list, unit, members] = await Promise.all([
    findListOfDay(ctx.db, typed.testListId),
    findUnit(ctx.db, typed.unitId),
    findListedTests(ctx.db, typed.testListId, typed.unitId),
  ])
  if (!list) throw invalidInput('test_list_id', 'Invalid or missing test_list_id')
  if (!unit) throw invalidInput('unit_id', 'Invalid or missing unit_id')
  const { day = 0, assignmentId = null, workStarted = null, workCompleted = null, sessionId } = typed
  return {
    members,
    inputs: {
      list: { ...list, day },
      assignmentId,
      unit,
      tests: members,
      variables: typedVariables(typed, members, ctx.zone),
      comments: Object.fromEntries(typed.comments),
      skips: Object.fromEntries(typed.skips),
      workStarted,
      workCompleted,
      ...(sessionId === undefined ? {} : { sessionId }),
    },
  }
}

/** Tests of the list that nobody has typed yet are empty, constants always have their value. */
function typedVariables(
  { values }: TypedSession,
  members: readonly ListMember[],
  zone: string,
): Record<string, PythonValue> {
  const types = new Map(members.map(({ test }) => [test.macro, test.type]))
  const own = members.map(({ test }): [string, PythonValue] => [test.macro, test.constantValue])
  const typed = [...values]
    .filter(([macro]) => types.get(macro) !== 'constant')
    .map(([macro, value]): [string, PythonValue] => [
      macro,
      pythonOfSent(types.get(macro) ?? 'string', value, zone),
    ])
  return Object.fromEntries([...own, ...typed])
}
