import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { openSecret, UnsealableError } from '../../platform/crypto/seal-secret.ts'
import { MAX_ATTACHMENTS_BYTES, type MailAttachment } from '../../platform/mail/mail-message.ts'
import { sendWebhook } from '../../platform/outgoing/webhook.ts'
import type { WebhookMessage } from '../../platform/outgoing/webhook-payload.ts'
import { findRecords } from '../records/list-records.ts'
import type { QueuedDelivery } from './domain/delivery.ts'
import { type Message, mailText } from './domain/message.ts'
import { mailHtml } from './mail-html.ts'
import type { Notifications } from './notifications.ts'
import { lostAt, openMessage } from './queue-delivery.ts'
import { webhookRecord } from './records/webhook.ts'
import { claimDelivery, saveNotSent, saveSent } from './store/deliveries.ts'
import { findSealedAddress } from './store/webhook-addresses.ts'
import { addressPurpose } from './webhook-hook.ts'

/** Attempts after the first failure; with the pauses of the queue they span hours. */
export const DELIVERY_RETRIES = 10

/** Longer than any transmission may take; then whoever claimed it was killed. */
const CLAIM_MS = 10 * 60_000

/**
 * Sends one waiting delivery. Of several workers with the same one, one sends. What the receiver will never take is
 * given up at once, everything else after {@link DELIVERY_RETRIES} further attempts.
 *
 * NOTE: a process killed between the receiver's answer and the commit of it leaves a delivery that is sent again.
 *
 * @throws RefusedError why it could not be sent, where another attempt may succeed: the queue then tries again
 */
export async function sendDelivery(ctx: Context, notifications: Notifications, id: number): Promise<void> {
  const claimedUntil = new Date(ctx.now().getTime() + CLAIM_MS)
  const delivery = await claimDelivery(ctx.db, id, claimedUntil)
  if (!delivery) return
  try {
    await transmit(ctx, notifications, delivery)
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof UnsealableError)) throw error
    const mayHelp = error instanceof RefusedError && error.refusal.kind === 'upstream-failed'
    const isLast = !mayHelp || delivery.attempts > DELIVERY_RETRIES
    await saveNotSent(ctx.db, id, error.message, isLast ? null : lostAt(ctx.now()))
    if (mayHelp) throw error
    return
  }
  await saveSent(ctx.db, id, ctx.now())
}

async function transmit(ctx: Context, notifications: Notifications, delivery: QueuedDelivery): Promise<void> {
  const message = openMessage(notifications, delivery)
  const { publicUrl } = notifications
  if (delivery.channel === 'webhook') {
    await post(ctx, notifications, delivery.webhookId ?? 0, message)
    return
  }
  await notifications.mailer.send({
    to: [{ address: delivery.address ?? '' }],
    subject: message.subject,
    text: mailText(message, publicUrl),
    html: mailHtml(message, publicUrl),
    attachments: await attachmentsOf(ctx, message),
  })
}

async function attachmentsOf(ctx: Context, { files = [] }: Message): Promise<readonly MailAttachment[]> {
  return Promise.all(
    files.map(async ({ name, mediaType, sha256 }) => ({
      filename: name,
      mediaType,
      content: await ctx.blobs.read(sha256, MAX_ATTACHMENTS_BYTES),
    })),
  )
}

/** Posts a message to a webhook now. @throws RefusedError `not-found`, or why the receiver did not take it */
export async function post(
  ctx: Context,
  notifications: Notifications,
  webhookId: number,
  message: Message,
): Promise<void> {
  const [webhook] = await findRecords(ctx, webhookRecord, [webhookId])
  const sealed = await findSealedAddress(ctx.db, webhookId)
  if (!webhook || sealed === undefined)
    throw new RefusedError({ kind: 'not-found', what: 'webhook', id: webhookId })
  const url = openSecret(notifications.keys, sealed, addressPurpose(webhookId))
  const kind = webhook.kind as 'json' | 'slack' | 'teams'
  await sendWebhook({ url, kind }, forWebhook(message, notifications.publicUrl), {
    rules: notifications.outgoing,
  })
}

function forWebhook({ subject, text, facts, items = [], path }: Message, base: string): WebhookMessage {
  const link = path === undefined ? {} : { link: { label: 'Open in Touchstone', url: `${base}${path}` } }
  const lines = [text.trim(), ...items.map((item) => `- ${item.text}`)].filter((line) => line !== '')
  return { title: subject, text: lines.join('\n'), facts, ...link }
}
