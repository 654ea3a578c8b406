import { asSystem, type Context, inTransaction } from '../../context.ts'
import { userRecord } from '../access/records/user.ts'
import { findRecords } from '../records/list-records.ts'
import type { Message } from './domain/message.ts'
import type { ChannelChoice, NotificationKind, Timing } from './domain/notification-kind.ts'
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
  readonly items?: Message['items']
  readonly files?: Message['files']
  /** web path of the page that deals with it */
  readonly path?: string
  /** the same for the same event: nobody is told twice by one channel */
  readonly key: string
  /** how users are told who chose nothing; as the kind says unless given */
  readonly usually?: readonly ChannelChoice[]
  /** who is told besides users, whose own choice nobody can ask for */
  readonly besides?: OtherRecipients
}

export type OtherRecipients = {
  readonly addresses: readonly string[]
  readonly webhookIds: readonly number[]
  readonly when: Timing
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
  const { subject, text, facts = [], items, files, path } = notice
  const message: Message = {
    subject,
    text,
    facts,
    ...(items ? { items } : {}),
    ...(files ? { files } : {}),
    ...(path === undefined ? {} : { path }),
  }
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
  const usually = notice.usually ?? kind.defaultChannels
  const choices = users.map((user) => chosen.get(user.id) ?? usually)
  const webhooks = await livingWebhooks(tx, [...choices.flat(), ...webhookChoices(notice)])
  const all = users.flatMap((user, index) =>
    (choices[index] ?? []).map((choice) => addressOf(notice, user, choice, webhooks)),
  )
  const told = new Set(users.flatMap(({ email }) => (typeof email === 'string' ? [email.toLowerCase()] : [])))
  // two choices may come to the same: a webhook that is gone, besides mail
  const unique = new Map([...all, ...others(notice, told, webhooks)].map((each) => [each.dedupe, each]))
  return [...unique.values()]
}

function webhookChoices({ besides }: Notice): readonly ChannelChoice[] {
  const { webhookIds = [], when = 'immediately' } = besides ?? {}
  return webhookIds.map((webhookId) => ({ channel: 'webhook', webhookId, when }))
}

/** @param told addresses of users, who are told already */
function others(
  notice: Notice,
  told: ReadonlySet<string>,
  webhooks: ReadonlyMap<number, string>,
): readonly Outgoing[] {
  const { addresses = [], webhookIds = [], when = 'immediately' } = notice.besides ?? {}
  const event = `${notice.kind}|${notice.key}`
  const common = {
    kind: notice.kind,
    recipientId: null,
    problem: null,
    state: when === 'daily' ? 'held' : 'waiting',
  } as const
  const mails = addresses
    .filter((address) => !told.has(address.toLowerCase()))
    .map((address): Outgoing => {
      const dedupe = `${event}|mail:${address.toLowerCase()}`
      return { ...common, dedupe, channel: 'mail', address, webhookId: null }
    })
  const posts = webhookIds.flatMap((webhookId): readonly Outgoing[] => {
    const address = webhooks.get(webhookId)
    if (address === undefined) return []
    return [{ ...common, dedupe: `${event}|webhook:${webhookId}`, channel: 'webhook', address, webhookId }]
  })
  return [...mails, ...posts]
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
