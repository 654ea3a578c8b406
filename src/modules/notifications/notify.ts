import { asSystem, type Context, inTransaction } from '../../context.ts'
import { userRecord } from '../access/records/user.ts'
import { findRecords } from '../records/list-records.ts'
import type { Message } from './domain/message.ts'
import type { ChannelChoice, NotificationKind } from './domain/notification-kind.ts'
import type { Notifications } from './notifications.ts'
import { type Outgoing, queueDelivery } from './queue-delivery.ts'
import { webhookRecord } from './records/webhook.ts'
import { findChoicesOfUsers } from './store/preferences.ts'

export type Notice = {
  /** a declared kind */
  readonly kind: string
  /** ids of users; inactive ones are left out */
  readonly to: readonly number[]
  readonly subject: string
  readonly text: string
  readonly facts?: Message['facts']
  /** web path of the page that deals with it */
  readonly path?: string
  /** the same for the same event: nobody is told twice by one channel */
  readonly key: string
}

/**
 * Tells people about something by the channels that each has chosen for its kind. Queued in the caller's transaction:
 * nothing is sent unless that commits. A webhook that is gone is answered for by mail.
 *
 * @returns how many messages were queued, held or noted as impossible; those told already do not count
 * @throws Error for a kind that is not declared: a defect
 */
export async function notify(ctx: Context, notifications: Notifications, notice: Notice): Promise<number> {
  const kind = notifications.kinds.get(notice.kind)
  if (!kind) throw new Error(`no notification is called ${notice.kind}`)
  const { subject, text, facts = [], path } = notice
  const message: Message = { subject, text, facts, ...(path === undefined ? {} : { path }) }
  return inTransaction(asSystem(ctx, 'notifications'), async (tx) => {
    const outgoing = await addressesFor(tx, kind, notice)
    let queued = 0
    for (const each of outgoing) {
      if (await queueDelivery(tx, notifications, each, message)) queued += 1
    }
    return queued
  })
}

async function addressesFor(
  tx: Context,
  kind: NotificationKind,
  notice: Notice,
): Promise<readonly Outgoing[]> {
  const ids = [...new Set(notice.to)]
  const users = (await findRecords(tx, userRecord, ids)).filter(({ isActive }) => isActive === true)
  const chosen = await findChoicesOfUsers(tx.db, kind.kind, ids)
  const choices = users.map((user) => chosen.get(user.id) ?? kind.defaultChannels)
  const webhooks = await livingWebhooks(tx, choices.flat())
  const all = users.flatMap((user, index) =>
    (choices[index] ?? []).map((choice) => addressOf(notice, user, choice, webhooks)),
  )
  // two choices may come to the same: a webhook that is gone, besides mail
  return [...new Map(all.map((each) => [each.dedupe, each])).values()]
}

async function livingWebhooks(
  tx: Context,
  choices: readonly ChannelChoice[],
): Promise<ReadonlyMap<number, string>> {
  const ids = choices.flatMap((choice) => (choice.channel === 'webhook' ? [choice.webhookId] : []))
  const rows = await findRecords(tx, webhookRecord, [...new Set(ids)])
  return new Map(rows.filter(({ retiredAt }) => retiredAt === null).map(({ id, name }) => [id, String(name)]))
}

function addressOf(
  notice: Notice,
  user: { readonly id: number; readonly [field: string]: unknown },
  choice: ChannelChoice,
  webhooks: ReadonlyMap<number, string>,
): Outgoing {
  const state = choice.when === 'daily' ? 'held' : 'waiting'
  const common = { kind: notice.kind, recipientId: user.id, problem: null, webhookId: null }
  const event = `${notice.kind}|${notice.key}`
  if (choice.channel === 'webhook') {
    const name = webhooks.get(choice.webhookId)
    if (name !== undefined) {
      return {
        ...common,
        // whoever reads there reads it once, however many people have it posted there
        dedupe: `${event}|webhook:${choice.webhookId}`,
        recipientId: null,
        channel: 'webhook',
        webhookId: choice.webhookId,
        address: name,
        state,
      }
    }
  }
  const mail = { ...common, channel: 'mail', dedupe: `${event}|mail:${user.id}` } as const
  return typeof user.email === 'string'
    ? { ...mail, address: user.email, state }
    : { ...mail, address: null, state: 'skipped', problem: 'This user has no e-mail address.' }
}
