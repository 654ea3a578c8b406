import type { Context, RecordHook } from '../../../context.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { CalculationEngine } from '../../calculations/engine.ts'
import {
  normalisedChoices,
  type TestDefinition,
  testProblems,
  typeChangeProblem,
} from '../domain/test-definition.ts'
import { isTestType, type TestType } from '../domain/test-type.ts'
import { findDefault } from '../store/defaults.ts'
import { findListsWithMacro, findReferencesOfTest, hasResults } from '../store/test-use.ts'

/** Reads a calculation without running it. */
export type SnippetCheck = Pick<CalculationEngine, 'check'>

const LISTS_NAMED = 5

type Values = Readonly<Record<string, unknown>>

/**
 * A test whose parts fit its type, whose macro name is its own in every list that is performed with it, and whose
 * procedure Python can read. A new test gets the default auto-review rules.
 */
export function testHook(calculations: SnippetCheck): RecordHook {
  return {
    check: async (_ctx, values, before) => {
      const definition = definitionOf({ ...before, ...values })
      refuseIfAny(testProblems(definition))
      if (needsReading(definition, before)) await requireReadable(calculations, definition)
    },
    beforeSave: async (tx, values, before) => {
      const definition = definitionOf({ ...before, ...values })
      refuseIfAny(testProblems(definition))
      if (before) await requireChangeable(tx, definition, before)
      const ruleSet = before ? undefined : (values.autoreviewruleset ?? (await defaultRuleSet(tx)))
      return {
        ...values,
        choices: normalisedChoices(definition),
        ...(ruleSet === undefined ? {} : { autoreviewruleset: ruleSet }),
      }
    },
  }
}

function definitionOf(row: Values): TestDefinition {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null)
  const limit = (name: string) => (typeof row[name] === 'number' ? row[name] : null)
  return {
    name: text('name') ?? '',
    displayName: text('displayName') ?? '',
    macro: text('slug') ?? '',
    type: typeOf(row),
    choices: text('choices'),
    constantValue: limit('constantValue'),
    wrapLow: limit('wrapLow'),
    wrapHigh: limit('wrapHigh'),
    calculationProcedure: text('calculationProcedure'),
    formatting: text('formatting') ?? '',
  }
}

function typeOf({ type }: Values): TestType {
  if (typeof type !== 'string' || !isTestType(type)) throw new TypeError(`${type} is no type of test`)
  return type
}

/** Python need not be started for a test without procedure, nor for a change of something else. */
function needsReading({ calculationProcedure, macro }: TestDefinition, before: AnyRow | undefined): boolean {
  if ((calculationProcedure ?? '').trim() === '') return false
  return before?.calculationProcedure !== calculationProcedure || before.slug !== macro
}

async function requireReadable(
  calculations: SnippetCheck,
  { macro, calculationProcedure }: TestDefinition,
): Promise<void> {
  const source = calculationProcedure ?? ''
  const problems = await calculations.check({ macro, source, language: 'procedure' })
  refuseIfAny(problems.map(({ message }) => ({ field: 'calculationProcedure', problem: message })))
}

async function requireChangeable(
  tx: Context,
  { type, macro }: TestDefinition,
  before: AnyRow,
): Promise<void> {
  const from = typeOf(before)
  if (from !== type) {
    const change = { from, to: type, hasResults: await hasResults(tx.db, before.id) }
    const problem = typeChangeProblem(change, await findReferencesOfTest(tx.db, before.id))
    if (problem) refuseIfAny([problem])
  }
  if (before.slug === macro) return
  const lists = await findListsWithMacro(tx.db, macro, before.id, LISTS_NAMED)
  if (lists.length > 0) {
    const problem = `Macro names must be unique in a list, and ${macro} already is in ${lists.join(', ')}`
    refuseIfAny([{ field: 'macro', problem }])
  }
}

function defaultRuleSet(tx: Context): Promise<number | null> {
  return findDefault(tx.db, 'qa_auto_review_rule_set')
}

/** The rules speak of a macro name; the record's field is called as on the wire. */
function refuseIfAny(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return
  throw new RefusedError({
    kind: 'invalid-input',
    problems: problems.map(({ field, problem }) => ({ field: field === 'macro' ? 'slug' : field, problem })),
  })
}
