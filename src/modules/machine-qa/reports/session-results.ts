import type { Context } from '../../../context.ts'
import { formatMinuteWithMonthName } from '../../../core/calendar.ts'
import type { ReportKind, ReportRow } from '../../reports/report-kind.ts'
import { referenceDisplay } from '../domain/reference.ts'
import type { PersonName } from '../domain/test-page.ts'
import { type PerformedResult, performedResult } from '../performing/performed-session.ts'
import { findReportedSessions, type ReportedSession } from '../store/reported-sessions.ts'
import { findResults } from '../store/results.ts'
import { findPersonNames } from '../store/test-pages.ts'
import { FILTERS } from './filters.data.ts'
import { PASS_FAIL_STATUS, sessionFilter, unitLabel } from './reported-session.ts'

const SESSIONS_AT_ONCE = 200

/** Every result of the sessions of a period. */
export const sessionResults: ReportKind = {
  kind: 'machine-qa.session-details',
  title: 'QA session details',
  description: 'Every result of the sessions of a period with its reference, tolerance and comment.',
  permission: 'machine-qa.session.view-completed',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    { ...FILTERS.completed, default: 'last-7-days' },
    FILTERS.units,
    FILTERS.lists,
    FILTERS.tests,
    FILTERS.frequencies,
    FILTERS.groups,
  ],
  run: async (ctx, filters, limit) => {
    const { rows, sessions } = await collect(ctx, filters, limit)
    return {
      facts: [
        { label: 'Sessions', value: String(sessions) },
        { label: 'Results', value: String(Math.min(rows.length, limit)) },
      ],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Test list', kind: 'text', onPaper: 'none' },
        { title: 'Completed', kind: 'instant', onPaper: 'none' },
        { title: 'Performed by', kind: 'text', onPaper: 'none' },
        { title: 'Session', kind: 'number', onPaper: 'none' },
        { title: 'Test', kind: 'text', onPaper: 'fill' },
        { title: 'Value', kind: 'text' },
        { title: 'Reference', kind: 'text' },
        { title: 'Tolerance', kind: 'text', onPaper: 'fill' },
        { title: 'Difference', kind: 'text' },
        { title: 'Status', kind: 'text' },
        { title: 'Comment', kind: 'text', onPaper: 'none' },
      ],
      rows: rows.slice(0, limit),
      isCut: rows.length > limit,
      whenEmpty: 'Nothing was performed in this period.',
    }
  },
}

/** Results session by session, until there are more than the limit. */
async function collect(
  ctx: Context,
  filters: Parameters<ReportKind['run']>[1],
  limit: number,
): Promise<{ readonly rows: readonly ReportRow[]; readonly sessions: number }> {
  const sessions = await findReportedSessions(ctx.db, sessionFilter(ctx, filters), limit)
  const tests = filters.ids('tests')
  const rows: ReportRow[] = []
  let used = 0
  for (let start = 0; start < sessions.length && rows.length <= limit; start += SESSIONS_AT_ONCE) {
    const some = sessions.slice(start, start + SESSIONS_AT_ONCE)
    const ids = some.map(({ id }) => id)
    const [results, people] = await Promise.all([
      findResults(ctx.db, ids),
      findPersonNames(
        ctx.db,
        some.map(({ performedById }) => performedById),
      ),
    ])
    const bySession = Map.groupBy(results, ({ sessionId }) => sessionId)
    for (const session of some) {
      const shown = (bySession.get(session.id) ?? []).filter(({ test }) => tests?.includes(test.id) ?? true)
      if (shown.length > 0) used += 1
      rows.push(
        ...shown.map((result) => rowOf(session, performedResult(result, [], ctx.zone), people, ctx.zone)),
      )
    }
  }
  return { rows, sessions: used }
}

function rowOf(
  session: ReportedSession,
  result: PerformedResult,
  people: ReadonlyMap<number, PersonName>,
  zone: string,
): ReportRow {
  const { test, comment, skipped, passFail } = result
  const person = people.get(session.performedById ?? 0)
  const unit = unitLabel(session.unit)
  const completed = formatMinuteWithMonthName(session.completed, zone)
  return {
    group: `${unit} · ${session.list} · ${completed} · session ${session.id}`,
    cells: [
      unit,
      session.list,
      session.completed,
      person?.fullName || person?.username || null,
      session.id,
      test.name,
      // the display of an upload is a link for browsers
      test.type === 'upload' && !skipped ? 'File' : result.valueDisplay,
      referenceDisplay(result.reference) || null,
      result.tolerance?.name ?? null,
      result.diffDisplay || null,
      { status: skipped ? { token: 'none', word: 'Skipped' } : PASS_FAIL_STATUS[passFail] },
      comment || null,
    ],
    ...(comment === '' ? {} : { note: `Comment: ${comment}` }),
  }
}
