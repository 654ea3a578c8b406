import type { ReportKind, ReportRow } from '../../reports/report-kind.ts'
import type { PersonName } from '../domain/test-page.ts'
import { findReportedSessions, type ReportedSession } from '../store/reported-sessions.ts'
import { findPersonNames } from '../store/test-pages.ts'
import { FILTERS } from './filters.data.ts'
import { PASS_FAIL_STATUS, sessionFilter, unitLabel } from './reported-session.ts'

/** What was performed on each unit, and how it turned out. */
export const sessionSummary: ReportKind = {
  kind: 'machine-qa.session-summary',
  title: 'QA summary',
  description: 'Sessions that were performed, by unit, with how many results were within tolerance.',
  permission: 'machine-qa.session.view-completed',
  orientation: 'landscape',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    FILTERS.completed,
    FILTERS.units,
    FILTERS.sites,
    FILTERS.frequencies,
    FILTERS.lists,
    FILTERS.groups,
    {
      name: 'review',
      label: 'Review',
      kind: 'choice',
      choices: [
        { value: 'reviewed', label: 'Reviewed' },
        { value: 'unreviewed', label: 'Unreviewed' },
      ],
    },
  ],
  run: async (ctx, filters, limit) => {
    const found = await findReportedSessions(ctx.db, sessionFilter(ctx, filters), limit)
    const sessions = found.slice(0, limit)
    const people = await findPersonNames(
      ctx.db,
      sessions.flatMap(({ performedById, reviewedById }) => [performedById, reviewedById]),
    )
    const counts = (choose: (session: ReportedSession) => boolean) => String(sessions.filter(choose).length)
    return {
      facts: [
        { label: 'Sessions', value: String(sessions.length) },
        { label: 'With results at action level', value: counts((session) => session.counts.action > 0) },
        {
          label: 'With results at tolerance level',
          value: counts((session) => session.counts.tolerance > 0),
        },
        { label: 'Unreviewed', value: counts((session) => !session.allReviewed) },
      ],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Completed', kind: 'instant' },
        { title: 'Test list', kind: 'text', onPaper: 'fill' },
        { title: 'Frequency', kind: 'text' },
        { title: 'Performed by', kind: 'text' },
        { title: 'Result', kind: 'text' },
        { title: 'OK', kind: 'number' },
        { title: 'Tolerance', kind: 'number' },
        { title: 'Action', kind: 'number' },
        { title: 'No tol.', kind: 'number' },
        { title: 'Skipped', kind: 'number' },
        { title: 'Reviewed by', kind: 'text' },
        { title: 'Reviewed', kind: 'instant', onPaper: 'none' },
        { title: 'Session', kind: 'number', onPaper: 'none' },
      ],
      rows: sessions.map((session) => rowOf(session, people)),
      isCut: found.length > limit,
      whenEmpty: 'Nothing was performed in this period.',
    }
  },
}

function rowOf(session: ReportedSession, people: ReadonlyMap<number, PersonName>): ReportRow {
  const { counts, unit } = session
  const nameOf = (id: number | null) => people.get(id ?? 0)?.fullName || people.get(id ?? 0)?.username || ''
  const reviewer = nameOf(session.reviewedById)
  return {
    group: unitLabel(unit),
    cells: [
      unitLabel(unit),
      session.completed,
      session.list,
      session.frequency ?? 'Ad hoc',
      nameOf(session.performedById),
      { status: PASS_FAIL_STATUS[worstOf(session)] },
      counts.ok,
      counts.tolerance,
      counts.action,
      counts.noTolerance,
      counts.skipped,
      session.allReviewed ? reviewer || 'By rules' : 'Unreviewed',
      session.reviewed,
      session.id,
    ],
  }
}

/** The worst result of a session. */
export function worstOf({ counts }: Pick<ReportedSession, 'counts'>): keyof typeof PASS_FAIL_STATUS {
  if (counts.action > 0) return 'action'
  if (counts.tolerance > 0) return 'tolerance'
  if (counts.ok > 0) return 'ok'
  return counts.noTolerance > 0 ? 'no_tol' : 'not_done'
}
