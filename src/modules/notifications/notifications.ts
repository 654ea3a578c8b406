import type { Context } from '../../context.ts'
import type { InstanceKeys } from '../../platform/crypto/instance-keys.ts'
import type { Mailer } from '../../platform/mail/open-mailer.ts'
import type { OutgoingRules } from '../../platform/outgoing/outgoing-rules.ts'
import type { JobQueue } from '../jobs/job.ts'
import type { NotificationKind } from './domain/notification-kind.ts'

/** What the verbs of this module need besides the context; made once at start. */
export type Notifications = {
  readonly kinds: ReadonlyMap<string, NotificationKind>
  readonly keys: InstanceKeys
  readonly mailer: Mailer
  /** which hosts webhooks may reach */
  readonly outgoing: OutgoingRules
  /** where people reach the server, without a slash at its end */
  readonly publicUrl: string
  readonly relay: Relay
}

/**
 * The way to the job queue. A process without one (the command line, a server that is starting) leaves deliveries in
 * the database, where the next hand-over finds them.
 */
export type Relay = {
  attach(queue: JobQueue): void
  /** @returns whether a queue took it, in the caller's transaction */
  handOver(tx: Context, deliveryId: number): Promise<boolean>
}

export const SEND_JOB = 'notifications.send'

/** @throws Error for a kind that is declared twice: a defect of the declarations */
export function openNotifications(
  given: Omit<Notifications, 'kinds' | 'relay'> & { readonly kinds: readonly NotificationKind[] },
): Notifications {
  const kinds = new Map(given.kinds.map((kind) => [kind.kind, kind]))
  if (kinds.size < given.kinds.length) throw new Error('A kind of notification is declared twice.')
  return { ...given, kinds, relay: createRelay() }
}

function createRelay(): Relay {
  let attached: JobQueue | undefined
  return {
    attach: (queue) => {
      attached = queue
    },
    handOver: async (tx, deliveryId) => {
      if (!attached) return false
      await attached.enqueue(tx, SEND_JOB, { deliveryId }, { key: `delivery:${deliveryId}` })
      return true
    },
  }
}
