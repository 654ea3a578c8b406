import type { Context } from '../../../context.ts'
import type { HistoryQuery } from '../../calculations/domain/calculation.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import { readNearestInstant } from '../domain/date-texts.ts'
import type { Session } from '../domain/session.ts'
import type { SessionResult } from '../domain/session-result.ts'
import { type EarlierResult, findEarlierResult, findEarlierSessionId } from '../store/earlier-results.ts'
import { findResults } from '../store/results.ts'
import { findSession } from '../store/sessions.ts'
import { pythonOfInstant, pythonOfJson, pythonOfTolerance } from './python-values.ts'

/** Where a calculation stands when it asks for earlier results. */
export type HistoryStandpoint = {
  readonly unitId: number
  readonly testListId: number
  /** start of the work; what was completed before the next full minute is earlier */
  readonly before: Date
  /** the session that is being changed */
  readonly exceptSessionId?: number
}

const MINUTE_MS = 60_000

/** Answers what a snippet asks through `UTILS` (specification 3.5.1) with a record, or None. */
export async function answerHistory(
  ctx: Context,
  { method, args }: HistoryQuery,
  standpoint: HistoryStandpoint,
): Promise<PythonValue> {
  const { unitId, testListId } = standpoint
  const before = new Date((Math.floor(standpoint.before.getTime() / MINUTE_MS) + 1) * MINUTE_MS)
  const common = commonPart(args, standpoint)
  switch (method) {
    case 'previous_test_list_instance': {
      const id = await findEarlierSessionId(ctx.db, { ...common, unitId, testListId, before })
      return id === undefined ? null : sessionRecord(ctx, id)
    }
    case 'previous_test_instance':
      return resultRecord(ctx, {
        ...common,
        test: { by: 'macro', text: String(args.test ?? '') },
        unit: { id: unitId },
        ...(args.same_list_only === false ? {} : { testListId }),
        before,
        invalid: 'include',
      })
    case 'get_test_instance': {
      const test = wantedTest(args)
      if (!test) return null
      return resultRecord(ctx, {
        ...common,
        test,
        unit: typeof args.unit_number === 'number' ? { number: args.unit_number } : { id: unitId },
        ...(typeof args.test_list_id === 'number' ? { testListId: args.test_list_id } : {}),
        ...wantedWindow(args, before, ctx.zone),
        invalid: args.include_invalid === true ? 'include' : 'exclude',
      })
    }
  }
}

function commonPart(
  args: HistoryQuery['args'],
  { exceptSessionId }: HistoryStandpoint,
): Pick<EarlierResult, 'inProgress' | 'skipped' | 'exceptSessionId'> {
  return {
    inProgress: args.include_in_progress === true ? 'include' : 'exclude',
    skipped: args.exclude_skipped === false ? 'include' : 'exclude',
    ...(exceptSessionId === undefined ? {} : { exceptSessionId }),
  }
}

function wantedWindow(
  args: HistoryQuery['args'],
  before: Date,
  zone: string,
): Pick<EarlierResult, 'from' | 'to' | 'before'> {
  const from = wantedInstant(args.start_window, zone)
  const to = wantedInstant(args.end_window, zone)
  return { ...(from ? { from } : {}), ...(to ? { to } : { before }) }
}

function wantedTest(args: HistoryQuery['args']): EarlierResult['test'] | undefined {
  if (typeof args.test_id === 'number') return { by: 'id', id: args.test_id }
  return typeof args.test_name === 'string' ? { by: 'name', text: args.test_name } : undefined
}

/** A date-time or a day of Python; without an offset on the clocks of the site, a day from its first instant. */
function wantedInstant(value: PythonValue | undefined, zone: string): Date | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const [mark, content] = Object.entries(value)[0] ?? []
  if (typeof content !== 'string') return undefined
  if (mark === '$date') return readNearestInstant(`${content} 00:00`, zone)
  return mark === '$datetime' ? readNearestInstant(content.replace('T', ' '), zone) : undefined
}

async function resultRecord(ctx: Context, wanted: EarlierResult): Promise<PythonValue> {
  const found = await findEarlierResult(ctx.db, wanted)
  if (!found) return null
  const [session, results] = await Promise.all([
    findSession(ctx.db, found.sessionId),
    findResults(ctx.db, [found.sessionId]),
  ])
  const result = results.find(({ id }) => id === found.resultId)
  return session && result ? recordOf(result, session, ctx.zone) : null
}

async function sessionRecord(ctx: Context, id: number): Promise<PythonValue> {
  const [session, results] = await Promise.all([findSession(ctx.db, id), findResults(ctx.db, [id])])
  if (!session) return null
  return {
    $record: {
      id: session.id,
      day: session.day,
      work_started: pythonOfInstant(session.workStarted, ctx.zone),
      work_completed: pythonOfInstant(session.workCompleted, ctx.zone),
      due_date: pythonOfInstant(session.dueDate, ctx.zone),
      in_progress: session.inProgress,
      flagged: session.flagged,
      all_reviewed: session.allReviewed,
      user_key: session.userKey,
      results: Object.fromEntries(
        results.map((each) => [each.test.macro, recordOf(each, session, ctx.zone)]),
      ),
    },
  }
}

function recordOf(result: SessionResult, session: Session, zone: string): PythonValue {
  const { test, reference, tolerance } = result
  const { value, stringValue, dateValue, datetimeValue, jsonValue } = result.result
  return {
    $record: {
      id: result.id,
      test: { $record: { id: test.id, name: test.name, slug: test.macro, type: test.type } },
      value,
      string_value: stringValue,
      date_value: dateValue === null ? null : { $date: dateValue },
      datetime_value: pythonOfInstant(datetimeValue, zone),
      json_value: pythonOfJson(jsonValue),
      skipped: result.skipped,
      comment: result.comment,
      pass_fail: result.passFail,
      work_started: pythonOfInstant(session.workStarted, zone),
      work_completed: pythonOfInstant(session.workCompleted, zone),
      reference: reference && {
        $record: { id: reference.id, name: reference.name, type: reference.kind, value: reference.value },
      },
      tolerance: tolerance && {
        $record: { id: tolerance.id, name: tolerance.name, ...toleranceMembers(tolerance) },
      },
    },
  }
}

function toleranceMembers(tolerance: SessionResult['tolerance']): Record<string, PythonValue> {
  const members = pythonOfTolerance(tolerance)
  return typeof members === 'object' && members !== null ? Object.fromEntries(Object.entries(members)) : {}
}
