import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { EVERYTHING, parseOrder } from '../../core/query.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import type { ChannelChoice, NotificationKind, Timing } from './domain/notification-kind.ts'
import type { Notifications } from './notifications.ts'
import { webhookRecord } from './records/webhook.ts'
import { deleteChoices, findChoicesOf, saveChoices } from './store/preferences.ts'

export type NotificationPreference = Pick<NotificationKind, 'kind' | 'title' | 'module'> & {
  /** no channel at all means: do not tell me */
  readonly choices: readonly ChannelChoice[]
  readonly isDefault: boolean
}

/** How the acting user is told about each kind of thing. */
export async function listNotificationPreferences(
  ctx: Context,
  { kinds }: Notifications,
): Promise<readonly NotificationPreference[]> {
  const { id } = requireUser(ctx)
  const chosen = await findChoicesOf(ctx.db, id)
  return [...kinds.values()].map(({ kind, title, module, defaultChannels }) => ({
    kind,
    title,
    module,
    choices: chosen.get(kind) ?? defaultChannels,
    isDefault: !chosen.has(kind),
  }))
}

/** The webhooks that the acting user may choose. */
export async function listChoosableWebhooks(
  ctx: Context,
): Promise<readonly { readonly id: number; readonly label: string }[]> {
  if (!hasPermission(ctx.actor, webhookRecord.permissions.view)) return []
  const { rows } = await listRecords(
    ctx,
    webhookRecord,
    { where: EVERYTHING, order: [parseOrder('name')], limit: 1000, offset: 0 },
    { total: 'none' },
  )
  return rows
    .filter(({ retiredAt }) => retiredAt === null)
    .map(({ id, name }) => ({ id, label: String(name) }))
}

const MOST_CHANNELS = 5

/**
 * Decides how the acting user is told about one kind of thing. It leaves no audit entry: it changes nothing but one's
 * own mail.
 *
 * @param given a list of `{channel: 'mail', when}` and `{channel: 'webhook', webhookId, when}`; null for the default
 */
export async function setNotificationPreference(
  ctx: Context,
  { kinds }: Notifications,
  kind: string,
  given: unknown,
): Promise<void> {
  const { id } = requireUser(ctx)
  if (!kinds.has(kind)) throw new RefusedError({ kind: 'not-found', what: 'kind of notification', id: kind })
  const choices = given === null ? null : parseChoices(given)
  await inTransaction(ctx, async (tx) => {
    if (choices === null) return deleteChoices(tx.db, id, kind)
    await requireWebhooks(tx, choices)
    return saveChoices(tx.db, id, kind, choices, tx.now())
  })
}

function parseChoices(given: unknown): readonly ChannelChoice[] {
  if (!Array.isArray(given)) throw invalidInput('choices', 'This must be a list of channels.')
  if (given.length > MOST_CHANNELS)
    throw invalidInput('choices', `This may name ${MOST_CHANNELS} channels at most.`)
  const choices = given.map(parseChoice)
  const names = choices.map((choice) => (choice.channel === 'mail' ? 'mail' : choice.webhookId))
  if (new Set(names).size < names.length) throw invalidInput('choices', 'This names a channel twice.')
  return choices
}

function parseChoice(given: unknown, index: number): ChannelChoice {
  const fields: Readonly<Record<string, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {}
  const at = `choices.${index}`
  const when = parseTiming(fields.when, at)
  if (fields.channel === 'mail') return { channel: 'mail', when }
  if (fields.channel !== 'webhook') throw invalidInput(`${at}.channel`, 'This must be mail or webhook.')
  const { webhookId } = fields
  if (typeof webhookId !== 'number' || !Number.isSafeInteger(webhookId))
    throw invalidInput(`${at}.webhookId`, 'This must be the id of a webhook.')
  return { channel: 'webhook', webhookId, when }
}

function parseTiming(given: unknown, at: string): Timing {
  if (given === 'immediately' || given === 'daily') return given
  throw invalidInput(`${at}.when`, 'This must be immediately or daily.')
}

async function requireWebhooks(tx: Context, choices: readonly ChannelChoice[]): Promise<void> {
  const ids = choices.flatMap((choice) => (choice.channel === 'webhook' ? [choice.webhookId] : []))
  if (ids.length === 0) return
  requirePermission(tx, webhookRecord.permissions.view)
  const known = await findRecords(
    tx,
    webhookRecord,
    ids.filter((id) => id > 0 && id <= 2_147_483_647),
  )
  if (known.filter(({ retiredAt }) => retiredAt === null).length < ids.length)
    throw invalidInput('choices', 'This names a webhook that does not exist.')
}
