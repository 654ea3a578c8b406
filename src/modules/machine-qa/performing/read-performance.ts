import { readDay, readNearestInstant } from '../domain/date-texts.ts'
import {
  constantProblem,
  type PerformedTest,
  readSubmission,
  type SessionEntry,
  submissionProblems,
} from '../domain/submission.ts'
import { NO_VALUE } from '../domain/test-result.ts'
import { isCompositeTest } from '../domain/test-type.ts'
import { type Calculated, compositeValue } from './calculate-session.ts'
import { enteredComment, isEnteredAsSkipped, type Performance } from './performance.ts'
import { refuseSubmission } from './refusals.ts'
import type { SubmittedTest } from './submission.ts'

/** Stands for the id of a file that is about to be stored, so that its result does not count as empty. */
export const FILE_TO_COME = 'file'

/** A constant may be left out or sent as it is configured. @throws RefusedError for the first that differs */
export function requireConstants({ tests, submitted }: Performance): void {
  const problem = constantProblem(tests.map(performedTest), submitted)
  if (problem !== undefined) throw refuseSubmission(problem)
}

/**
 * Brings what was entered and calculated into the values of the tests.
 *
 * @returns by macro, for every test
 * @throws RefusedError with all problems in one text, as specification 2.3 has it
 */
export function readPerformance(
  performance: Performance,
  calculated: Calculated,
  zone: string,
): ReadonlyMap<string, SessionEntry> {
  const withoutFile = skippedUploads(performance)
  const read = readSubmission({
    tests: performance.tests.filter(({ test }) => !withoutFile.has(test.macro)).map(performedTest),
    entries: entriesOf(performance, calculated),
    kept: performance.before,
    calculated: new Map(
      [...calculated.composites].map(([macro, result]) => [
        macro,
        { value: compositeValue(result), comment: result.comment ?? '' },
      ]),
    ),
    analysed: new Map(
      [...calculated.uploads].map(([macro, { source, result, comment }]) => [
        macro,
        {
          value: result,
          comment: comment ?? '',
          attachmentId: source.kind === 'kept' ? source.attachment.id : FILE_TO_COME,
        },
      ]),
    ),
    inProgress: performance.inProgress,
    incomplete: mayBeIncomplete(performance) ? 'allowed' : 'refused',
    dates: { readDay, readInstant: (text) => readNearestInstant(text, zone) },
  })
  // a composite without value may be the mere consequence of a missing test, which explains it better
  const isComposite = (macro: string) =>
    performance.tests.some(({ test }) => test.macro === macro && isCompositeTest(test.type))
  const wrongType =
    read.missing.length > 0 ? read.wrongType.filter((macro) => !isComposite(macro)) : read.wrongType
  const problems = submissionProblems({ ...read, wrongType }, performance)
  if (problems.length > 0) throw refuseSubmission(problems.join('\n'))
  return new Map([...read.entries, ...withoutFile])
}

function performedTest({ test, reference }: Performance['tests'][number]): PerformedTest {
  const { id, macro, type, constantValue } = test
  return { id, macro, type, constantValue, reference }
}

/** At the form a file may be skipped; a script that changes a session leaves such a skip as it is. */
function skippedUploads(performance: Performance): ReadonlyMap<string, SessionEntry> {
  const { tests, before, manner } = performance
  const skipped = tests.filter(
    ({ test: { type, macro } }) =>
      type === 'upload' && (manner === 'form' || before.has(macro)) && isEnteredAsSkipped(performance, macro),
  )
  return new Map(
    skipped.map(({ test: { macro } }) => [
      macro,
      { result: NO_VALUE, skipped: true, comment: enteredComment(performance, macro) },
    ]),
  )
}

/** At the form a calculation that has no value when the work is done counts as skipped. */
function entriesOf(
  { manner, inProgress, tests, submitted }: Performance,
  { composites }: Calculated,
): ReadonlyMap<string, SubmittedTest> {
  if (manner === 'script') return submitted
  const withoutValue = tests.flatMap(({ test }): [string, SubmittedTest][] => {
    if (!isCompositeTest(test.type)) return []
    const value = compositeValue(composites.get(test.macro))
    const { comment } = submitted.get(test.macro) ?? {}
    const isEmpty = value === null || value === ''
    return [[test.macro, { skipped: isEmpty && !inProgress, ...(comment === undefined ? {} : { comment }) }]]
  })
  return new Map([...submitted, ...withoutValue])
}

/** What was saved at the form without values may be changed by a script as long as it stays in progress. */
function mayBeIncomplete({ manner, before }: Performance): boolean {
  if (manner === 'form') return true
  return [...before.values()].some(
    ({ test, result, skipped }) =>
      !skipped && result.value === null && (test.type === 'simple' || test.type === 'wraparound'),
  )
}
