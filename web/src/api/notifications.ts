import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export type Timing = 'immediately' | 'daily'

/** A way in which somebody is told about something. */
export type ChannelChoice =
  | { readonly channel: 'mail'; readonly when: Timing }
  | { readonly channel: 'webhook'; readonly webhookId: number; readonly when: Timing }

/** How the signed-in user is told about one kind of thing; no channel means: not at all. */
export interface NotificationPreference {
  readonly kind: string
  readonly title: string
  readonly module: string
  readonly choices: readonly ChannelChoice[]
  /** Nothing was chosen: the choices are those of the product. */
  readonly isDefault: boolean
}

export interface NotificationPreferences {
  readonly items: readonly NotificationPreference[]
  readonly webhooks: readonly { readonly id: number; readonly label: string }[]
}

export const notificationPreferencesQuery = queryOptions({
  queryKey: ['account', 'notifications'],
  queryFn: ({ signal }) => request<NotificationPreferences>('/notifications/preferences', { signal }),
})

/** @param choices null for what the product does by itself */
export function setNotificationPreference(
  kind: string,
  choices: readonly ChannelChoice[] | null,
): Promise<NotificationPreference> {
  return request<NotificationPreference>(`/notifications/preferences/${kind}`, {
    method: 'PUT',
    body: { choices },
  })
}
