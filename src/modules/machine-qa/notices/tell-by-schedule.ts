import { type Context, inTransaction } from '../../../context.ts'
import { addDays, formatMinuteWithMonthName, zoneDay } from '../../../core/calendar.ts'
import { all, compare, parseOrder } from '../../../core/query.ts'
import { nextRun } from '../../../core/scheduled-time.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { Notice } from '../../notifications/notify.ts'
import { findLabels } from '../../records/find-labels.ts'
import { listRecords } from '../../records/list-records.ts'
import { isWithin } from '../domain/notice-event.ts'
import { fault } from '../records/fault.ts'
import { unit } from '../records/unit.ts'
import { advanceSubscription, findSessionPlaces } from '../store/notices.ts'
import { findReportedSessions } from '../store/reported-sessions.ts'
import { type WorkListItem, workList } from '../work-list.ts'
import { DUE_NOTICE, UNREVIEWED_NOTICE } from './notice-kinds.ts'
import { findSubscriptions, type Subscription, tell } from './subscriptions.ts'

type Items = NonNullable<Notice['items']>

const MOST_NAMED = 200
const PAGE = 500

/** Tells of what is due, unreviewed or coming up, each subscription at its own times, each time once. */
export async function tellBySchedule(ctx: Context, notifications: Notifications): Promise<void> {
  for (const { id } of await findSubscriptions(ctx, { dueAt: ctx.now() })) {
    await inTransaction(ctx, async (tx) => {
      const each = (await findSubscriptions(tx, { dueAt: tx.now() })).find((known) => known.id === id)
      if (each) await tellOne(tx, notifications, each)
    })
  }
}

async function tellOne(tx: Context, notifications: Notifications, each: Subscription): Promise<void> {
  const { id, nextRunAt, recurrence, minuteOfDay } = each
  if (!nextRunAt || recurrence === null) return
  // what was missed while no server ran is told once
  const frame = { after: tx.now(), anchor: nextRunAt, zone: tx.zone }
  const following = nextRun({ recurrence, minuteOfDay }, frame)
  if (!(await advanceSubscription(tx.db, id, nextRunAt, following))) return
  const items = await itemsOf(tx, each)
  if (items.length === 0 && !each.sendEmpty) return
  const isDue = each.event.startsWith('schedule.')
  await tell(tx, notifications, each, {
    kind: isDue ? DUE_NOTICE.kind : UNREVIEWED_NOTICE.kind,
    key: `subscription:${id}:${nextRunAt.toISOString()}`,
    subject: `${each.name}: ${items.length === 0 ? 'nothing' : items.length}`,
    text:
      items.length > MOST_NAMED
        ? `The first ${MOST_NAMED} of ${items.length}:`
        : items.length === 0
          ? 'There is nothing to tell.'
          : '',
    items: items.slice(0, MOST_NAMED),
    path: isDue ? '/app/machine-qa/work' : PAGES[each.event === 'fault.unreviewed' ? 'faults' : 'sessions'],
  })
}

const PAGES = {
  faults: '/app/machine-qa/faults?isReviewed=false',
  sessions: '/app/machine-qa/sessions?allReviewed=false',
} as const

function itemsOf(tx: Context, each: Subscription): Promise<Items> {
  if (each.event === 'session.unreviewed') return unreviewedSessions(tx, each)
  if (each.event === 'fault.unreviewed') return unreviewedFaults(tx, each)
  return dueWork(tx, each)
}

const DUE_WORDS = { action: 'Overdue', tolerance: 'Due', ok: 'Coming up', no_tol: '' } as const

async function dueWork(tx: Context, { event, scope, aheadDays }: Subscription): Promise<Items> {
  const today = zoneDay(tx.now(), tx.zone)
  const last = addDays(today, aheadDays)
  const isWanted = ({ dueDate, dueStatus }: WorkListItem) => {
    if (dueStatus !== 'ok') return event !== 'schedule.upcoming'
    return event !== 'schedule.due' && dueDate !== null && zoneDay(dueDate, tx.zone) <= last
  }
  const found: WorkListItem[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { items } = await workList(tx, {
      scope: 'all',
      ...(scope.unitIds.length > 0 ? { unitIds: scope.unitIds } : {}),
      due: event === 'schedule.due' ? ['action', 'tolerance'] : ['action', 'tolerance', 'ok'],
      limit: PAGE,
      offset,
    })
    found.push(...items.filter((item) => isWanted(item) && isWithin(scope, placeOf(item))))
    if (items.length < PAGE) break
  }
  return found.map(({ assignmentId, unit: { name: unitName }, name, dueStatus, dueDate }) => ({
    text: `${DUE_WORDS[dueStatus]}: ${unitName}, ${name}${dueDate ? `, due ${zoneDay(dueDate, tx.zone)}` : ''}`,
    path: `/app/machine-qa/perform/${assignmentId}`,
  }))
}

function placeOf({ unit: { id }, next, assignedTo }: WorkListItem) {
  return {
    unitId: id,
    ...(next ? { listId: next.testList.id } : {}),
    groupIds: assignedTo ? [assignedTo.id] : [],
  }
}

async function unreviewedSessions(tx: Context, { scope }: Subscription): Promise<Items> {
  const sessions = await findReportedSessions(
    tx.db,
    { reviewed: false, ...(scope.unitIds.length > 0 ? { unitIds: scope.unitIds } : {}) },
    MOST_NAMED * 10,
  )
  const places = await findSessionPlaces(
    tx.db,
    sessions.map(({ id }) => id),
  )
  return sessions
    .filter(({ id }) => {
      const place = places.get(id)
      return place !== undefined && isWithin(scope, place)
    })
    .map(({ id, unit: { name }, list, completed }) => ({
      text: `${name}, ${list}, ${formatMinuteWithMonthName(completed, tx.zone)}`,
      path: `/app/machine-qa/sessions/${id}`,
    }))
}

async function unreviewedFaults(tx: Context, { scope }: Subscription): Promise<Items> {
  const where = all(
    compare('isReviewed', 'exact', false),
    ...(scope.unitIds.length > 0 ? [compare('unit', 'in', scope.unitIds)] : []),
  )
  const query = { where, order: [parseOrder('-occurred')], limit: MOST_NAMED * 10, offset: 0 }
  const { rows } = await listRecords(tx, fault, query, { total: 'none' })
  const units = await findLabels(tx, unit, [...new Set(rows.map((row) => Number(row.unit)))])
  return rows.map((row) => ({
    text: `${units.get(Number(row.unit)) ?? ''}, ${row.occurred instanceof Date ? formatMinuteWithMonthName(row.occurred, tx.zone) : ''}`,
    path: `/app/machine-qa/faults/${row.id}`,
  }))
}
