import { randomUUID } from 'node:crypto'
import { asSystem, type Context, inTransaction } from '../../context.ts'
import type { SendMail } from '../access/access.ts'
import type { Notifications } from './notifications.ts'
import { queueDelivery } from './queue-delivery.ts'

/** Queues mails that nobody can switch off, such as invitations; they go the way of all notifications. */
export function mailQueue(base: Context, notifications: Notifications): SendMail {
  return async ({ to, subject, text }) => {
    await inTransaction(asSystem(base, 'access'), (tx) =>
      queueDelivery(
        tx,
        notifications,
        {
          dedupe: `access.mail|${randomUUID()}`,
          kind: 'access.mail',
          recipientId: null,
          channel: 'mail',
          address: to,
          webhookId: null,
          state: 'waiting',
          problem: null,
        },
        { subject, text, facts: [] },
      ),
    )
  }
}
