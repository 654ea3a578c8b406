/** What people can subscribe to, in the words of the form. */
export const NOTICE_EVENTS = {
  'session.completed': 'QA completed',
  'session.tolerance': 'QA completed with a result at tolerance or action level',
  'session.action': 'QA completed with a result at action level',
  'schedule.due': 'What is due and overdue (by its times)',
  'schedule.due-and-upcoming': 'What is due, overdue and coming up (by its times)',
  'schedule.upcoming': 'What is coming up (by its times)',
  'session.unreviewed': 'Unreviewed QA (by its times)',
  'service.any': 'Service event: anything',
  'service.new': 'Service event: reported',
  'service.modified': 'Service event: changed',
  'service.status': 'Service event: new status',
  'service.rts-changed': 'Service event: return-to-service QA changed',
  'service.rts-performed': 'Service event: return-to-service QA performed',
  'service.rts-approved': 'Service event: return-to-service QA approved',
  'service.deleted': 'Service event: deleted',
  'fault.logged': 'Fault reported',
  'fault.unreviewed': 'Unreviewed faults (by its times)',
  'part.low': 'A part is low in stock',
} as const

export type NoticeEvent = keyof typeof NOTICE_EVENTS

const SCHEDULED: ReadonlySet<string> = new Set<NoticeEvent>([
  'schedule.due',
  'schedule.due-and-upcoming',
  'schedule.upcoming',
  'session.unreviewed',
  'fault.unreviewed',
])

/** Whether people are told of it at times of their own rather than when it happens. */
export function isScheduledEvent(event: string): boolean {
  return SCHEDULED.has(event)
}

/** What a subscription is narrowed to; an empty list narrows nothing. */
export type NoticeScope = {
  readonly unitIds: readonly number[]
  readonly listIds: readonly number[]
  readonly groupIds: readonly number[]
}

/** What happened, as far as subscriptions are narrowed by it. */
export type NoticePlace = {
  readonly unitId: number | null
  /** absent where it is about no test list */
  readonly listId?: number
  /** groups that see or are assigned the work */
  readonly groupIds?: readonly number[]
}

/** Whether something that happened lies within the scope of a subscription. */
export function isWithin(scope: NoticeScope, place: NoticePlace): boolean {
  const { unitIds, listIds, groupIds } = scope
  if (unitIds.length > 0 && (place.unitId === null || !unitIds.includes(place.unitId))) return false
  if (listIds.length > 0 && place.listId !== undefined && !listIds.includes(place.listId)) return false
  if (groupIds.length === 0 || place.groupIds === undefined) return true
  return place.groupIds.some((id) => groupIds.includes(id))
}

/** Results of a completed session that decide who is told. */
export type SessionLevel = 'ok' | 'tolerance' | 'action'

/** Whether a session of some level is what a subscription asks for. */
export function wantsSession(event: string, level: SessionLevel): boolean {
  if (event === 'session.completed') return true
  if (event === 'session.tolerance') return level !== 'ok'
  return event === 'session.action' && level === 'action'
}

/** Whether an entry of the service log is what a subscription asks for. */
export function wantsServiceEntry(event: string, kind: string): boolean {
  return event === 'service.any' || event === `service.${kind}`
}
