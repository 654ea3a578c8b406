import type { SnippetResult } from '../../calculations/domain/calculation.ts'
import { jsonOfValue, type PythonValue } from '../../calculations/domain/python-value.ts'
import type { QaTest } from '../domain/listed-test.ts'
import type { JsonValue } from '../domain/test-result.ts'
import { isCompositeTest } from '../domain/test-type.ts'
import {
  analyseUploadedFile,
  findUploadSource,
  type UploadAnalysis,
  type UploadSource,
} from './analyse-uploads.ts'
import { type CalculationInputs, calculationBase, snippetOf } from './calculation-base.ts'
import { bringsValue, enteredComment, isEnteredAsSkipped, type Performance } from './performance.ts'
import type { PerformingContext } from './performing-context.ts'
import { pythonOfJson, pythonOfResult, pythonOfSent } from './python-values.ts'
import { refuseSubmission } from './refusals.ts'

/** What the procedures of a session gave, by macro. */
export type Calculated = {
  readonly uploads: ReadonlyMap<string, UploadAnalysis & { readonly source: UploadSource }>
  readonly composites: ReadonlyMap<string, SnippetResult>
  /** skip states that procedures changed */
  readonly skips: Readonly<Record<string, boolean>>
}

/**
 * Analyses the uploads and evaluates the composites of a session, uploads first and in turn.
 *
 * @throws RefusedError for the first upload or composite that fails, in the words of specification 2.3. A composite
 *   that lacks an input is no failure: it has no value
 */
export async function calculateSession(
  ctx: PerformingContext,
  performance: Performance,
): Promise<Calculated> {
  const tests = performance.tests.map(({ test }) => test)
  const uploads = tests.filter(({ type }) => type === 'upload')
  const composites = tests.filter(({ type }) => isCompositeTest(type))
  const base = calculationBase(ctx, inputsOf(performance, ctx.zone))
  const analysed = new Map<string, UploadAnalysis & { readonly source: UploadSource }>()
  for (const test of uploads) {
    const source = await findUploadSource(ctx, performance, test)
    if (source) analysed.set(test.macro, { source, ...(await analyseUploadedFile(ctx, test, source, base)) })
  }
  const skips = Object.assign({}, ...[...analysed.values()].map((upload) => upload.skips))
  if (composites.length === 0) return { uploads: analysed, composites: new Map(), skips }
  const results = [...analysed].map(([macro, { result }]): [string, PythonValue] => [
    macro,
    pythonOfJson(result),
  ])
  const answer = await ctx.calculations.evaluate({
    ...base,
    variables: { ...base.variables, ...Object.fromEntries(results) },
    snippets: composites.map(snippetOf),
  })
  refuseFailedComposite(answer.results)
  return { uploads: analysed, composites: answer.results, skips: { ...skips, ...answer.skips } }
}

/** What a composite gave, as JSON; null while it waits for input. */
export function compositeValue(result: SnippetResult | undefined): JsonValue {
  return result?.outcome.kind === 'value' ? jsonOfValue(result.outcome.value) : null
}

function refuseFailedComposite(results: ReadonlyMap<string, SnippetResult>): void {
  for (const [macro, { outcome }] of results) {
    if (outcome.kind !== 'value' && outcome.kind !== 'waiting') {
      throw refuseSubmission(`Error with ${macro} test: ${outcome.error}`)
    }
  }
}

function inputsOf(performance: Performance, zone: string): CalculationInputs {
  const { assignment, list, tests, submitted, workStarted, workCompleted, sessionId } = performance
  return {
    list,
    assignmentId: assignment.id,
    unit: assignment.unit,
    tests,
    variables: variablesOf(performance, zone),
    comments: Object.fromEntries([
      ...[...submitted].map(([macro, { comment = '' }]) => [macro, comment]),
      ...tests.map(({ test }) => [test.macro, enteredComment(performance, test.macro)]),
    ]),
    skips: Object.fromEntries(
      tests.map(({ test }) => [test.macro, isEnteredAsSkipped(performance, test.macro)]),
    ),
    workStarted,
    workCompleted,
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}

/** Composites have no value before they are calculated; a test that nobody sent counts as empty. */
function variablesOf(performance: Performance, zone: string): Record<string, PythonValue> {
  const sent = [...performance.submitted].map(([macro, { value = null }]): [string, PythonValue] => [
    macro,
    pythonOfJson(value),
  ])
  const own = performance.tests.map(({ test }): [string, PythonValue] => [
    test.macro,
    variableOf(performance, test, zone),
  ])
  return Object.fromEntries([...sent, ...own])
}

function variableOf({ submitted, before }: Performance, test: QaTest, zone: string): PythonValue {
  const { macro, type, constantValue } = test
  if (type === 'constant') return constantValue
  if (type === 'upload' || isCompositeTest(type)) return null
  const sent = submitted.get(macro)
  if (sent && bringsValue(sent)) return pythonOfSent(type, sent.value ?? null, zone)
  const kept = before.get(macro)
  return kept && sent?.skipped !== true ? pythonOfResult(type, kept.result, zone) : null
}
