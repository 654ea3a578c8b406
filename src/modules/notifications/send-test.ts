import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../access/access.ts'
import { requireUser } from '../access/acting-as.ts'
import { findAccount } from '../access/find-account.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { type Message, mailText } from './domain/message.ts'
import { mailHtml } from './mail-html.ts'
import type { Notifications } from './notifications.ts'
import { webhookRecord } from './records/webhook.ts'
import { post } from './send-delivery.ts'

/**
 * Posts a test message to a webhook at once, so that whoever sets it up sees what the receiver says.
 *
 * @throws RefusedError `upstream-failed` with the receiver's reason
 */
export async function testWebhook(ctx: Context, notifications: Notifications, id: number): Promise<void> {
  requirePermission(ctx, webhookRecord.permissions.change)
  await post(ctx, notifications, id, testMessage(requireUser(ctx).username))
  await recordAudit(ctx, { action: 'notifications.webhook.test', record: webhookRecord.name, recordId: id })
}

/** Sends a test mail to the acting user at once. @returns the address */
export async function testMail(ctx: Context, access: Access, notifications: Notifications): Promise<string> {
  const user = requireUser(ctx)
  const account = await findAccount(ctx, access, user.id)
  if (!account?.email)
    throw new RefusedError({ kind: 'conflict', reason: 'Your account has no e-mail address.' })
  const message = testMessage(user.username)
  await notifications.mailer.send({
    to: [{ address: account.email }],
    subject: message.subject,
    text: mailText(message, notifications.publicUrl),
    html: mailHtml(message, notifications.publicUrl),
  })
  return account.email
}

function testMessage(username: string): Message {
  return {
    subject: 'Test from Touchstone',
    text: 'Notifications reach you here.',
    facts: [{ label: 'Sent by', value: username }],
    path: '/app/account',
  }
}
