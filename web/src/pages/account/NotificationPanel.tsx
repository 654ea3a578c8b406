import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import {
  type ChannelChoice,
  type NotificationPreference,
  type NotificationPreferences,
  notificationPreferencesQuery,
  setNotificationPreference,
} from '../../api/notifications.ts'
import { useSession } from '../../api/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toastError } from '../../ui/toasts.ts'
import classes from './NotificationPanel.module.css'

/** How the signed-in person is told about each kind of thing. Every choice is kept at once. */
export function NotificationPanel(): ReactElement {
  const preferences = useQuery(notificationPreferencesQuery)
  const { user } = useSession()
  if (preferences.isError && preferences.data === undefined) {
    return <ErrorPanel error={preferences.error} onRetry={() => void preferences.refetch()} />
  }
  if (preferences.data === undefined) return <Skeleton height={320} maw={820} />
  const { items, webhooks } = preferences.data
  return (
    <div className={classes.notifications}>
      <p className={classes.intro}>
        Mail goes to {user.email || 'your e-mail address'}. The daily digest is one message with everything of
        the day.
      </p>
      {user.email ? null : (
        <div className={classes.warning}>
          <Banner token="warn">You have no e-mail address: no mail can reach you.</Banner>
        </div>
      )}
      {items.length === 0 ? <EmptyNote>There is nothing to be told about.</EmptyNote> : null}
      {[...Map.groupBy(items, ({ module }) => module)].map(([module, kinds]) => (
        <div key={module} className={classes.module}>
          <Panel title={wordsOf(module)} padding="flush">
            <ul className={classes.list}>
              {kinds.map((preference) => (
                <Preference key={preference.kind} preference={preference} webhooks={webhooks} />
              ))}
            </ul>
          </Panel>
        </div>
      ))}
    </div>
  )
}

interface PreferenceProps {
  readonly preference: NotificationPreference
  readonly webhooks: NotificationPreferences['webhooks']
}

function Preference({ preference, webhooks }: PreferenceProps): ReactElement {
  const client = useQueryClient()
  const { kind, title, choices, isDefault } = preference
  const save = useMutation({
    mutationFn: (next: readonly ChannelChoice[] | null) => setNotificationPreference(kind, next),
    onSuccess: (saved) =>
      client.setQueryData(notificationPreferencesQuery.queryKey, (known) =>
        known === undefined
          ? known
          : { ...known, items: known.items.map((item) => (item.kind === kind ? saved : item)) },
      ),
    onError: (error) => toastError('The choice was not kept', error),
  })
  const shown = save.isPending && save.variables !== null ? save.variables : choices
  const choose = (choice: ChannelChoice, when: string): void => {
    const others = shown.filter((known) => !isSameChannel(known, choice))
    save.mutate(when === 'immediately' || when === 'daily' ? [...others, { ...choice, when }] : others)
  }
  const channels: readonly { label: string; choice: ChannelChoice }[] = [
    { label: 'Mail', choice: { channel: 'mail', when: 'daily' } },
    ...webhooks.map(({ id, label }) => ({
      label,
      choice: { channel: 'webhook', webhookId: id, when: 'daily' } as const,
    })),
  ]
  return (
    <li className={classes.kind}>
      <span className={classes.title}>{title}</span>
      <span className={classes.channels}>
        {channels.map(({ label, choice }) => (
          <NativeSelect
            key={`${choice.channel}-${label}`}
            label={label}
            aria-label={`${title}: ${label}`}
            value={shown.find((known) => isSameChannel(known, choice))?.when ?? ''}
            data={[
              { value: '', label: 'Off' },
              { value: 'immediately', label: 'At once' },
              { value: 'daily', label: 'Daily digest' },
            ]}
            onChange={(event) => choose(choice, event.currentTarget.value)}
          />
        ))}
      </span>
      <span className={classes.reset}>
        {isDefault ? (
          <span className="ts-dim">as usual</span>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`${title}: as usual again`}
            onClick={() => save.mutate(null)}
          >
            As usual again
          </Button>
        )}
      </span>
    </li>
  )
}

function isSameChannel(one: ChannelChoice, other: ChannelChoice): boolean {
  if (one.channel === 'mail' || other.channel === 'mail') return one.channel === other.channel
  return one.webhookId === other.webhookId
}

/** `machine-qa` as a heading. */
function wordsOf(module: string): string {
  const words = module.replaceAll('-', ' ').replace(/\bqa\b/, 'QA')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
