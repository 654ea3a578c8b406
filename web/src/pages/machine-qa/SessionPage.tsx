import { Button, Menu, Skeleton, Tabs } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { SESSIONS_PATH, sessionDetailsQuery, voidSession } from '../../api/machine-qa/sessions.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { appHref } from '../../ui/app-path.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast } from '../../ui/toasts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { IssueSession } from './IssueSession.tsx'
import { SessionHistory } from './SessionHistory.tsx'
import { SessionResults } from './SessionResults.tsx'
import { SessionReview } from './SessionReview.tsx'
import { SessionTalk } from './SessionTalk.tsx'
import { expectationOf, stateOf } from './session-state.ts'

/** A session that was performed: its results, what was said about it, its review and its history. */
export function SessionPage(): ReactElement {
  const { id = '' } = useParams({ strict: false })
  const details = useQuery(sessionDetailsQuery(id))
  const crumbs = [
    { label: 'Machine QA', to: '/machine-qa' },
    { label: 'Sessions', to: '/machine-qa/sessions' },
  ]
  if (details.isError && details.data === undefined) {
    return (
      <>
        <PageHeader title={`Session ${id}`} crumbs={crumbs} />
        <ErrorPanel error={details.error} onRetry={() => void details.refetch()}>
          <AppLink to="/machine-qa/sessions">All sessions</AppLink>
        </ErrorPanel>
      </>
    )
  }
  if (details.data === undefined) {
    return (
      <>
        <PageHeader title={`Session ${id}`} crumbs={crumbs} loading />
        <Skeleton height={520} mt={24} radius="md" />
      </>
    )
  }
  return <LoadedSession key={details.data.id} session={details.data} />
}

function LoadedSession({ session }: { readonly session: WireSessionDetails }): ReactElement {
  const [search, patch] = useUrlState()
  const router = useRouter()
  const [isVoiding, setVoiding] = useState(false)
  const { previous, next } = session
  const goTo = (neighbour: { readonly id: number } | null): void => {
    if (neighbour !== null) void router.navigate({ href: `/machine-qa/sessions/${neighbour.id}` })
  }
  useShortcut('[', 'Go to the session before', () => goTo(previous), { enabled: previous !== null })
  useShortcut(']', 'Go to the session after', () => goTo(next), { enabled: next !== null })
  const tab = search.tab ?? 'results'
  return (
    <>
      <SessionHeader session={session} onVoid={() => setVoiding(true)} />
      <Tabs
        value={tab}
        onChange={(chosen) => patch({ tab: chosen === 'results' ? undefined : String(chosen) })}
      >
        <Tabs.List mb={20}>
          <Tabs.Tab value="results">Results</Tabs.Tab>
          <Tabs.Tab value="talk">
            Comments and files{countOf(session.comments.length + session.attachments.length)}
          </Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="results">
          <SessionReview session={session} />
          <SessionResults session={session} />
        </Tabs.Panel>
        <Tabs.Panel value="talk">
          <SessionTalk session={session} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          {tab === 'history' ? <SessionHistory id={session.id} /> : null}
        </Tabs.Panel>
      </Tabs>
      {isVoiding ? <VoidSession session={session} onClose={() => setVoiding(false)} /> : null}
    </>
  )
}

function countOf(count: number): string {
  return count === 0 ? '' : ` (${count})`
}

interface SessionHeaderProps {
  readonly session: WireSessionDetails
  readonly onVoid: () => void
}

function SessionHeader({ session, onVoid }: SessionHeaderProps): ReactElement {
  const { assignment, list, rights } = session
  const state = stateOf(session)
  const title = list?.name ?? assignment.name
  return (
    <PageHeader
      title={title}
      kind={`Session ${session.id} · Unit ${assignment.unit.number} · ${assignment.unit.name}`}
      crumbs={[
        { label: 'Machine QA', to: '/machine-qa' },
        { label: assignment.unit.name, to: `/machine-qa/units/${assignment.unit.id}` },
      ]}
      status={
        <StatusChip token={state.token} variant="soft">
          {state.word}
        </StatusChip>
      }
      facts={
        <FactsLine>
          <strong>{expectationOf(session)}</strong>
          <span>
            {session.inProgress ? 'Started' : 'Completed'}{' '}
            <RelativeTime at={session.inProgress ? session.workStarted : session.workCompleted} />
            {session.performedBy === null ? '' : ` by ${session.performedBy}`}
          </span>
          {session.dueAt === null ? null : (
            <span>
              Was due <RelativeTime at={session.dueAt} hint="tooltip" />
            </span>
          )}
          {session.voided === null ? null : (
            <span>
              Voided <RelativeTime at={session.voided.at} hint="tooltip" /> by{' '}
              {session.voided.by ?? 'Touchstone'}: “{session.voided.reason}”
            </span>
          )}
        </FactsLine>
      }
      actions={
        <>
          <Neighbour to={session.previous} word="Previous" />
          <Neighbour to={session.next} word="Next" />
          <Button
            variant="default"
            component="a"
            href={`${SESSIONS_PATH}/${session.id}/document`}
            target="_blank"
          >
            PDF
          </Button>
          {session.inProgress ? null : <IssueSession id={session.id} />}
          {rights.void ? (
            <Menu>
              <Menu.Target>
                <Button variant="default">More</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item color="red" onClick={onVoid}>
                  Void session …
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </>
      }
      primary={
        rights.change ? (
          <EditButton id={session.id} word={session.inProgress ? 'Continue' : 'Correct'} />
        ) : undefined
      }
    />
  )
}

function EditButton({ id, word }: { readonly id: number; readonly word: string }): ReactElement {
  const router = useRouter()
  const path = `/machine-qa/sessions/${id}/edit`
  return (
    <Button
      component="a"
      href={appHref(path)}
      variant={word === 'Continue' ? 'filled' : 'default'}
      onClick={(event) => {
        event.preventDefault()
        void router.navigate({ href: path })
      }}
    >
      {word} session
    </Button>
  )
}

function Neighbour({
  to,
  word,
}: {
  readonly to: { readonly id: number } | null
  readonly word: string
}): ReactElement | null {
  const router = useRouter()
  if (to === null) return null
  const path = `/machine-qa/sessions/${to.id}`
  return (
    <Button
      variant="subtle"
      component="a"
      href={appHref(path)}
      onClick={(event) => {
        event.preventDefault()
        void router.navigate({ href: path })
      }}
    >
      {word}
    </Button>
  )
}

function VoidSession({
  session,
  onClose,
}: {
  readonly session: WireSessionDetails
  readonly onClose: () => void
}): ReactElement {
  const client = useQueryClient()
  return (
    <ConfirmWithReason
      title="Void this session?"
      action="Void session"
      reason="required"
      danger
      onClose={onClose}
      onConfirm={async (reason) => {
        await voidSession(session.id, reason)
        await client.invalidateQueries({ queryKey: ['machine-qa'] })
        await client.invalidateQueries({ queryKey: ['list'] })
        toast('Session voided.', 'void')
      }}
    >
      It no longer counts: the list is due again as if it had not been performed. It stays readable, with your
      reason. This cannot be taken back.
    </ConfirmWithReason>
  )
}
