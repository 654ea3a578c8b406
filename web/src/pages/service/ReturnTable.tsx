import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type {
  WireReturn,
  WireServiceEvent,
} from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { chooseReturnSession } from '../../api/machine-qa/service.ts'
import { readSessions } from '../../api/machine-qa/sessions.ts'
import { usePermission } from '../../api/session.ts'
import type { StatusToken } from '../../theme/tokens.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { useSiteZone } from '../../ui/site.ts'
import { formatInstant } from '../../ui/site-time.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import classes from './service.module.css'

const STATES: Readonly<Record<WireReturn['state'], { token: StatusToken; word: string }>> = {
  todo: { token: 'todo', word: 'To perform' },
  progress: { token: 'todo', word: 'In progress' },
  unreviewed: { token: 'warn', word: 'To review' },
  done: { token: 'ok', word: 'Done and reviewed' },
}

/** What has to be performed before the unit is used again, and how far it has come. */
export function ReturnTable({
  details,
  again,
}: {
  readonly details: WireServiceEvent
  readonly again: () => Promise<void>
}): ReactElement {
  const { returns } = details
  const left = returns.filter(({ state }) => state !== 'done').length
  return (
    <Panel
      title="Return-to-service QA"
      padding="flush"
      aside={
        returns.length === 0 ? undefined : left === 0 ? (
          <StatusChip token="ok">All done and reviewed</StatusChip>
        ) : (
          <StatusChip token="act">{left} to finish before the unit is used</StatusChip>
        )
      }
    >
      {returns.length === 0 ? (
        <p className="ts-dim" style={{ margin: '12px 16px' }}>
          None is assigned.
        </p>
      ) : (
        <div className={classes.scroller}>
          <table className={classes.table} aria-label="Return-to-service QA">
            <thead>
              <tr>
                <th scope="col">Test list</th>
                <th scope="col">State</th>
                <th scope="col">Performed</th>
                <th scope="col">Assigned</th>
                <th scope="col">
                  <span className="ts-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {returns.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">{entry.name}</th>
                  <td>
                    <StatusChip token={STATES[entry.state].token}>{STATES[entry.state].word}</StatusChip>
                  </td>
                  <td>
                    {entry.completedAt === null ? (
                      '–'
                    ) : (
                      <AppLink to={`/machine-qa/sessions/${entry.sessionId}`}>
                        <RelativeTime at={entry.completedAt} hint="tooltip" />
                      </AppLink>
                    )}
                  </td>
                  <td>
                    {entry.assignedBy ?? '–'}
                    {entry.assignedAt === null ? null : (
                      <span className="ts-dim">
                        {' '}
                        <RelativeTime at={entry.assignedAt} hint="tooltip" />
                      </span>
                    )}
                  </td>
                  <td>
                    <ReturnActions entry={entry} mayPerform={details.rights.perform} again={again} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

interface ReturnActionsProps {
  readonly entry: WireReturn
  readonly mayPerform: boolean
  readonly again: () => Promise<void>
}

function ReturnActions({ entry, mayPerform, again }: ReturnActionsProps): ReactElement | null {
  const router = useRouter()
  const mayReview = usePermission('machine-qa.session.review')
  const go = (href: string): void => void router.navigate({ href })
  if (entry.state === 'unreviewed' && mayReview) {
    return (
      <Button size="compact-sm" onClick={() => go(`/machine-qa/review/${entry.sessionId}`)}>
        Review
      </Button>
    )
  }
  if (entry.state === 'progress' && mayPerform) {
    return (
      <Button size="compact-sm" onClick={() => go(`/machine-qa/sessions/${entry.sessionId}/edit`)}>
        Continue
      </Button>
    )
  }
  if (entry.state !== 'todo' || !mayPerform) return null
  return (
    <div className={classes.actions}>
      <Button
        size="compact-sm"
        onClick={() => go(`/machine-qa/perform/${entry.assignmentId}?rtsqa=${entry.id}`)}
      >
        Perform
      </Button>
      <ChooseSession entry={entry} again={again} />
    </div>
  )
}

const MOST_SESSIONS = 8

/** Takes a session that was performed already: the newest of the same list. */
function ChooseSession({ entry, again }: Omit<ReturnActionsProps, 'mayPerform'>): ReactElement {
  const zone = useSiteZone()
  const [isOpen, setOpen] = useState(false)
  const sessions = useQuery({
    queryKey: ['machine-qa', 'return-sessions', entry.assignmentId],
    queryFn: ({ signal }) =>
      readSessions(
        {
          unitTestCollection: entry.assignmentId,
          'voidedAt:isnull': true,
          order: '-workCompleted',
          limit: MOST_SESSIONS,
        },
        signal,
      ),
    enabled: isOpen,
  })
  const choose = async (sessionId: number): Promise<void> => {
    try {
      await chooseReturnSession(entry.id, sessionId)
      await again()
      toast(`${entry.name}: session ${sessionId} taken.`)
    } catch (error) {
      toastError('The session was not taken', error)
    }
  }
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          Choose a session
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sessions.data?.items.length === 0 ? (
          <Menu.Item disabled>This list was never performed.</Menu.Item>
        ) : null}
        {(sessions.data?.items ?? []).map(({ id, workCompleted, allReviewed }) => (
          <Menu.Item key={id} onClick={() => void choose(id)}>
            {formatInstant(new Date(workCompleted), zone)} · {allReviewed ? 'reviewed' : 'unreviewed'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
