import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import {
  endOtherSessions,
  endSession,
  type Holder,
  type LivingSession,
  sessionsQuery,
} from '../../api/account.ts'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './TokenPanel.module.css'

/** Where somebody is signed in, and how to end it. */
export function SessionPanel({ holder }: { readonly holder: Holder }): ReactElement {
  const client = useQueryClient()
  const sessions = useQuery(sessionsQuery(holder))
  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: sessionsQuery(holder).queryKey })
  const end = useMutation({
    mutationFn: (session: LivingSession) => endSession(holder, session.id),
    onSuccess: reread,
    onError: (error) => toastError('The session was not ended', error),
  })
  const endOthers = useMutation({
    mutationFn: () => endOtherSessions(holder),
    onSuccess: async () => {
      await reread()
      toast('All other sessions ended.')
    },
    onError: (error) => toastError('The sessions were not ended', error),
  })
  if (sessions.isError) return <ErrorPanel error={sessions.error} onRetry={() => void sessions.refetch()} />
  const others = sessions.data?.items.filter(({ isCurrent }) => !isCurrent).length ?? 0
  return (
    <div className={classes.tokens}>
      <Panel
        title="Signed in"
        padding="flush"
        aside={
          <Button variant="default" disabled={others === 0} onClick={() => endOthers.mutate()}>
            {holder === 'own' ? 'End all others' : 'End all'}
          </Button>
        }
      >
        {sessions.data?.items.length === 0 ? <EmptyNote>Not signed in anywhere.</EmptyNote> : null}
        {sessions.data === undefined ? <Skeleton height={56} /> : null}
        <ul className={classes.list}>
          {sessions.data?.items.map((session) => (
            <li key={session.id}>
              <span className={classes.name}>{browserName(session.userAgent)}</span>
              <span className="ts-mono ts-dim">{session.address}</span>
              <span className="ts-dim">
                {session.isCurrent ? 'this one' : <RelativeTime at={session.lastSeenAt} />}
              </span>
              <Button variant="default" disabled={session.isCurrent} onClick={() => end.mutate(session)}>
                End
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A browser in two words; what is no browser as it called itself. */
function browserName(userAgent: string | null): string {
  if (userAgent === null || userAgent === '') return 'Unknown program'
  const browser = BROWSERS.find(([mark]) => userAgent.includes(mark))?.[1]
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1]
  if (browser === undefined) return userAgent.slice(0, 60)
  return system === undefined ? browser : `${browser} on ${system}`
}
