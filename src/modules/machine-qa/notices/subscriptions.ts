import type { Context } from '../../../context.ts'
import { all, type Condition, compare } from '../../../core/query.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { groupRecord } from '../../access/records/group.ts'
import type { Timing } from '../../notifications/domain/notification-kind.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { type Notice, notify } from '../../notifications/notify.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import type { NoticeScope } from '../domain/notice-event.ts'
import { recipients as recipientsRecord } from '../records/recipients.ts'
import { subscription as subscriptionRecord } from '../records/subscription.ts'
import { addressesOf, minuteOf } from './notice-hooks.ts'

/** A subscription in use. */
export type Subscription = {
  readonly id: number
  readonly name: string
  readonly event: string
  readonly scope: NoticeScope
  readonly when: Timing
  readonly recurrence: string | null
  readonly minuteOfDay: number
  readonly aheadDays: number
  readonly sendEmpty: boolean
  readonly nextRunAt: Date | null
  readonly createdAt: Date | null
  readonly recipientsId: number
}

const MOST_SUBSCRIPTIONS = 1000

/** Subscriptions in use, or those of them whose time has come. */
export async function findSubscriptions(
  ctx: Context,
  which: { readonly dueAt?: Date } = {},
): Promise<readonly Subscription[]> {
  const conditions: Condition[] = [
    compare('active', 'exact', true),
    compare('retiredAt', 'isnull', true),
    ...(which.dueAt ? [compare('nextRunAt', 'lte', which.dueAt)] : []),
  ]
  const query = { where: all(...conditions), order: [], limit: MOST_SUBSCRIPTIONS, offset: 0 }
  const { rows } = await listRecords(ctx, subscriptionRecord, query, { total: 'none' })
  return (await attachReferences(ctx.db, subscriptionRecord, rows)).map(toSubscription)
}

function toSubscription(row: AnyRow): Subscription {
  return {
    id: row.id,
    name: String(row.name),
    event: String(row.event),
    scope: { unitIds: idsOf(row.units), listIds: idsOf(row.testLists), groupIds: idsOf(row.groups) },
    when: row.whenTold === 'daily' ? 'daily' : 'immediately',
    recurrence: typeof row.recurrence === 'string' ? row.recurrence : null,
    minuteOfDay: minuteOf(row.timeOfDay),
    aheadDays: Number(row.aheadDays),
    sendEmpty: row.sendEmpty === true,
    nextRunAt: row.nextRunAt instanceof Date ? row.nextRunAt : null,
    createdAt: row.createdAt instanceof Date ? row.createdAt : null,
    recipientsId: Number(row.recipients),
  }
}

/** Tells everybody of a subscription, in the caller's transaction; who was told of the same thing is not told again. */
export async function tell(
  tx: Context,
  notifications: Notifications,
  { recipientsId, when }: Subscription,
  notice: Omit<Notice, 'to' | 'besides' | 'usually'>,
): Promise<void> {
  const found = await findRecords(tx, recipientsRecord, [recipientsId])
  const [named] = await attachReferences(tx.db, recipientsRecord, found)
  if (!named || named.retiredAt !== null) return
  await notify(tx, notifications, {
    ...notice,
    to: [...idsOf(named.users), ...(await membersOf(tx, idsOf(named.groups)))],
    usually: [{ channel: 'mail', when }],
    besides: { addresses: addressesOf(named.addresses), webhookIds: idsOf(named.webhooks), when },
  })
}

async function membersOf(tx: Context, groupIds: readonly number[]): Promise<readonly number[]> {
  const groups = await attachReferences(tx.db, groupRecord, await findRecords(tx, groupRecord, groupIds))
  return groups.flatMap(({ users }) => idsOf(users))
}

function idsOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number') : []
}
