/** Where a message stands on its way to one recipient by one channel. */
export type DeliveryState = 'waiting' | 'held' | 'sending' | 'sent' | 'bundled' | 'failed' | 'skipped'

/** A message for one recipient by one channel, as far as sending needs it. */
export type QueuedDelivery = {
  readonly id: number
  /** the same for the same message, recipient and channel */
  readonly dedupe: string
  readonly kind: string
  readonly recipientId: number | null
  readonly channel: 'mail' | 'webhook'
  readonly address: string | null
  readonly webhookId: number | null
  readonly subject: string
  /** the message, sealed; null once it is sent */
  readonly sealed: string | null
  readonly attempts: number
  readonly createdAt: Date
}
