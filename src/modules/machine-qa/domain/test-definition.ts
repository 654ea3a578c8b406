import type { FieldProblem } from '../../../core/refusal.ts'
import { macroNameProblem } from './macro-name.ts'
import { formatNumber, LONGEST_FORMAT } from './number-format.ts'
import type { Reference } from './reference.ts'
import { isCompositeTest, mayChangeType, TEST_TYPES, type TestType } from './test-type.ts'
import { joinChoices, splitChoices } from './tolerance.ts'

/** What defines a test, apart from texts and links that no rule looks at. */
export type TestDefinition = {
  readonly name: string
  /** Empty: the name is shown. */
  readonly displayName: string
  readonly macro: string
  readonly type: TestType
  /** A comma list; only of multiple choice. */
  readonly choices: string | null
  readonly constantValue: number | null
  readonly wrapLow: number | null
  readonly wrapHigh: number | null
  /** Python: the calculation of a composite or the analysis of an upload, otherwise the initial value. */
  readonly calculationProcedure: string | null
  /** `%.2f` or `{:.2f}`; empty for four significant digits. */
  readonly formatting: string
}

const LONGEST_CHOICES = 2048

/** The name a test is shown by. */
export function testTitle(test: Pick<TestDefinition, 'name' | 'displayName'>): string {
  return test.displayName || test.name
}

/** Choices trimmed, without empty ones; null for types that have none. */
export function normalisedChoices({
  type,
  choices,
}: Pick<TestDefinition, 'type' | 'choices'>): string | null {
  return type === 'multchoice' && choices !== null ? joinChoices(splitChoices(choices)) : null
}

/** Everything that is wrong with a definition, apart from the syntax of its procedure. */
export function testProblems(test: TestDefinition): readonly FieldProblem[] {
  const macro = macroNameProblem(test.macro)
  return [
    ...(test.name.trim() === '' ? [{ field: 'name', problem: 'A test needs a name' }] : []),
    ...(macro === undefined ? [] : [{ field: 'macro', problem: macro }]),
    ...choiceProblems(test),
    ...constantProblems(test),
    ...wrapProblems(test),
    ...procedureProblems(test),
    ...formatProblems(test),
  ]
}

/** Why a test may not become of another type. @param reference the references set for it on any unit */
export function typeChangeProblem(
  { from, to, hasResults }: { readonly from: TestType; readonly to: TestType; readonly hasResults: boolean },
  references: readonly Reference[],
): FieldProblem | undefined {
  if (from === to) return undefined
  if (hasResults && !mayChangeType(from, to)) {
    const [before, after] = [TEST_TYPES[from].label, TEST_TYPES[to].label]
    return { field: 'type', problem: `A test with results can not change from ${before} to ${after}` }
  }
  if (to === 'boolean' && references.some(({ value }) => value !== 0 && value !== 1)) {
    return { field: 'type', problem: 'A test with a reference other than 0 and 1 can not become Boolean' }
  }
  return undefined
}

/** Whether a procedure gives a result: it sets the macro name or `result` somewhere at the start of a line. */
export function setsResult(procedure: string, macro: string): boolean {
  return procedure.split(/\r?\n/).some((line) => {
    const name = /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(line)?.[1]
    return name === 'result' || name === macro
  })
}

function choiceProblems(test: TestDefinition): FieldProblem[] {
  const field = 'choices'
  if (test.type !== 'multchoice') {
    return test.choices ? [{ field, problem: 'Only multiple choice tests have choices' }] : []
  }
  if (splitChoices(test.choices ?? '').length === 0) return [{ field, problem: 'Give at least one choice' }]
  const isLong = (test.choices ?? '').length > LONGEST_CHOICES
  return isLong ? [{ field, problem: `Choices have at most ${LONGEST_CHOICES} characters` }] : []
}

function constantProblems({ type, constantValue }: TestDefinition): FieldProblem[] {
  const field = 'constantValue'
  if (type !== 'constant')
    return constantValue === null ? [] : [{ field, problem: 'Only constant tests have a constant' }]
  return isNumber(constantValue) ? [] : [{ field, problem: 'A constant test needs its constant' }]
}

function wrapProblems({ type, wrapLow, wrapHigh }: TestDefinition): FieldProblem[] {
  const limits = { wrapLow, wrapHigh }
  if (type !== 'wraparound') {
    return Object.entries(limits).flatMap(([field, limit]) =>
      limit === null ? [] : [{ field, problem: 'Only wraparound tests have wraparound limits' }],
    )
  }
  const missing = Object.entries(limits).flatMap(([field, limit]) =>
    isNumber(limit) ? [] : [{ field, problem: 'A wraparound test needs both limits' }],
  )
  if (missing.length > 0 || wrapLow === null || wrapHigh === null) return missing
  return wrapLow < wrapHigh
    ? []
    : [{ field: 'wrapHigh', problem: 'The upper limit must be above the lower one' }]
}

function procedureProblems({ type, macro, calculationProcedure }: TestDefinition): FieldProblem[] {
  const procedure = calculationProcedure ?? ''
  if (procedure.trim() === '' && !isCompositeTest(type)) return []
  if (setsResult(procedure, macro)) return []
  const example = `(e.g. ${macro} = my_var/another_var*2 or result = my_var/another_var*2)`
  const problem = `Snippet must set macro name to a value or contain a result line ${example}`
  return [{ field: 'calculationProcedure', problem }]
}

function formatProblems({ formatting }: TestDefinition): FieldProblem[] {
  const field = 'formatting'
  if (formatting.length > LONGEST_FORMAT) {
    return [{ field, problem: `A format has at most ${LONGEST_FORMAT} characters` }]
  }
  if (formatting === '' || formatNumber(formatting, 1.5) !== undefined) return []
  return [{ field, problem: 'This is not a number format such as %.2f or {:.2f}' }]
}

function isNumber(value: number | null): boolean {
  return value !== null && Number.isFinite(value)
}
