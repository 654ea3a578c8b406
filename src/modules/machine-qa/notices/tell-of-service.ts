import { type Context, inTransaction } from '../../../context.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { FollowedEntry } from '../../audit/domain/followed-entry.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { Notice } from '../../notifications/notify.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findLabels } from '../../records/find-labels.ts'
import { findRecords } from '../../records/list-records.ts'
import { isWithin, wantsServiceEntry } from '../domain/notice-event.ts'
import { fault } from '../records/fault.ts'
import { faultType } from '../records/fault-type.ts'
import { serviceEvent } from '../records/service-event.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { serviceLogEntry } from '../records/service-log-entry.ts'
import { unit } from '../records/unit.ts'
import { listLowStock } from '../service/list-low-stock.ts'
import { serviceLogAfter } from '../service/read-service-log.ts'
import { insertServicePlace, lockServicePlace, noteLowParts, saveServicePlace } from '../store/notices.ts'
import type { ServiceLogEntry } from '../store/service-log.ts'
import { FAULT_NOTICE, SERVICE_NOTICE, STOCK_NOTICE } from './notice-kinds.ts'
import { findSubscriptions, type Subscription, tell } from './subscriptions.ts'

export const FAULT_ACTION = 'machine-qa.fault.add'

/** Ids are given before transactions commit: entries that committed late stand this far back at most. */
const OVERLAP = 200

const LONGEST_TEXT = 500

/**
 * Tells of what happened to service events since the last call. Entries within {@link OVERLAP} are looked at again; the
 * key of each message sees to it that nobody is told twice.
 */
export function tellOfServiceEvents(ctx: Context, notifications: Notifications): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const last = await lockServicePlace(tx.db)
    if (last === undefined) return insertServicePlace(tx.db)
    const entries = await serviceLogAfter(tx, Math.max(0, last - OVERLAP))
    const newest = entries.at(-1)
    if (!newest || newest.id <= last) return
    await tellOfEntries(tx, notifications, entries)
    await saveServicePlace(tx.db, newest.id)
  })
}

async function tellOfEntries(
  tx: Context,
  notifications: Notifications,
  entries: readonly ServiceLogEntry[],
): Promise<void> {
  const wanted = (await findSubscriptions(tx)).filter(({ event }) => event.startsWith('service.'))
  if (wanted.length === 0) return
  const eventIds = [...new Set(entries.map(({ serviceEventId }) => serviceEventId))]
  const found = await findRecords(tx, serviceEvent, eventIds)
  const events = new Map(found.map((event) => [event.id, event]))
  const names = await findNames(tx, found)
  for (const entry of entries) {
    const event = events.get(entry.serviceEventId)
    if (!event) continue
    const concerned = wanted.filter((each) => isMeant(each, entry, Number(event.unit)))
    for (const each of concerned) await tell(tx, notifications, each, describeEntry(entry, event, names))
  }
}

/** What happened before somebody subscribed is no news to them. */
function isMeant(
  { event, scope, createdAt }: Subscription,
  { kind, happened }: ServiceLogEntry,
  unitId: number,
): boolean {
  const isNews = createdAt === null || happened >= createdAt
  return isNews && wantsServiceEntry(event, kind) && isWithin(scope, { unitId })
}

function describeEntry(
  { id, kind, serviceEventId }: ServiceLogEntry,
  event: AnyRow,
  { units, statuses }: Awaited<ReturnType<typeof findNames>>,
): Omit<Notice, 'to'> {
  const unitName = units.get(Number(event.unit)) ?? ''
  return {
    kind: SERVICE_NOTICE.kind,
    key: `service:${id}`,
    subject: `${LOG_WORDS.get(kind) ?? kind}: service event ${serviceEventId}, ${unitName}`,
    text: String(event.problemDescription).slice(0, LONGEST_TEXT),
    facts: [
      { label: 'Unit', value: unitName },
      { label: 'Status', value: statuses.get(Number(event.serviceStatus)) ?? '' },
    ],
    path: `/app/machine-qa/service/${serviceEventId}`,
  }
}

const LOG_WORDS = new Map(serviceLogEntry.fields.kind.choices?.map(({ value, label }) => [value, label]))

async function findNames(tx: Context, events: readonly { readonly [field: string]: unknown }[]) {
  const idsOf = (field: string) => [...new Set(events.map((event) => Number(event[field])))]
  const [units, statuses] = await Promise.all([
    findLabels(tx, unit, idsOf('unit')),
    findLabels(tx, serviceEventStatus, idsOf('serviceStatus')),
  ])
  return { units, statuses }
}

/** Tells of faults that were reported. */
export async function tellOfFaults(
  tx: Context,
  notifications: Notifications,
  subscriptions: readonly Subscription[],
  entries: readonly FollowedEntry[],
): Promise<void> {
  const wanted = subscriptions.filter(({ event }) => event === 'fault.logged')
  const ids = [...new Set(entries.map(({ recordId }) => Number(recordId)))]
  if (wanted.length === 0 || ids.length === 0) return
  const rows = await attachReferences(tx.db, fault, await findRecords(tx, fault, ids))
  for (const row of rows) {
    const unitId = Number(row.unit)
    const [units, types] = await Promise.all([
      findLabels(tx, unit, [unitId]),
      findLabels(tx, faultType, Array.isArray(row.faultTypes) ? row.faultTypes : []),
    ])
    const name = units.get(unitId) ?? ''
    for (const each of wanted.filter(({ scope }) => isWithin(scope, { unitId }))) {
      await tell(tx, notifications, each, {
        kind: FAULT_NOTICE.kind,
        key: `fault:${row.id}`,
        subject: `Fault: ${name}, ${[...types.values()].join(', ')}`,
        text: '',
        facts: [
          { label: 'Unit', value: name },
          { label: 'Types', value: [...types.values()].join(', ') },
        ],
        path: `/app/machine-qa/faults/${row.id}`,
      })
    }
  }
}

/** Tells of parts that have become low since the last call; one that was filled up may become low again. */
export function tellOfLowStock(ctx: Context, notifications: Notifications): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const parts = await listLowStock(tx)
    const at = tx.now()
    const fresh = await noteLowParts(
      tx.db,
      parts.map(({ id }) => id),
      at,
    )
    if (fresh.size === 0) return
    const wanted = (await findSubscriptions(tx)).filter(({ event }) => event === 'part.low')
    for (const { id, name, partNumber, quantity, least } of parts.filter((part) => fresh.has(part.id))) {
      for (const each of wanted) {
        await tell(tx, notifications, each, {
          kind: STOCK_NOTICE.kind,
          key: `part:${id}:${at.toISOString()}`,
          subject: `Low in stock: ${name}`,
          text: '',
          facts: [
            { label: 'Part', value: `${partNumber} ${name}` },
            { label: 'In stock', value: `${quantity}, at least ${least}` },
          ],
          path: `/app/machine-qa/parts/${id}`,
        })
      }
    }
  })
}
