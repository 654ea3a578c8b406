/** Something that people may want to be told, declared by the module in which it happens. */
export type NotificationKind = {
  /** `module.event`, e.g. `machine-qa.overdue` */
  readonly kind: string
  /** as the list of preferences says it: `A test list is overdue` */
  readonly title: string
  readonly module: string
  /** how people are told who chose nothing */
  readonly defaultChannels: readonly ChannelChoice[]
}

/** At once, or in one message a day together with others. */
export type Timing = 'immediately' | 'daily'

export type ChannelChoice =
  | { readonly channel: 'mail'; readonly when: Timing }
  | { readonly channel: 'webhook'; readonly webhookId: number; readonly when: Timing }

export const MAIL_AT_ONCE: readonly ChannelChoice[] = [{ channel: 'mail', when: 'immediately' }]
export const MAIL_DAILY: readonly ChannelChoice[] = [{ channel: 'mail', when: 'daily' }]
