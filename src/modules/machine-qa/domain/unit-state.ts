import { type CalendarDay, zoneDay } from '../../../core/calendar.ts'
import { dueStatus } from './due-status.ts'
import type { Frequency } from './frequency.ts'
import type { PassFail } from './pass-fail.ts'

/**
 * Whether a unit is fit for use, worst first. `unknown` ranks before `ok`: what was never tested is not fit because
 * something else was.
 */
export const UNIT_STATES = [
  'out-of-service',
  'failed',
  'overdue',
  'tolerance',
  'unreviewed',
  'unknown',
  'ok',
] as const

export type UnitState = (typeof UNIT_STATES)[number]

/** The newest session of an assignment that is complete and included for scheduling. */
export type GatingSession = {
  readonly id: number
  readonly workCompleted: Date
  readonly passFail: ReadonlySet<PassFail>
  /** False if a result has a status that makes it invalid. */
  readonly isValid: boolean
  readonly allReviewed: boolean
}

/** An assignment whose state decides about its unit. */
export type GatingAssignment = {
  readonly id: number
  readonly name: string
  readonly dueDate: Date | null
  readonly frequency: Pick<Frequency, 'windowStartDays' | 'windowEndDays'> | null
  readonly latest: GatingSession | null
}

/** A service event that is not closed. */
export type OpenServiceEvent = {
  readonly id: number
  readonly title: string
  /** Whether all its return-to-service QA was performed (and reviewed where that is demanded). */
  readonly isReturned: boolean
  /** what has to happen before the unit is back */
  readonly waitsFor?: string
}

/** What is known of a unit at an instant: sessions and events as they were then. */
export type UnitFacts = {
  readonly assignments: readonly GatingAssignment[]
  readonly openEvents: readonly OpenServiceEvent[]
}

/** Why a unit is in a state. */
export type UnitStateReason = {
  readonly state: UnitState
  readonly source:
    | { readonly kind: 'assignment'; readonly id: number; readonly sessionId: number | null }
    | { readonly kind: 'service-event'; readonly id: number }
    | { readonly kind: 'none' }
  readonly text: string
}

export type UnitStateFinding = {
  readonly state: UnitState
  /** Everything that is not in order, worst first; everything that is, if the unit is `ok`. */
  readonly reasons: readonly UnitStateReason[]
}

/** The state of a unit at an instant: the worst of its gating assignments and open service events, with reasons. */
export function unitState(
  facts: UnitFacts,
  at: { readonly now: Date; readonly zone: string },
): UnitStateFinding {
  const today = zoneDay(at.now, at.zone)
  const reasons = [
    ...facts.openEvents.flatMap(eventReason),
    ...facts.assignments.flatMap((assignment) => assignmentReasons(assignment, today, at.zone)),
  ].toSorted((a, b) => UNIT_STATES.indexOf(a.state) - UNIT_STATES.indexOf(b.state))
  const [worst] = reasons
  if (!worst || facts.assignments.length === 0) return withoutGate(reasons)
  const shown = worst.state === 'ok' ? reasons : reasons.filter(({ state }) => state !== 'ok')
  return { state: worst.state, reasons: shown }
}

function withoutGate(reasons: readonly UnitStateReason[]): UnitStateFinding {
  const [worst] = reasons
  if (worst) return { state: worst.state, reasons }
  const text = 'No assignment decides about this unit'
  return { state: 'unknown', reasons: [{ state: 'unknown', source: { kind: 'none' }, text }] }
}

function eventReason({ id, title, isReturned, waitsFor }: OpenServiceEvent): UnitStateReason[] {
  if (isReturned) return []
  const text = `${title}: ${waitsFor ?? 'no return-to-service QA yet'}`
  return [{ state: 'out-of-service', source: { kind: 'service-event', id }, text }]
}

function assignmentReasons(
  assignment: GatingAssignment,
  today: CalendarDay,
  zone: string,
): UnitStateReason[] {
  const { id, name, latest, dueDate, frequency } = assignment
  const source = { kind: 'assignment', id, sessionId: latest?.id ?? null } as const
  const found: { state: UnitState; text: string }[] = []
  if (dueStatus(dueDate, frequency, { today, zone }) === 'action')
    found.push({ state: 'overdue', text: 'overdue' })
  if (latest === null) found.push({ state: 'unknown', text: 'never done' })
  else found.push(...sessionFindings(latest))
  if (found.length === 0) found.push({ state: 'ok', text: 'in order' })
  return found.map(({ state, text }) => ({ state, source, text: `${name}: ${text}` }))
}

function sessionFindings({
  passFail,
  isValid,
  allReviewed,
}: GatingSession): { state: UnitState; text: string }[] {
  const found: { state: UnitState; text: string }[] = []
  if (!isValid) found.push({ state: 'failed', text: 'a result is invalid' })
  if (passFail.has('action')) found.push({ state: 'failed', text: 'a result is at action level' })
  if (passFail.has('tolerance')) found.push({ state: 'tolerance', text: 'a result is at tolerance level' })
  if (!allReviewed) found.push({ state: 'unreviewed', text: 'not reviewed' })
  return found
}
