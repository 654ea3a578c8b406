import type { Context } from '../../../context.ts'
import { formatMinuteWithMonthName } from '../../../core/calendar.ts'
import type { FollowedEntry } from '../../audit/domain/followed-entry.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { Notice } from '../../notifications/notify.ts'
import { isWithin, type SessionLevel, wantsSession } from '../domain/notice-event.ts'
import { performedResult } from '../performing/performed-session.ts'
import { findSessionPlaces } from '../store/notices.ts'
import { findReportedSessions, type ReportedSession } from '../store/reported-sessions.ts'
import { findResults } from '../store/results.ts'
import { findPersonNames } from '../store/test-pages.ts'
import { SESSION_NOTICE } from './notice-kinds.ts'
import { type Subscription, tell } from './subscriptions.ts'

export const SESSION_ACTIONS = ['machine-qa.session.perform', 'machine-qa.session.change'] as const

const MOST_RESULTS_NAMED = 20

/** Tells of sessions that were completed, or came to another level by a change. */
export async function tellOfSessions(
  tx: Context,
  notifications: Notifications,
  subscriptions: readonly Subscription[],
  entries: readonly FollowedEntry[],
): Promise<void> {
  const wanted = subscriptions.filter(({ event }) => event.startsWith('session.'))
  const ids = [...new Set(entries.map(({ recordId }) => Number(recordId)))]
  if (wanted.length === 0 || ids.length === 0) return
  const sessions = await findReportedSessions(tx.db, { ids }, ids.length)
  const places = await findSessionPlaces(tx.db, ids)
  for (const session of sessions) {
    const place = places.get(session.id)
    const level = levelOf(session)
    const concerned = wanted.filter(
      ({ event, scope }) => place && wantsSession(event, level) && isWithin(scope, place),
    )
    if (concerned.length === 0) continue
    const notice = await describe(tx, session, level)
    for (const each of concerned) await tell(tx, notifications, each, notice)
  }
}

function levelOf({ counts }: ReportedSession): SessionLevel {
  if (counts.action > 0) return 'action'
  return counts.tolerance > 0 ? 'tolerance' : 'ok'
}

const WORDS = { ok: 'Completed', tolerance: 'Tolerance level', action: 'Action level' } as const

async function describe(
  tx: Context,
  session: ReportedSession,
  level: SessionLevel,
): Promise<Omit<Notice, 'to'>> {
  const { id, unit, list, counts, completed, performedById } = session
  const people = await findPersonNames(tx.db, [performedById])
  const person = people.get(performedById ?? 0)
  const results = await findResults(tx.db, [id])
  const out = results.filter(
    ({ passFail, skipped }) => !skipped && (passFail === 'action' || passFail === 'tolerance'),
  )
  return {
    kind: SESSION_NOTICE.kind,
    key: `session:${id}:${level}`,
    subject: `${WORDS[level]}: ${unit.name}, ${list}`,
    text: '',
    facts: [
      { label: 'Unit', value: unit.name },
      { label: 'Test list', value: list },
      { label: 'Completed', value: formatMinuteWithMonthName(completed, tx.zone) },
      { label: 'Performed by', value: person?.fullName || person?.username || '–' },
      {
        label: 'Results',
        value: `${counts.action} action, ${counts.tolerance} tolerance, ${counts.ok} OK`,
      },
    ],
    items: out.slice(0, MOST_RESULTS_NAMED).map((result) => {
      const { valueDisplay, diffDisplay } = performedResult(result, [], tx.zone)
      const difference = diffDisplay === '' ? '' : ` (${diffDisplay})`
      return {
        text: `${WORDS[result.passFail === 'action' ? 'action' : 'tolerance']}: ${result.test.name} = ${valueDisplay}${difference}`,
      }
    }),
    path: `/app/machine-qa/sessions/${id}`,
  }
}
