import type { CalculationRequest } from '../../calculations/domain/calculation.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import type { ListOfDay } from '../domain/assignment-facts.ts'
import type { ListMember, QaTest } from '../domain/listed-test.ts'
import { answerHistory } from './history-lookup.ts'
import type { PerformingContext } from './performing-context.ts'
import { pythonOfInstant, pythonOfReference, pythonOfTolerance } from './python-values.ts'

/** What every calculation of one session shares. */
export type CalculationBase = Omit<CalculationRequest, 'snippets'>

/** What the calculations of a session may know, whether it is being typed or stored. */
export type CalculationInputs = {
  readonly list: ListOfDay
  readonly assignmentId: number | null
  readonly unit: { readonly id: number; readonly number: number }
  readonly tests: readonly Pick<ListMember, 'test' | 'reference' | 'tolerance'>[]
  readonly variables: Readonly<Record<string, PythonValue>>
  readonly comments: Readonly<Record<string, string>>
  readonly skips: Readonly<Record<string, boolean>>
  readonly workStarted: Date | null
  readonly workCompleted: Date | null
  /** the session that is being changed, which is not earlier than itself */
  readonly sessionId?: number
}

/** Variables, names, clock and history of a batch of calculations (specification 3.5.1). */
export function calculationBase(ctx: PerformingContext, inputs: CalculationInputs): CalculationBase {
  const { list, unit, workStarted, workCompleted, sessionId } = inputs
  const now = ctx.now()
  const standpoint = {
    unitId: unit.id,
    testListId: list.testListId,
    before: workStarted ?? workCompleted ?? now,
    ...(sessionId === undefined ? {} : { exceptSessionId: sessionId }),
  }
  return {
    variables: inputs.variables,
    names: calculationNames(ctx, inputs),
    at: now,
    // the same work gives the same random numbers, also when it is calculated again
    seed: `${inputs.assignmentId ?? unit.id} ${workStarted?.toISOString() ?? ''}`,
    utilities: {
      comments: inputs.comments,
      skips: inputs.skips,
      history: (query) => answerHistory(ctx, query, standpoint),
    },
    party: ctx.actor.kind === 'user' ? `user ${ctx.actor.id}` : ctx.actor.kind,
  }
}

/** META, REFS and TOLS; `cycle_day` counts from 1. */
function calculationNames(
  { actor, zone }: PerformingContext,
  { list, assignmentId, unit, tests, workStarted, workCompleted }: CalculationInputs,
): Record<string, PythonValue> {
  return {
    META: {
      test_list_id: list.testListId,
      test_list_name: list.name,
      unit_test_collection_id: assignmentId,
      unit_number: unit.number,
      cycle_day: list.day + 1,
      work_started: pythonOfInstant(workStarted, zone),
      work_completed: pythonOfInstant(workCompleted, zone),
      username: actor.kind === 'user' ? actor.username : '',
    },
    REFS: Object.fromEntries(tests.map(({ test, reference }) => [test.macro, pythonOfReference(reference)])),
    TOLS: Object.fromEntries(tests.map(({ test, tolerance }) => [test.macro, pythonOfTolerance(tolerance)])),
  }
}

/** The calculation of a composite, of an upload's analysis, or of a default value. */
export function snippetOf({ macro, procedure, type }: QaTest) {
  const expects = type === 'composite' ? ('number' as const) : ('any' as const)
  return { macro, source: procedure, language: 'procedure' as const, expects }
}
