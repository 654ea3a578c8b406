import type { Context } from '../../../context.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import type { AssignmentFacts, ListOfDay } from '../domain/assignment-facts.ts'
import { dayProblem } from '../domain/cycle.ts'
import { type ListedTest, preparedTests } from '../domain/listed-test.ts'
import { findAssignment, findCycleDays, findListOfDay } from '../store/assignments.ts'
import { findListedTests } from '../store/listed-tests.ts'
import { findIdByUserKey } from '../store/sessions.ts'
import { type AutoReviewLine, findAutoReviewLines, findStatuses, type Status } from '../store/statuses.ts'
import { refuseSubmission, refuseTakenUserKey, USER_KEY_TAKEN } from './refusals.ts'

/** The site's rules for statuses. */
export type StatusFacts = {
  readonly statuses: readonly Status[]
  readonly autoReview: readonly AutoReviewLine[]
}

/** Everything that decides about a new session, besides what was entered. */
export type PerformingFacts = StatusFacts & {
  readonly assignment: AssignmentFacts
  readonly list: ListOfDay
  readonly tests: readonly ListedTest[]
}

/** Fields of a submission that name rows, or must be unique. */
export type NamedRows = {
  readonly assignmentId?: number
  readonly statusId?: number
  readonly userKey?: string | null
  /** the session that is being changed, which may keep its user key */
  readonly sessionId?: number
}

const MISSING_ROW = 'Invalid hyperlink - Object does not exist.'
const LONGEST_USER_KEY = 255

/**
 * What is wrong with the rows that a submission names, by field as on QATrack+'s wire. For dialects that gather the
 * problems of all fields before anything else; the verbs check the same.
 */
export async function findFieldProblems(ctx: Context, named: NamedRows): Promise<FieldProblem[]> {
  const [assignment, statuses, keyProblem] = await Promise.all([
    named.assignmentId === undefined ? undefined : findAssignment(ctx.db, named.assignmentId),
    named.statusId === undefined ? [] : findStatuses(ctx.db),
    userKeyProblem(ctx, named),
  ])
  const problems: FieldProblem[] = []
  if (named.assignmentId !== undefined && !assignment) {
    problems.push({ field: 'unit_test_collection', problem: MISSING_ROW })
  }
  problems.push(...keyProblem, ...statusProblems(statuses, named.statusId))
  return problems
}

async function userKeyProblem(ctx: Context, { userKey, sessionId }: NamedRows): Promise<FieldProblem[]> {
  if (userKey === undefined || userKey === null || userKey === '') return []
  if ([...userKey].length > LONGEST_USER_KEY) {
    const problem = `Ensure this field has no more than ${LONGEST_USER_KEY} characters.`
    return [{ field: 'user_key', problem }]
  }
  const holder = await findIdByUserKey(ctx.db, userKey)
  return holder === undefined || holder === sessionId ? [] : [{ field: 'user_key', problem: USER_KEY_TAKEN }]
}

function statusProblems(statuses: readonly Status[], statusId: number | undefined): FieldProblem[] {
  const isKnown = statusId === undefined || statuses.some(({ id }) => id === statusId)
  return isKnown ? [] : [{ field: 'status', problem: MISSING_ROW }]
}

/** Refuses problems of fields; a user key that is merely taken is a conflict. */
export function refuseFieldProblems(problems: readonly FieldProblem[]): void {
  const [first] = problems
  if (!first) return
  if (problems.length === 1 && first.problem === USER_KEY_TAKEN) throw refuseTakenUserKey()
  throw new RefusedError({ kind: 'invalid-input', problems })
}

export async function gatherStatusFacts(ctx: Context): Promise<StatusFacts> {
  const [statuses, autoReview] = await Promise.all([findStatuses(ctx.db), findAutoReviewLines(ctx.db)])
  return { statuses, autoReview }
}

/**
 * Looks up what a new session is made of.
 *
 * @throws RefusedError for rows that do not exist, a day that the collection does not have, and tests that the unit has
 *   no information for
 */
export async function gatherFacts(
  ctx: Context,
  named: NamedRows & { readonly assignmentId: number; readonly day?: number },
): Promise<PerformingFacts> {
  const [assignment, statusFacts, keyProblems] = await Promise.all([
    findAssignment(ctx.db, named.assignmentId),
    gatherStatusFacts(ctx),
    userKeyProblem(ctx, named),
  ])
  const problems = [...keyProblems, ...statusProblems(statusFacts.statuses, named.statusId)]
  if (!assignment) {
    throw new RefusedError({
      kind: 'invalid-input',
      problems: [{ field: 'unit_test_collection', problem: MISSING_ROW }, ...problems],
    })
  }
  refuseFieldProblems(problems)
  const list = await findList(ctx, assignment, named.day)
  const prepared = preparedTests(await findListedTests(ctx.db, list.testListId, assignment.unit.id))
  if ('problem' in prepared) throw refuseSubmission(prepared.problem)
  return { ...statusFacts, assignment, list, tests: prepared.tests }
}

/** The list of a day of an assignment. @throws RefusedError for a day it does not have */
export async function findList(
  ctx: Context,
  { tests }: AssignmentFacts,
  day: number | undefined,
): Promise<ListOfDay> {
  const days = await findDays(ctx, tests)
  const collection = tests.kind === 'cycle' ? { kind: tests.kind, days: days.length } : { kind: tests.kind }
  const problem = dayProblem(collection, day ?? null)
  const list = days[day ?? 0]
  if (problem !== undefined || !list) throw refuseSubmission(problem ?? 'This assignment has no test list.')
  return list
}

/** The lists of an assignment by day. */
export async function findDays(ctx: Context, tests: AssignmentFacts['tests']): Promise<readonly ListOfDay[]> {
  if (tests.kind === 'cycle') return findCycleDays(ctx.db, tests.cycleId)
  const list = await findListOfDay(ctx.db, tests.testListId)
  return list ? [list] : []
}
